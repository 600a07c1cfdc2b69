"""The harbour, its light and its floats."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path
from tribuna.site.demo.drawings.pieces import DAWN, DUSK, GOLD, MIST, NIGHT, NOON, ROSE, Light

HULLS = ("#c8452f", "#1f6f8b", "#e0a63a", "#2f7d5b", "#f2ead8", "#274b7a", "#b6533f")

WALLS = ("#f3e3c3", "#e9b78d", "#d98f73", "#f1d08f", "#cfd9cf", "#e7c9bd", "#b9cdd6")


def harbour(c: Canvas) -> None:
    """A town on its quay, mirrored in still water, with boats."""
    light = c.one_of([DUSK, DAWN, GOLD, NIGHT, ROSE, NOON])
    quay = 520.0
    pieces.sky(c, light, quay)
    for n in range(4):
        haze = mix(light.sky[2], light.sky[0], n / 6)
        pieces.streak(c, c.some(100, 1500), c.some(90, 330), c.some(120, 320), c.some(6, 16), haze, 0.55)
    x = c.some(350, 1250)
    pieces.sun(c, x, c.some(150, 300), c.some(46, 70), light)
    pieces.land(c, pieces.ridge(c, 380, 70), mix(light.far, light.sky[2], 0.35), light.far, quay)
    pieces.land(c, pieces.ridge(c, 450, 40), light.near, mix(light.near, light.far, 0.4), quay)
    _town(c, light, quay)
    c.mirror(quay, mix(light.sky[1], light.dark, 0.45), 0.4)
    pieces.glitter(c, x, quay + 20, HEIGHT, light.shine, 90, 70)
    c.box(0, quay - 6, WIDTH, 9, mix(light.dark, light.near, 0.3))
    spots = sorted((c.some(575, 900), c.some(80, 1520)) for _ in range(8))
    for y, at in spots:
        sail = "#fbf3df" if c.some(0, 1) < 0.25 else None
        hull = mix(c.one_of(HULLS), light.dark, 0.5 if light.night else 0.12)
        pieces.boat(c, at, y, 30 + (y - 560) * 0.26, hull, light, sail)
    for post in (140, 215, 1440):
        top = c.some(860, 930)
        c.blend(
            [(post - 17, top), (post + 17, top), (post + 17, HEIGHT), (post - 17, HEIGHT)],
            mix(light.dark, light.near, 0.3),
            light.dark,
        )
        c.oval(post, top, 17, 6, mix(light.near, light.sky[2], 0.35))


def _town(c: Canvas, light: Light, quay: float) -> None:
    dim = 0.72 if light.night else 0.45 if light is DUSK else 0.12
    glass = light.lamp if light.night or light in (DUSK, GOLD) else mix(light.dark, light.near, 0.2)
    for row, lift in ((0, 62), (1, 26), (2, 0)):
        x = c.some(-40, 60) + row * 20
        while x < WIDTH - 20:
            width = c.some(40, 92)
            if row == 2 or c.some(0, 1) < 0.7:
                wall = mix(c.one_of(WALLS), light.near, dim + 0.14 * (2 - row))
                roof = mix("#b2543c", light.near, dim + 0.12 * (2 - row))
                pieces.house(c, (x, quay - lift, width, c.some(48, 105)), (wall, roof, glass))
            x += width + c.some(0, 12)
    tower = c.some(500, 1100)
    stone = mix("#ecdcb9", light.near, dim)
    c.box(tower, quay - 250, 44, 250, stone)
    c.stipple(
        [(tower, quay - 250), (tower + 44, quay - 250), (tower + 44, quay), (tower, quay)], light.dark, (0, 0.5), True
    )
    c.shape(
        [(tower - 6, quay - 250), (tower + 22, quay - 322), (tower + 50, quay - 250)], mix("#6b4a5a", light.near, dim)
    )
    c.oval(tower + 22, quay - 222, 12, 12, light.lamp)


def lighthouse(c: Canvas) -> None:
    """A striped tower on its rock; by night with its beam."""
    light = c.one_of([NIGHT, DUSK, NOON, GOLD, MIST])
    level = 700.0
    pieces.sky(c, light, level)
    x = c.some(900, 1150)
    pieces.sun(c, c.some(200, 600), c.some(170, 330), 58, light)
    if not light.night:
        pieces.clouds(c, 4, 200, 540, light, 0.5)
    pieces.land(c, pieces.ridge(c, 660, 26), light.far, mix(light.far, light.near, 0.5), level)
    pieces.sea(c, level, mix(light.near, light.sky[2], 0.4), light.dark, light.shine)
    pieces.glitter(c, 400, level + 10, HEIGHT, light.shine, 120, 50)
    rock = curve(
        [
            (520, HEIGHT + 20),
            (640, 940),
            (760, 880),
            (850, 770),
            (980, 730),
            (1150, 722),
            (1300, 760),
            (1420, 860),
            (1640, 900),
        ],
        8,
    )
    c.blend([*rock, (1640, HEIGHT + 20)], mix(light.near, light.shine, 0.12), light.dark)
    c.stipple([*rock, (1640, HEIGHT + 20)], mix(light.dark, "#000000", 0.3), (0.1, 0.75))
    for _ in range(26):
        pieces.streak(c, c.some(540, 900), c.some(930, 1050), c.some(20, 80), c.some(3, 8), "#ffffff", 0.5)
    lamp = (x + 2, 262.0)
    if light.night or light is DUSK:
        for end in ((-60, 120), (-60, 420)), ((1700, 60), (1700, 300)):
            c.shape([lamp, *end], light.lamp, 0.16)
    _tower(c, x, light)
    if light.night or light is DUSK:
        c.glow(*lamp, 240, light.lamp, 0.9)
    for _ in range(6):
        pieces.gull(
            c,
            c.some(200, 1400),
            c.some(260, 560),
            c.some(14, 30),
            mix("#ffffff", light.near, 0.3 if light.night else 0),
        )


def _tower(c: Canvas, x: float, light: Light) -> None:
    shade = 0.45 if light.night else 0.3 if light is DUSK else 0.06
    white, red = mix("#fbf3e2", light.near, shade), mix("#c9402f", light.near, shade)
    for band in range(6):
        top, bottom = 300 + band * 73, 300 + (band + 1) * 73
        slope = 0.075
        left, right = (top - 300) * slope, (bottom - 300) * slope
        c.shape(
            [(x - 42 - left, top), (x + 46 + left, top), (x + 46 + right, bottom), (x - 42 - right, bottom)],
            red if band % 2 else white,
        )
    outline = [(x - 42, 300), (x + 46, 300), (x + 46 + 438 * 0.075, 738), (x - 42 - 438 * 0.075, 738)]
    c.stipple(outline, light.dark, (0, 0.6), True)
    c.box(x - 58, 290, 120, 14, light.dark)
    c.box(x - 34, 236, 72, 54, light.lamp)
    for bar in range(5):
        c.box(x - 34 + bar * 17, 236, 3, 54, light.dark)
    c.shape([*arc(x + 2, 238, 44, 46, 180, 360), (x + 46, 238)], red)
    c.box(x - 1, 172, 5, 24, light.dark)
    for y in (420, 560):
        c.shape([*arc(x + 2, y, 9, 11, 180, 360, 8), (x + 11, y + 20), (x - 7, y + 20)], light.dark)
    c.box(x + 92, 690, 120, 60, mix(white, light.near, 0.15))
    c.shape([(x + 84, 692), (x + 152, 650), (x + 220, 692)], red)


def floats(c: Canvas) -> None:
    """Floats and nets drying on the boathouse wall."""
    wall = c.one_of(["#3f6f7f", "#c9c2ae", "#8a4f44", "#5a7a68"])
    c.fill([(0, mix(wall, "#ffffff", 0.12)), (1, mix(wall, "#14101c", 0.25))])
    for n in range(14):
        left = n * 120
        c.blend(
            [(left, 0), (left + 117, 0), (left + 117, HEIGHT), (left, HEIGHT)],
            mix(wall, "#ffffff", c.some(0.02, 0.2)),
            mix(wall, "#14101c", c.some(0.1, 0.3)),
        )
        c.line([(left - 2, 0), (left - 2, HEIGHT)], mix(wall, "#0c0810", 0.6), 5)
    mesh = mix("#e9d9b0", wall, 0.25)
    for n in range(-6, 30):
        sag = [(n * 66, 60), (n * 66 + 190, 420), (n * 66 + 420, 640)]
        c.line(curve(sag, 8), mesh, 2.6, 0.7)
        c.line(curve([(n * 66 + 300, 60), (n * 66 + 100, 420), (n * 66 - 120, 640)], 8), mesh, 2.6, 0.7)
    c.line(curve(path("-20,50 500,96 1100,70 1620,40"), 12), "#c9a86a", 15)
    paints = ["#d8452f", "#f2b134", "#fff6e6", "#1f6f9a", "#f0783c", "#2f8a6b", "#e9607a"]
    for n in range(17):
        x, y = 70 + n * 92 + c.some(-16, 16), c.some(300, 800)
        c.line([(x + 22, 82), (x + 26, y)], "#0c0810", 7, 0.25)
        c.line([(x, 70), (x + c.some(-6, 6), y)], "#d9c08a", 7)
        one, two = c.one_of(paints), c.one_of(paints)
        _float(c, x, y, c.some(52, 80), one, two)


def _float(c: Canvas, x: float, y: float, r: float, one: Paint, two: Paint) -> None:
    long = c.one_of([1.0, 1.45, 1.7])
    body = arc(x, y + r * long * 0.9, r, r * long, 0, 360, 50)
    c.shape([(px + 24, py + 20) for px, py in body], "#0c0810", 0.35)
    c.shape(body, one)
    band = [(px, py) for px, py in body if abs(py - (y + r * long * 0.9)) < r * long * 0.42]
    if long > 1:
        c.shape(sorted(band, key=lambda p: math.atan2(p[1] - y - r * long * 0.9, p[0] - x)), two)
    c.stipple(body, mix(one, "#1a0a18", 0.75), (0, 0.75), True)
    c.oval(x - r * 0.36, y + r * long * 0.5, r * 0.16, r * long * 0.24, "#ffffff", 0.55)
    c.oval(x, y - 2, r * 0.2, 11, mix(one, "#1a0a18", 0.5))
    c.line(arc(x, y - 10, 11, 14, 0, 361, 20), "#d9c08a", 6)
