"""Things that stand in more than one picture: skies, hills, clouds, waves, houses, trees, boats, gulls."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, Point, arc, curve, mix, path, ring, turned


@dataclass(frozen=True, slots=True)
class Light:
    """The colours of one hour: sky from top to horizon, what shines, hills far and near, the dark, the lamps."""

    sky: tuple[str, str, str]
    shine: str
    far: str
    near: str
    dark: str
    lamp: str
    night: bool = False


DAWN = Light(("#8fb8c9", "#f4d9c0", "#fbe9cf"), "#fff6df", "#a9b9c4", "#6d8696", "#33495a", "#ffe9b0")
NOON = Light(("#3f9fc4", "#8fd0dd", "#dff3ec"), "#fffbe8", "#8fc0b8", "#4f8f80", "#1f4f57", "#fff3c4")
GOLD = Light(("#e8965a", "#f6bf76", "#fde3a7"), "#fff4cf", "#d28a5c", "#9a5a4c", "#4b2c3a", "#fff0b8")
DUSK = Light(("#3c3f73", "#b8607c", "#f8b07a"), "#ffe1a8", "#7d5580", "#4d3a68", "#221f42", "#ffd27a")
NIGHT = Light(("#0d1b38", "#1c3559", "#45648a"), "#f6f0d8", "#243f66", "#162b4c", "#0a1630", "#ffd27a", night=True)
MIST = Light(("#a9bdc2", "#ccd8d4", "#e9ebdf"), "#fdfbee", "#b3c2bf", "#839a9b", "#40585f", "#ffeec2")
ROSE = Light(("#e79a93", "#f5c3a9", "#fce6cb"), "#fff6df", "#c88a8f", "#8f5f78", "#432f52", "#ffe3a3")


def sky(c: Canvas, light: Light, horizon: float) -> None:
    """Paint the sky down to *horizon*, and its last colour below."""
    share = horizon / HEIGHT
    c.fill([(0, light.sky[0]), (share * 0.6, light.sky[1]), (share, light.sky[2]), (1, light.sky[2])])
    if light.night:
        stars(c, horizon, 170)


def stars(c: Canvas, horizon: float, count: int) -> None:
    """Scatter stars above *horizon*, thinner towards it."""
    for _ in range(count):
        y = horizon * c.some(0, 1) ** 1.4
        size = c.some(0.6, 1.9)
        c.oval(c.some(0, WIDTH), y, size, size, "#fff8e1", c.some(0.35, 0.95))


def sun(c: Canvas, x: float, y: float, radius: float, light: Light) -> None:
    """Set the sun, or at night the moon, with its halo."""
    c.glow(x, y, radius * 7, light.shine, 0.55 if not light.night else 0.35, 2.2)
    c.oval(x, y, radius, radius, light.shine)
    if light.night:
        for dx, dy, size in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.3, -0.35, 0.11)):
            c.oval(x + dx * radius, y + dy * radius, size * radius, size * radius, mix(light.shine, light.far, 0.25))


def ridge(c: Canvas, y: float, height: float, rough: float = 0.5, count: int = 90) -> list[Point]:
    """Return a line of hills around *y*, from edge to edge."""
    line = c.wobble(count, rough)
    return [(WIDTH * n / (count - 1), y + float(h) * height) for n, h in enumerate(line)]


def land(c: Canvas, line: list[Point], top: Paint, bottom: Paint, floor: float = HEIGHT) -> None:
    """Fill everything between *line* and *floor*."""
    c.blend([*line, (WIDTH, floor), (0, floor)], top, bottom)


def cloud(c: Canvas, x: float, y: float, size: float, paint: Paint, shade: Paint) -> None:
    """Draw one flat-bottomed cloud whose middle is (x, y), lit from above."""
    bumps = c.whole(3, 5)
    for n in range(bumps):
        place = (n + 0.5) / bumps
        lift = math.sin(place * math.pi) ** 0.8 * size * c.some(0.5, 0.72)
        width = size / bumps * c.some(1.15, 1.45)
        c.shape([*arc(x - size + 2 * size * place, y, width, lift, 180, 360, 30)], paint)
    c.stipple([*arc(x, y, size * 0.86, size * 0.34, 180, 360, 30)], shade, (0, 0.7))


def clouds(c: Canvas, count: int, low: float, high: float, light: Light, glare: float = 0.6) -> None:
    """Draw *count* clouds between the heights *low* and *high*; *glare* (0 to 1) is how white they are."""
    for n in range(count):
        x, y = WIDTH * (n + c.some(0.1, 0.9)) / count, c.some(low, high)
        size = c.some(60, 120) * (1.5 - 0.7 * (y - low) / (high - low))
        paint = mix(light.sky[2], "#ffffff", glare)
        streak(c, x + size * c.some(-0.4, 0.4), y, size * 1.7, 11, paint)
        cloud(c, x, y, size, paint, light.sky[1])


def streak(c: Canvas, x: float, y: float, half: float, thick: float, paint: Paint, alpha: float = 0.8) -> None:
    """Draw a long thin lens: a cloud in the distance, or light on water."""
    c.shape(
        curve([(x - half, y), (x, y - thick / 2), (x + half, y), (x, y + thick / 2), (x - half, y)], 6), paint, alpha
    )


def glitter(c: Canvas, x: float, top: float, bottom: float, paint: Paint, width: float = 60, count: int = 60) -> None:
    """Lay broken light on the water below the sun at *x*."""
    for _ in range(count):
        near = c.some(0, 1) ** 1.3
        half = c.some(6, 26) * (0.4 + 1.8 * near)
        y = top + (bottom - top) * near
        streak(c, x + c.some(-width, width) * (0.4 + 1.6 * near), y, half, 2 + 5 * near, paint, c.some(0.35, 0.85))


def sea(c: Canvas, level: float, far: Paint, near: Paint, foam: Paint = "#ffffff", count: int = 90) -> None:
    """Fill the sheet below *level* with water and its small waves."""
    c.blend([(0, level), (WIDTH, level), (WIDTH, HEIGHT), (0, HEIGHT)], far, near)
    for _ in range(count):
        depth = c.some(0, 1)
        y = level + 4 + (HEIGHT - level) * depth**1.5
        paint = foam if c.some(0, 1) < 0.45 else mix(near, "#000000", 0.25)
        streak(c, c.some(0, WIDTH), y, c.some(14, 70) * (0.3 + depth * 1.3), 1.5 + 4 * depth, paint, c.some(0.12, 0.4))


def gull(c: Canvas, x: float, y: float, size: float, paint: Paint = "#ffffff", tip: Paint = "#3d4a5c") -> None:
    """Draw a gull in the air; *size* is half its span."""
    lift, lean = c.some(0.25, 0.5), c.some(-14, 14)
    wing = curve([(0, 0.06), (-0.34, -lift * 0.9), (-0.62, -lift), (-1, -lift * 0.35)], 8)
    back = curve([(-1, -lift * 0.35), (-0.6, -lift * 0.72), (-0.3, -lift * 0.5), (0, 0.2)], 8)
    for side in (1, -1):
        c.shape(turned([(px * side, py) for px, py in [*wing, *back]], x, y, lean, size), paint)
        end = [(-1, -lift * 0.35), (-0.82, -lift * 0.76), (-0.74, -lift * 0.82)]
        c.shape(turned([(px * side, py) for px, py in end], x, y, lean, size), tip)
    c.shape(turned(arc(0, 0.1, 0.13, 0.1, 0, 360), x, y, lean, size), paint)


def house(
    c: Canvas, place: tuple[float, float, float, float], paints: tuple[Paint, Paint, Paint], pane: float = 8
) -> None:
    """Draw a plain house at *place* (left, ground, width, height); *paints* are the wall, the roof and the windows."""
    x, ground, width, height = place
    wall, roof, glass = paints
    c.box(x, ground - height, width, height, wall)
    c.stipple(
        [(x, ground - height), (x + width, ground - height), (x + width, ground), (x, ground)],
        mix(wall, "#20183a", 0.55),
        (0.0, 0.36),
        True,
    )
    rise = width * c.some(0.22, 0.5)
    c.shape([(x - 3, ground - height), (x + width / 2, ground - height - rise), (x + width + 3, ground - height)], roof)
    columns, rows = max(1, round(width / (pane * 3.2))), max(1, round(height / (pane * 4.2)))
    for column in range(columns):
        for row in range(rows):
            if c.some(0, 1) < 0.82:
                left = x + width * (column + 0.5) / columns - pane / 2
                c.box(left, ground - height + height * (row + 0.28) / rows, pane, pane * 1.6, glass, c.some(0.55, 1))


def tree(c: Canvas, x: float, ground: float, height: float, paint: Paint, round_crown: bool = True) -> None:
    """Draw a round tree or a cypress."""
    c.box(x - height * 0.025, ground - height * 0.35, height * 0.05, height * 0.35, mix(paint, "#2a1c18", 0.7))
    wide, middle = (0.3, 0.66) if round_crown else (0.13, 0.55)
    crown = arc(x, ground - height * middle, height * wide, height * (1 - middle), 0, 360)
    c.shape(crown, paint)
    c.stipple(crown, mix(paint, "#0c1a2c", 0.6), (0, 0.8), True)


def boat(c: Canvas, x: float, y: float, size: float, hull: Paint, light: Light, sail: Paint | None = None) -> None:
    """Draw a small boat afloat at (x, y) and its reflection; *size* is half its length."""
    dark = mix(hull, light.dark, 0.55)
    side = path("-1,-0.34 1.06,-0.42 0.8,0 -0.82,0")
    c.shape(turned([(px, -py * 0.8) for px, py in side], x, y + 2, 0, size), mix(dark, light.dark, 0.4), 0.45)
    c.line([(x - size * 0.08, y), (x - size * 0.02, y + size * 1.35)], light.dark, size * 0.03, 0.25)
    c.shape(turned(side, x, y, 0, size), hull)
    c.shape(turned(path("-0.95,-0.26 1,-0.33 1.06,-0.42 -1,-0.34"), x, y, 0, size), mix(hull, "#ffffff", 0.75))
    c.shape(turned(path("-0.88,-0.1 0.87,-0.12 0.8,0 -0.82,0"), x, y, 0, size), dark)
    c.line([(x - size * 0.08, y - size * 0.3), (x - size * 0.08, y - size * 1.9)], light.dark, max(1.5, size * 0.035))
    if sail:
        c.shape(turned([(0, -0.5), (0, -1.85), (0.85, -0.55)], x, y, 0, size), sail)
        c.shape(turned([(-0.16, -0.5), (-0.14, -1.7), (-0.72, -0.5)], x, y, 0, size), mix(sail, light.far, 0.35))
        return
    c.shape(
        turned(path("-0.62,-0.34 -0.6,-0.72 -0.02,-0.74 0.12,-0.36"), x, y, 0, size),
        mix("#fdf6e6", light.far, 0.15),
    )
    c.shape(
        turned(path("-0.52,-0.48 -0.52,-0.63 -0.1,-0.64 -0.06,-0.48"), x, y, 0, size),
        light.lamp if light.night else light.dark,
    )
    c.line([(x - size * 0.08, y - size * 1.7), (x + size * 1.02, y - size * 0.42)], light.dark, 1, 0.7)
    c.line([(x - size * 0.08, y - size * 1.7), (x - size * 0.98, y - size * 0.34)], light.dark, 1, 0.7)


def pebble(c: Canvas, x: float, y: float, size: float) -> list[Point]:
    """Return the outline of something roundish around (x, y)."""
    angles = np.linspace(0, 2 * math.pi, 9)[:-1]
    return ring(
        [(x + math.cos(a) * size * c.some(0.86, 1.1), y + math.sin(a) * size * c.some(0.86, 1.1)) for a in angles], 5
    )
