"""Books, a screen, a wet window."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path, ring, turned

CLOTH = (
    "#8e3b32",
    "#c9743c",
    "#e0b04f",
    "#5f7f56",
    "#2f6f73",
    "#33557f",
    "#6a4a78",
    "#e9dcc0",
    "#3b3540",
    "#b85a5f",
    "#93a9a3",
)


def shelves(c: Canvas) -> None:
    """A wall of books by lamplight, with a ladder and a sleeper."""
    plank = c.one_of(["#7a4f34", "#5d4032", "#8f6a47", "#4a4440"])
    c.fill([(0, mix(plank, "#1a0f10", 0.6)), (1, mix(plank, "#1a0f10", 0.75))])
    cat = (c.whole(1, 2), c.some(350, 1150))
    for row in range(4):
        floor = 268 + row * 264
        x = -10.0
        while x < WIDTH + 20:
            if row == cat[0] and abs(x - cat[1]) < 20:
                _sleeper(c, x + 110, floor)
                x += 230
            elif c.some(0, 1) < 0.06:
                x = _pile(c, x + 8, floor)
            else:
                x = _book(c, x, floor, c.some(0, 1) < 0.07)
        c.blend([(0, floor), (WIDTH, floor), (WIDTH, floor + 22), (0, floor + 22)], mix(plank, "#f6d9a8", 0.3), plank)
        c.blend(
            [(0, floor + 22), (WIDTH, floor + 22), (WIDTH, floor + 62), (0, floor + 62)],
            mix(plank, "#0c0608", 0.85),
            mix(plank, "#1a0f10", 0.62),
        )
    for x in (520, 1080):
        c.blend(
            [(x, 0), (x + 26, 0), (x + 26, HEIGHT), (x, HEIGHT)],
            mix(plank, "#f6d9a8", 0.22),
            mix(plank, "#1a0f10", 0.3),
            True,
        )
    _ladder(c, c.some(180, 300), plank)
    c.glow(800, 180, 900, "#ffdf9e", 0.22, 1.3)


def _book(c: Canvas, x: float, floor: float, leaning: bool) -> float:
    width, height = c.some(18, 46), c.some(136, 206)
    cloth = mix(c.one_of(CLOTH), c.one_of(["#2a1616", "#f3e3c0"]), c.some(0, 0.16))
    turn = 9.0 if leaning else 0.0
    spine = [(0, 0), (width, 0), (width, -height), (0, -height)]
    left = x + (height * 0.17 if leaning else 0)
    c.blend(turned(spine, left, floor, -turn), mix(cloth, "#ffffff", 0.13), mix(cloth, "#140a10", 0.35), True)
    gold = mix("#f2d694", cloth, c.some(0, 0.35))
    for place in c.one_of([(0.12, 0.17, 0.84), (0.1, 0.9), (0.2, 0.8, 0.84, 0.16), (0.5,)]):
        band = [(0, -height * place), (width, -height * place), (width, -height * place - 4), (0, -height * place - 4)]
        c.shape(turned(band, left, floor, -turn), gold)
    if width > 28:
        label = [
            (width * 0.2, -height * 0.48),
            (width * 0.8, -height * 0.48),
            (width * 0.8, -height * 0.72),
            (width * 0.2, -height * 0.72),
        ]
        c.shape(turned(label, left, floor, -turn), gold, c.one_of([0.0, 0.85]))
    return x + width + 2 + (height * 0.17 if leaning else 0)


def _pile(c: Canvas, x: float, floor: float) -> float:
    y = floor
    for _ in range(c.whole(3, 5)):
        tall, wide, shift = c.some(20, 34), c.some(150, 190), c.some(-9, 9)
        cloth = c.one_of(CLOTH)
        c.blend(
            [(x + shift, y - tall), (x + wide + shift, y - tall), (x + wide + shift, y), (x + shift, y)],
            mix(cloth, "#ffffff", 0.12),
            mix(cloth, "#140a10", 0.3),
        )
        c.box(x + wide + shift - 14, y - tall + 4, 14, tall - 8, "#efe3c8")
        y -= tall + 1
    return x + 205


def _sleeper(c: Canvas, x: float, floor: float) -> None:
    coat = c.one_of(["#d98a3f", "#4a4650", "#e9e0d0"])
    body = ring(path("-92,-6 -88,-66 -30,-104 46,-92 92,-40 88,-4 0,0"), 10)
    c.shape([(x + px, floor + py) for px, py in body], coat)
    c.stipple([(x + px, floor + py) for px, py in body], mix(coat, "#2a1410", 0.6), (0, 0.6))
    head = arc(x - 62, floor - 44, 40, 35, 0, 360)
    c.shape([(x - 96, floor - 58), (x - 94, floor - 98), (x - 68, floor - 76)], mix(coat, "#2a1410", 0.15))
    c.shape([(x - 56, floor - 76), (x - 30, floor - 98), (x - 28, floor - 58)], mix(coat, "#2a1410", 0.15))
    c.shape(head, mix(coat, "#ffffff", 0.1))
    for eye in (-78, -48):
        c.line(arc(x + eye, floor - 46, 9, 6, 20, 160, 8), "#2a1410", 3)
    c.shape([(x - 67, floor - 34), (x - 59, floor - 34), (x - 63, floor - 29)], "#c96a5f")
    c.line(curve([(x + 88, floor - 20), (x + 50, floor - 8), (x - 20, floor - 12)], 8), mix(coat, "#2a1410", 0.22), 17)


def _ladder(c: Canvas, x: float, plank: Paint) -> None:
    rail = mix(plank, "#f3cf94", 0.55)
    for side in (0, 120):
        c.line([(x + side + 22, -10), (x + side - 40, HEIGHT + 10)], "#0c0608", 18, 0.4)
        c.line([(x + side + 10, -10), (x + side - 50, HEIGHT + 10)], rail, 15)
    for step in range(9):
        y = 40 + step * 124
        slip = x + 10 - 60 * y / HEIGHT
        c.line([(slip, y + 7), (slip + 120, y + 7)], "#0c0608", 13, 0.4)
        c.line([(slip, y), (slip + 120, y)], mix(rail, "#ffffff", 0.15), 12)


def cinema(c: Canvas) -> None:
    """The old cinema, the film just beginning."""
    wall = c.one_of(["#3a1420", "#1a2340", "#16332f"])
    c.fill([(0, mix(wall, "#000000", 0.35)), (0.7, wall), (1, mix(wall, "#000000", 0.6))])
    screen = (330.0, 150.0, 940.0, 430.0)
    c.glow(800, 370, 900, "#ffe3ae", 0.5, 1.5)
    for side in (0, 1):
        for fold in range(7):
            x = fold * 46 if side == 0 else WIDTH - (fold + 1) * 46
            c.blend(
                [(x, 0), (x + 46, 0), (x + 46, 720), (x, 720)],
                mix("#a8323a", "#000000", 0.2),
                mix("#a8323a", "#000000", 0.68),
                True,
            )
    for fold in range(16):
        x = fold * 100
        c.blend(
            [(x, 0), (x + 100, 0), *arc(x + 50, 84, 50, 34, 0, 180, 10)], mix("#a8323a", "#000000", 0.45), "#b8404a"
        )
    left, top, width, height = screen
    c.box(left - 12, top - 12, width + 24, height + 24, "#120c12")
    light = c.one_of([pieces.DAWN, pieces.GOLD, pieces.ROSE])
    c.blend(
        [(left, top), (left + width, top), (left + width, top + height), (left, top + height)],
        light.sky[0],
        light.sky[2],
    )
    c.oval(left + 660, top + 190, 62, 62, light.shine)
    for n in range(3):
        hill = [(left + width * k / 20, top + 270 + n * 50 + 40 * math.sin(k * 0.5 + n * 2)) for k in range(21)]
        c.shape([*hill, (left + width, top + height), (left, top + height)], mix(light.far, light.dark, n * 0.4))
    for row in range(5):
        _seats(c, 640 + row * 92, 62 + row * 17, wall)
    c.shape([(800, -30), (left, top), (left + width, top)], "#fff3d0", 0.07)


def _seats(c: Canvas, y: float, size: float, wall: Paint) -> None:
    count = round(WIDTH / (size * 1.16)) + 2
    seat = mix("#8e2f3a", "#120810", 0.35 + (y - 640) / 900)
    for n in range(-1, count):
        x = n * size * 1.16 + c.some(-1, 1)
        if c.some(0, 1) < 0.42:
            coat = mix(c.one_of(["#2f4a5a", "#5a4a3a", "#3a2f4a", "#6b4f3a"]), "#0c060c", 0.5)
            c.oval(x + size / 2, y - size * 0.28, size * 0.23, size * 0.27, mix("#2a1a1a", "#0c060c", 0.3))
            c.line(arc(x + size / 2, y - size * 0.28, size * 0.22, size * 0.26, 200, 340, 10), "#ffdca0", 2.5, 0.8)
            c.shape(
                [
                    *arc(x + size / 2, y + size * 0.24, size * 0.42, size * 0.3, 180, 360, 12),
                    (x + size, y + size),
                    (x, y + size),
                ],
                coat,
            )
        c.blend(
            [
                *arc(x + size / 2, y + size * 0.32, size * 0.5, size * 0.3, 180, 360, 14),
                (x + size, y + size * 1.9),
                (x, y + size * 1.9),
            ],
            mix(seat, "#ffb98a", 0.14),
            mix(seat, "#080408", 0.7),
        )


def rain(c: Canvas) -> None:
    """Rain on a window, the town's lights behind."""
    tone = c.one_of(
        [("#14263f", "#35557a", "#e8a15c"), ("#2b2f45", "#6d6a86", "#f2b56b"), ("#12343b", "#3f7a7f", "#f4c07a")]
    )
    c.fill([(0, tone[0]), (0.55, tone[1]), (0.8, mix(tone[1], tone[2], 0.4)), (1, tone[0])])
    lamps = ["#ffd48a", "#ff9d5c", "#ff7a6b", "#8fd6d9", "#fff0c4", "#f2b8d0"]
    for _ in range(46):
        x, y, size = c.some(0, WIDTH), c.some(380, 860), c.some(26, 84)
        paint = c.one_of(lamps)
        c.oval(x, y, size, size, paint, c.some(0.08, 0.3))
        c.oval(x, y, size * 0.84, size * 0.84, paint, c.some(0.08, 0.22))
    for _ in range(60):
        x = c.some(0, WIDTH)
        y, length = c.some(0, 500), c.some(120, 520)
        c.line(
            curve([(x, y), (x + c.some(-8, 8), y + length * 0.5), (x + c.some(-8, 8), y + length)], 8),
            "#ffffff",
            c.some(2, 5),
            0.13,
        )
        _drop(c, x + c.some(-6, 6), y + length, c.some(7, 13), tone)
    for _ in range(440):
        _drop(c, c.some(0, WIDTH), c.some(0, HEIGHT), c.some(1.5, 9) * c.some(0.5, 1.2), tone)
    frame = mix("#f4ead6", tone[0], 0.25)
    for box in (
        (0, 0, 40, HEIGHT),
        (WIDTH - 40, 0, 40, HEIGHT),
        (785, 0, 30, HEIGHT),
        (0, 0, WIDTH, 34),
        (0, 985, WIDTH, 90),
    ):
        c.box(box[0] + 6, box[1] + 6, box[2], box[3], "#080c18", 0.5)
        c.box(*box, frame)
        c.box(box[0], box[1], 6, box[3], mix(frame, "#ffffff", 0.4)) if box[3] > 200 else None
    _sill(c)


def _drop(c: Canvas, x: float, y: float, r: float, tone: tuple[str, str, str]) -> None:
    c.oval(x, y, r, r * 1.2, mix(tone[0], "#000000", 0.2), 0.5)
    c.oval(x, y + r * 0.2, r * 0.82, r * 0.9, mix(tone[1], tone[2], 0.55), 0.75)
    c.oval(x - r * 0.25, y - r * 0.45, r * 0.28, r * 0.3, "#ffffff", 0.9)


def _sill(c: Canvas) -> None:
    x = c.some(180, 620)
    c.blend([(x - 62, 880), (x + 62, 880), (x + 46, 1010), (x - 46, 1010)], "#d9744a", "#8a3f2c")
    c.box(x - 70, 862, 140, 28, "#c9623c")
    for n in range(16):
        lean = -80 + n * 10.5
        reach = c.some(120, 210)
        leaf = ring([(0, 0), (reach * 0.5, -17), (reach, 0), (reach * 0.5, 17)], 6)
        c.shape(turned(leaf, x + c.some(-24, 24), 868, lean - 90), mix("#3f7a4f", "#14303a", c.some(0, 0.6)))
    cup = 1130
    c.blend([(cup - 60, 900), (cup + 60, 900), (cup + 50, 1010), (cup - 50, 1010)], "#fffaf0", "#cfc4b4")
    c.line(arc(cup + 66, 946, 30, 32, -90, 90, 16), "#f3ead8", 13)
    c.oval(cup, 900, 60, 11, "#5a3220")
    for n in (-22, 10):
        c.line(
            curve([(cup + n, 880), (cup + n + 16, 830), (cup + n - 12, 780), (cup + n + 8, 720)], 10),
            "#ffffff",
            7,
            0.22,
        )
