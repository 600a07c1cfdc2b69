"""The streets of the town."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix
from tribuna.site.demo.drawings.pieces import DUSK, NIGHT, Light


def facades(c: Canvas) -> None:
    """A street of painted house fronts in the sun."""
    c.fill([(0, "#8ecbd8"), (0.3, "#d9efe6"), (1, "#e9d8b8")])
    tones = ["#e8a15c", "#d96d4f", "#f0c873", "#9fc0b5", "#e9cdb4", "#6fa3b5", "#f3e4c8", "#cf8a8a", "#b9c98f"]
    start = c.whole(0, 8)
    x, n = -30.0, 0
    while x < WIDTH:
        width = c.some(235, 320)
        _front(c, (x, c.some(60, 190), width), tones[(start + n * 2) % len(tones)])
        x, n = x + width, n + 1
    c.blend([(0, 950), (WIDTH, 950), (WIDTH, HEIGHT), (0, HEIGHT)], "#cdb691", "#a78b68")
    for row in range(5):
        for column in range(-1, 26):
            y = 958 + row * 24
            c.box(column * 66 + (row % 2) * 33, y, 62, 20, mix("#d8c29d", "#9c8163", c.some(0, 0.7)))
    c.shape([(0, 950), (WIDTH, 950), (WIDTH, 975), (0, 1000)], "#3b2b3f", 0.28)
    _washing(c)


def _front(c: Canvas, place: tuple[float, float, float], wall: Paint) -> None:
    x, top, width = place
    body = [(x, top), (x + width, top), (x + width, 955), (x, 955)]
    c.blend(body, mix(wall, "#fffdf0", 0.18), wall)
    c.stipple(body, mix(wall, "#5a3550", 0.5), (0.0, 0.32))
    c.box(x - 4, top - 16, width + 8, 20, mix(wall, "#ffffff", 0.55))
    c.shape([(x - 4, top - 16), (x + width + 4, top - 16), (x + width - 12, top - 44), (x + 12, top - 44)], "#b65a3e")
    c.box(x, top, 16, 955 - top, "#3b2b3f", 0.14)
    shutter = c.one_of(["#2f6f6b", "#3a5f8a", "#7a3b35", "#4f7a4b", "#8a5f2f", "#f4efe2"])
    for row in range(3):
        for column in range(2):
            _window(c, x + width * (0.29 + 0.42 * column), top + 74 + row * (760 - top) / 3.05, shutter)
    door = x + width * c.one_of([0.3, 0.5, 0.7])
    c.shape([(door - 42, 955), *arc(door, 830, 42, 46, 180, 360), (door + 42, 955)], mix(wall, "#ffffff", 0.55))
    c.shape([(door - 33, 955), *arc(door, 832, 33, 38, 180, 360), (door + 33, 955)], mix(shutter, "#1c1420", 0.35))
    c.line([(door, 800), (door, 955)], mix(shutter, "#000000", 0.5), 2)
    c.oval(door + 8, 888, 4, 4, "#f3d27a")


def _window(c: Canvas, x: float, y: float, shutter: Paint) -> None:
    c.box(x - 36, y - 4, 72, 132, "#fbf3e0")
    c.blend([(x - 29, y + 3), (x + 29, y + 3), (x + 29, y + 124), (x - 29, y + 124)], "#33506a", "#8fb6c0")
    c.line([(x, y), (x, y + 124)], "#fbf3e0", 4)
    c.line([(x - 29, y + 50), (x + 29, y + 50)], "#fbf3e0", 4)
    if c.some(0, 1) < 0.75:
        for side in (-1, 1):
            left = x + 33 if side == 1 else x - 33 - 26
            c.box(left + 5, y + 6, 26, 124, "#3b2b3f", 0.22)
            c.box(left, y, 26, 124, shutter)
            for slat in range(12):
                c.line(
                    [(left + 3, y + 8 + slat * 9.6), (left + 23, y + 8 + slat * 9.6)], mix(shutter, "#1a1020", 0.35), 2
                )
    if c.some(0, 1) < 0.55:
        c.box(x - 40, y + 118, 80, 16, "#8a4a35")
        for _ in range(20):
            c.oval(
                x + c.some(-40, 40),
                y + c.some(96, 120),
                c.some(4, 9),
                c.some(4, 8),
                c.one_of(["#3f7a4a", "#5a9a55", "#d8455a", "#f08a4a", "#f6d35a"]),
            )


def _washing(c: Canvas) -> None:
    y = c.some(300, 420)
    rope = curve([(180, y), (520, y + 52), (860, y - 20)], 16)
    c.line(rope, "#4a3a44", 2.4)
    for n in range(4, 28, 4):
        x, top = rope[n]
        cloth = c.one_of(["#fffaf0", "#f2b79c", "#9fc6d2", "#f5dd8c", "#e4efe6"])
        width, height = c.some(44, 70), c.some(80, 128)
        c.shape(
            [
                (x + 16, top + 12),
                (x + width + 12, top + 14),
                (x + width + 16, top + height + 12),
                (x + 12, top + height + 10),
            ],
            "#3b2b3f",
            0.18,
        )
        c.blend(
            [(x, top), (x + width, top + 3), (x + width + 5, top + height), (x - 3, top + height - 4)],
            cloth,
            mix(cloth, "#6b5a7a", 0.25),
        )


def square(c: Canvas) -> None:
    """The square on a summer evening, under strings of lamps."""
    light = c.one_of([NIGHT, DUSK])
    pieces.sky(c, light, 700)
    for side in (0, 1):
        for n in range(4):
            width = 190 - n * 14
            left = n * 176 - 60 if side == 0 else WIDTH - (n + 1) * 176 + 60
            wall = mix(["#c98a5f", "#a8617a", "#6d6a9a", "#b8795a"][n], light.dark, 0.42)
            place = (left, 780, width, 350 - n * 42 + c.some(-30, 30))
            pieces.house(c, place, (wall, mix(wall, light.dark, 0.6), light.lamp), 19)
    x = 800 + c.some(-60, 60)
    stone = mix("#e7cfa8", light.dark, 0.35)
    c.blend([(x - 62, 250), (x + 62, 250), (x + 66, 780), (x - 66, 780)], stone, mix(stone, light.dark, 0.5))
    c.shape([(x - 74, 252), (x, 120), (x + 74, 252)], mix("#7a4a5a", light.dark, 0.3))
    c.glow(x, 340, 130, light.lamp, 0.5)
    c.oval(x, 340, 42, 42, "#fff3d0")
    c.line([(x, 340), (x, 312)], light.dark, 5)
    c.line([(x, 340), (x + 22, 350)], light.dark, 4)
    c.blend(
        [(0, 775), (WIDTH, 775), (WIDTH, HEIGHT), (0, HEIGHT)],
        mix("#a5765f", light.dark, 0.35),
        mix("#4f3a55", light.dark, 0.5),
    )
    c.glow(800, 860, 620, light.lamp, 0.34, 1.4)
    _people(c, light)
    for n in range(5):
        y = 190 + n * 62
        ends = [
            (-30, y - 60 + n * 20),
            (430 + n * 20, y + 95),
            (x, y - 10),
            (1170 - n * 20, y + 100),
            (1630, y - 50 + n * 16),
        ]
        rope = curve(ends, 14)
        c.line(rope, light.dark, 2)
        for px, py in rope[2::4]:
            c.glow(px, py + 9, 30, c.one_of([light.lamp, "#ff9d6b", "#ffe9b8", "#ff7d7d"]), 0.85)
            c.oval(px, py + 9, 7, 8, "#fff5d8")


def _people(c: Canvas, light: Light) -> None:
    for y in sorted(c.some(800, 1000) for _ in range(46)):
        x, size = c.some(60, 1540), 0.35 + (y - 760) / 330
        coat = mix(c.one_of(["#d8553f", "#e9b44c", "#3f7f8f", "#f0e2c8", "#7a4a7a", "#46795a"]), light.dark, 0.32)
        c.oval(x + 16 * size, y + 2, 34 * size, 7 * size, light.dark, 0.4)
        c.shape(
            [
                (x - 15 * size, y),
                (x - 19 * size, y - 62 * size),
                *arc(x, y - 66 * size, 19 * size, 16 * size, 180, 360, 10),
                (x + 15 * size, y),
            ],
            coat,
        )
        c.oval(
            x,
            y - 94 * size,
            12 * size,
            14 * size,
            mix(c.one_of(["#e8b78f", "#a86f4a", "#6f4630", "#f0cba8"]), light.dark, 0.25),
        )
        c.shape(
            arc(x, y - 98 * size, 13 * size, 12 * size, 180, 360, 10),
            mix(c.one_of(["#2a1c1a", "#6b452a", "#c9b08a"]), light.dark, 0.35),
        )
