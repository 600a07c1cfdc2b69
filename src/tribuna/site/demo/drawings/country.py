"""The country around the town, by day and by night."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, Point, arc, curve, mix, path, turned
from tribuna.site.demo.drawings.pieces import DAWN, GOLD, MIST, NIGHT, NOON, ROSE, Light


def bridge(c: Canvas) -> None:
    """A stone bridge and its reflection."""
    light = c.one_of([DAWN, GOLD, MIST, NOON, ROSE])
    level = 690.0
    pieces.sky(c, light, level)
    pieces.sun(c, c.some(900, 1300), c.some(170, 280), 56, light)
    pieces.clouds(c, 4, 130, 330, light, 0.6)
    pieces.land(c, pieces.ridge(c, 420, 80), mix(light.far, light.sky[2], 0.4), light.far, level)
    pieces.land(c, pieces.ridge(c, 540, 50), light.far, light.near, level)
    for _ in range(34):
        x = c.some(0, WIDTH)
        pieces.tree(
            c,
            x,
            c.some(640, 684),
            c.some(50, 120),
            mix(light.near, c.one_of(["#3e6b4a", "#6b7f3c", "#2e5a52"]), 0.5),
            c.some(0, 1) < 0.55,
        )
    stone = mix(c.one_of(["#e4cfa8", "#d9b99a", "#cfc8b4"]), light.near, 0.12)
    _arches(c, stone, light, level)
    c.mirror(level, mix(light.near, light.sky[1], 0.35), 0.36, 7)
    pieces.glitter(c, 1100, level + 20, HEIGHT, light.shine, 160, 40)
    for side in (0, 1):
        for _ in range(60):
            x, height = c.some(-20, 330) if side == 0 else c.some(1330, 1620), c.some(60, 200)
            bend = c.some(-30, 30)
            c.line(
                curve([(x, HEIGHT + 10), (x + bend * 0.3, HEIGHT - height * 0.5), (x + bend, HEIGHT - height)], 6),
                mix(light.dark, "#4c6b3a", c.some(0, 0.5)),
                c.some(3, 6),
            )


def _arches(c: Canvas, stone: Paint, light: Light, level: float) -> None:
    deck = [(x, 520 - 74 * math.sin(math.pi * x / WIDTH)) for x in range(-20, WIDTH + 40, 20)]
    holes: list[list[Point]] = []
    for middle, rise in ((210, 96), (505, 138), (800, 156), (1095, 138), (1390, 96)):
        vault = arc(middle, level - 36, 112, rise, 180, 360, 40)
        holes.append([(middle - 112, level + 2), *vault, (middle + 112, level + 2)])
    body: list[Point] = list(deck)
    body.append((WIDTH + 20, level + 2))
    for hole in reversed(holes):
        body += reversed(hole)
    body.append((-20, level + 2))
    for hole in holes:
        inner = [(x + 16, y) for x, y in hole]
        c.blend([*hole, *reversed(inner)], mix(stone, light.dark, 0.7), mix(stone, light.dark, 0.4))
    c.blend(body, stone, mix(stone, light.dark, 0.28))
    c.stipple(body, mix(stone, light.dark, 0.7), (0.02, 0.5))
    for hole in holes:
        c.line([(x, y) for x, y in hole[1:-1]], mix(stone, "#ffffff", 0.35), 9)
        c.line([(x, y - 9) for x, y in hole[1:-1]], mix(stone, light.dark, 0.4), 2)
    for _ in range(90):
        x = c.some(0, WIDTH)
        y = 540 - 74 * math.sin(math.pi * x / WIDTH) + c.some(0, 60)
        c.line([(x, y), (x + c.some(14, 34), y)], mix(stone, light.dark, 0.45), 2, 0.6)
    c.line(deck, mix(stone, "#ffffff", 0.4), 12)
    c.line([(x, y + 10) for x, y in deck], mix(stone, light.dark, 0.5), 3)
    for x in (357, 652, 947, 1242):
        c.shape(
            [(x - 22, level), (x - 14, level - 130), (x + 14, level - 130), (x + 22, level)],
            mix(stone, light.dark, 0.2),
        )
        c.line([(x, 500), (x, 404)], light.dark, 4)
        c.oval(x, 398, 10, 12, light.lamp)


def hills(c: Canvas) -> None:
    """Hill behind hill in the haze, with a line of trees."""
    light = c.one_of([MIST, DAWN, ROSE, GOLD, NOON])
    pieces.sky(c, light, 520)
    x = c.some(350, 1250)
    pieces.sun(c, x, c.some(250, 350), 70, light)
    for n in range(7):
        share = n / 6
        y = 430 + n * 86
        top = mix(mix(light.sky[2], light.far, min(1, share * 1.8)), light.near, max(0, share * 1.6 - 0.7))
        line = pieces.ridge(c, y, 62 - 4 * n, 0.46)
        pieces.land(c, line, top, mix(top, light.sky[2], 0.42 * (1 - share)), min(HEIGHT, y + 240))
        if n in (2, 4):
            for place in range(c.whole(7, 12)):
                px, py = line[(place * 7 + n * 3) % 89]
                pieces.tree(
                    c, px, py + 12, 30 + 24 * n * c.some(0.4, 0.9), mix(top, light.dark, 0.55), c.some(0, 1) < 0.4
                )
    front = pieces.ridge(c, 985, 30, 0.5)
    pieces.land(c, front, mix(light.dark, light.near, 0.25), light.dark)
    for px, py in front[::2]:
        for _ in range(3):
            at, height = px + c.some(-12, 12), c.some(18, 60)
            c.line([(at, py + 8), (at + c.some(-8, 8), py - height)], light.dark, 2.4)
    for _ in range(7):
        pieces.gull(
            c, c.some(300, 1300), c.some(150, 380), c.some(10, 22), mix(light.dark, light.sky[1], 0.3), light.dark
        )


def night(c: Canvas) -> None:
    """The night sky over the headland, one window lit."""
    light = NIGHT
    tint = c.one_of(["#2c4a86", "#4a3d7d", "#1f6f78", "#6b3f6e"])
    c.fill([(0, "#070f24"), (0.45, "#13264a"), (0.72, mix(tint, "#8fb0c8", 0.25)), (1, "#0a1630")])
    lean = c.some(0.35, 0.7) * c.one_of([-1, 1])
    for _ in range(36):
        along = c.some(-0.1, 1.1)
        x = WIDTH * along
        y = 330 + (x - 800) * lean * 0.7 + c.some(-60, 60)
        c.glow(x, y, c.some(90, 230), mix("#e7d9f3", tint, c.some(0.2, 0.8)), 0.17, 1.6)
    pieces.stars(c, 800, 420)
    for _ in range(330):
        x = c.some(0, WIDTH)
        y = 330 + (x - 800) * lean * 0.7 + c.some(-1, 1) * c.some(0, 150)
        c.oval(x, y, c.some(0.5, 1.5), c.some(0.5, 1.5), "#fff8e6", c.some(0.4, 0.9))
    for _ in range(7):
        x, y = c.some(60, 1540), c.some(40, 480)
        c.glow(x, y, 26, "#fff6dd", 0.9, 3)
        c.oval(x, y, 3, 3, "#ffffff")
    c.line([(1080, 150), (1210, 212)], "#fff6dd", 2.4, 0.85)
    pieces.land(c, pieces.ridge(c, 760, 50), mix(tint, "#0a1630", 0.55), mix(tint, "#0a1630", 0.8))
    pieces.land(c, pieces.ridge(c, 850, 60), "#101f42", "#0a1630")
    line = pieces.ridge(c, 940, 40)
    pieces.land(c, line, "#0a1228", "#050a18")
    for n in range(3, 88, 5):
        if not 40 < n < 60:
            pieces.tree(c, line[n][0], line[n][1] + 14, c.some(70, 200), "#060c1c", c.some(0, 1) < 0.35)
    x, y = line[50]
    c.glow(x + 70, y - 40, 190, light.lamp, 0.75)
    c.box(x, y - 84, 150, 110, "#070d1e")
    c.shape([(x - 14, y - 84), (x + 75, y - 142), (x + 164, y - 84)], "#0a1228")
    c.box(x + 28, y - 58, 32, 36, light.lamp)
    c.box(x + 92, y - 58, 28, 84, mix(light.lamp, "#c25a2a", 0.35))


def allotment(c: Canvas) -> None:
    """Kitchen gardens from above: beds, paths, a shed."""
    soil = c.one_of(["#8a5a3c", "#7a5240", "#93673f"])
    c.fill([(0, "#b9c28a"), (1, "#a4b277")])
    c.stipple([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], "#6f8a4d", (0.1, 0.35))
    lean = c.some(-9, 9)
    greens = ["#4f8a4a", "#7fb04f", "#2f6b4a", "#a8c25a", "#5f9a7a", "#8a4a6a", "#d9a441"]
    for row in range(-1, 4):
        for column in range(-1, 6):
            x, y = turned([(column * 330 - 720, row * 300 - 420)], 800, 533, lean)[0]
            bed = path("0,0 286,0 286,252 0,252")
            c.shape(turned([(px + 8, py + 10) for px, py in bed], x, y, lean), "#3a2c22", 0.3)
            if c.some(0, 1) < 0.13:
                _shed(c, x, y, lean)
                continue
            c.shape(turned(bed, x, y, lean), mix(soil, "#4a2c20", c.some(0, 0.3)))
            leaf, rows = c.one_of(greens), c.whole(4, 7)
            for line in range(rows):
                for plant in range(c.whole(8, 12)):
                    px, py = turned([(16 + plant * 24 + c.some(-3, 3), 22 + line * 214 / (rows - 1))], x, y, lean)[0]
                    size = c.some(8, 14)
                    c.oval(px + 4, py + 5, size, size, "#2a1c14", 0.4)
                    c.oval(px, py, size, size, mix(leaf, "#16301e", c.some(0, 0.25)))
                    c.oval(px - size * 0.25, py - size * 0.3, size * 0.55, size * 0.5, mix(leaf, "#f6f3b8", 0.35))


def _shed(c: Canvas, x: float, y: float, lean: float) -> None:
    roof = c.one_of(["#b8553f", "#4a6f86", "#c9a25a"])
    c.shape(turned(path("50,50 240,50 240,215 50,215"), x + 22, y + 26, lean), "#2a1c22", 0.4)
    c.shape(turned(path("50,40 240,40 240,125 50,125"), x, y, lean), mix(roof, "#ffffff", 0.18))
    c.shape(turned(path("50,125 240,125 240,210 50,210"), x, y, lean), mix(roof, "#2a1020", 0.2))
    for plank in range(8):
        c.line(turned([(50 + plank * 27, 40), (50 + plank * 27, 210)], x, y, lean), mix(roof, "#2a1020", 0.4), 2, 0.5)
    for _ in range(3):
        px, py = turned([(c.some(10, 34), c.some(40, 220))], x, y, lean)[0]
        c.oval(px, py, 22, 22, "#3f7a4a")
        c.oval(px - 5, py - 6, 11, 10, "#8ab85a")
