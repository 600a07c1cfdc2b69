"""What stands on tables."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path, ring, turned


def wood(c: Canvas, paint: Paint, planks: int = 5, lean: float = 0) -> None:
    """Cover the sheet with boards."""
    c.fill([(0, paint), (1, paint)])
    tall = HEIGHT / planks
    for n in range(-1, planks + 1):
        tone = mix(paint, c.one_of(["#3a2016", "#f3d9b0"]), c.some(0.03, 0.16))
        c.shape([(0, n * tall), (WIDTH, n * tall + lean), (WIDTH, (n + 1) * tall + lean), (0, (n + 1) * tall)], tone)
        for _ in range(16):
            y = n * tall + c.some(6, tall - 6)
            bend = c.some(-9, 9)
            line = [(0, y), (c.some(300, 700), y + bend), (c.some(900, 1300), y + lean - bend), (WIDTH, y + lean)]
            c.line(curve(line, 8), mix(paint, "#2a140c", c.some(0.15, 0.4)), c.some(1, 2.4), 0.4)
        c.line([(0, n * tall), (WIDTH, n * tall + lean)], mix(paint, "#1a0c08", 0.65), 4)


def bread(c: Canvas) -> None:
    """Loaves fresh from the oven on a floured table."""
    wood(c, c.one_of(["#a9744c", "#7f5a45", "#c39a6b"]), 5, 30)
    cloth = c.one_of([("#f7efdd", "#b8483a"), ("#f3ecdc", "#2f5f7f"), ("#fbf4e4", "#6b7f3c")])
    c.shape(path("70,640 760,540 940,1090 30,1120"), "#2a140c", 0.35)
    c.shape(path("60,610 760,515 930,1090 0,1120"), cloth[0])
    for stripe in range(5):
        x = 120 + stripe * 150
        c.shape([(x, 605 - stripe * 20), (x + 22, 602 - stripe * 20), (x + 60, 1110), (x + 34, 1110)], cloth[1], 0.85)
    for _ in range(420):
        c.oval(c.some(0, WIDTH), c.some(0, HEIGHT), c.some(0.8, 3), c.some(0.8, 3), "#fff8ea", c.some(0.3, 0.8))
    for at, size, turn in (
        ((470, 300), (370, 150), -14),
        ((1130, 340), (300, 230), 10),
        ((390, 770), (250, 230), 22),
        ((1010, 800), (400, 120), -8),
        ((1360, 700), (330, 92), 62),
    ):
        _loaf(c, (at[0] + c.some(-24, 24), at[1] + c.some(-20, 20)), size, turn + c.some(-8, 8))
    for _ in range(3):
        _ear(c, c.some(620, 800), c.some(480, 640), c.some(-60, 60))


def _loaf(c: Canvas, at: tuple[float, float], size: tuple[float, float], turn: float) -> None:
    (x, y), (length, wide) = at, size
    crust = c.one_of(["#c9823f", "#b86f35", "#d6944c"])
    outline = ring(
        [
            (-length, 0),
            (-length * 0.8, -wide * 0.72),
            (0, -wide),
            (length * 0.8, -wide * 0.72),
            (length, 0),
            (length * 0.8, wide * 0.7),
            (0, wide),
            (-length * 0.8, wide * 0.7),
        ],
        8,
    )
    outline = [(px * 0.84, py * 0.84) for px, py in outline]
    c.shape(turned(outline, x + 18, y + 30, turn, 1.03), "#1c0c08", 0.45)
    c.shape(turned(outline, x, y, turn), mix(crust, "#5a2a12", 0.55))
    for n in range(9):
        share = n / 8
        c.shape(
            turned(outline, x - 7 * share, y - 15 * share, turn, 0.97 - 0.34 * share),
            mix(mix(crust, "#5a2a12", 0.45), "#eebb72", share * 0.75),
        )
    c.stipple(turned(outline, x, y, turn), "#fff3da", (0.24, 0.02))
    cuts = max(2, round(length / 85))
    for cut in range(cuts):
        middle = (cut + 0.5) / cuts * 1.2 * length - 0.6 * length
        slit = [
            (middle - 26, -wide * 0.5),
            (middle + 12, -wide * 0.05),
            (middle + 34, wide * 0.44),
            (middle - 8, wide * 0.06),
        ]
        c.shape(turned(ring(slit, 8), x - 5, y - 10, turn, 1.06), mix(crust, "#4a200e", 0.5))
        c.shape(turned(ring(slit, 8), x - 3, y - 7, turn, 0.9), "#f6ddb0")


def _ear(c: Canvas, x: float, y: float, turn: float) -> None:
    c.line(turned([(0, 0), (0, 190)], x, y, turn), "#d9ad5a", 4)
    for n in range(8):
        for side in (-1, 1):
            grain = turned(arc(side * 9, n * 14 - 6, 7, 14, 0, 360, 12), x, y, turn)
            c.shape(grain, mix("#e9c06c", "#a8742a", c.some(0, 0.5)))
            c.line(turned([(side * 12, n * 14 - 14), (side * 30, n * 14 - 70)], x, y, turn), "#e9c98a", 1.4)


def cafe(c: Canvas) -> None:
    """A café table from above, in the morning sun."""
    ground = c.one_of(["#c9ad88", "#9fb3ae", "#c79a86"])
    c.fill([(0, mix(ground, "#ffffff", 0.15)), (1, mix(ground, "#4a3040", 0.15))])
    for row in range(8):
        for column in range(12):
            c.box(
                column * 150 - (row % 2) * 75,
                row * 140,
                144,
                134,
                mix(ground, c.one_of(["#ffffff", "#6b4a4a"]), c.some(0, 0.14)),
            )
    c.oval(850, 590, 640, 610, "#2a1830", 0.33)
    top = c.one_of(["#f4efe4", "#2f6f6b", "#e9d3b0", "#b8483a"])
    c.oval(790, 533, 630, 600, mix(top, "#20101c", 0.35))
    c.oval(790, 526, 622, 592, top)
    c.oval(740, 470, 480, 440, mix(top, "#ffffff", 0.35), 0.25)
    _paper(c, 1000, 640, c.some(8, 24))
    for x, y, milk in ((480, 420, 0.6), (800, 250, 0.05)):
        _cup(c, x + c.some(-20, 20), y + c.some(-20, 20), milk)
    c.oval(560, 800, 142, 136, "#20101c", 0.3)
    c.oval(550, 786, 142, 136, "#fffaf0")
    c.oval(550, 786, 104, 100, "#efe6d6")
    for n in range(7):
        angle = 200 + n * 24
        px, py = 550 + 62 * math.cos(math.radians(angle)), 812 + 56 * math.sin(math.radians(angle))
        size = 20 + 26 * math.sin(math.pi * (n + 0.5) / 7)
        c.shape(turned(arc(0, 0, 17, size, 0, 360), px, py, angle + 90 + 90), mix("#d9963f", "#8a4a1c", (n % 2) * 0.35))
        c.shape(turned(arc(-4, -3, 8, size * 0.7, 0, 360), px, py, angle + 180), "#f0c27a", 0.6)
    _shadow_leaves(c)


def _cup(c: Canvas, x: float, y: float, milk: float) -> None:
    c.oval(x + 16, y + 20, 150, 146, "#20101c", 0.3)
    c.oval(x, y, 148, 144, "#fffaf0")
    c.oval(x, y, 140, 136, "#efe6d6")
    c.oval(x, y, 118, 114, "#fbf5e9")
    turn = c.some(-40, 40)
    c.shape(turned(path("80,-16 136,-13 136,13 80,16"), x, y, turn), "#fffaf0")
    c.oval(x + 8, y + 10, 92, 90, "#8a7668", 0.45)
    c.oval(x, y, 90, 88, "#ffffff")
    c.oval(x, y, 78, 76, mix("#3f2216", "#c08a55", milk))
    c.oval(x + 4, y + 4, 66, 64, mix("#5a3220", "#d9ab78", milk))
    if milk > 0.3:
        for n in range(4):
            c.shape(
                ring(
                    [
                        (x - 34 + n * 7, y - 24 + n * 17),
                        (x, y - 8 + n * 14),
                        (x + 34 - n * 7, y - 24 + n * 17),
                        (x, y + 10 + n * 13),
                    ],
                    6,
                ),
                "#fbead0",
                0.9,
            )
    c.line(turned([(-128, 30), (-40, 104)], x, y, turn), "#b9b4b0", 9)
    c.oval(*turned([(-30, 112)], x, y, turn)[0], 20, 15, "#c9c4c0")


def _paper(c: Canvas, x: float, y: float, turn: float) -> None:
    page = path("-210,-270 220,-270 220,280 -210,280")
    c.shape(turned(page, x + 20, y + 24, turn), "#20101c", 0.3)
    c.shape(turned(page, x, y, turn), "#f7f1e1")
    c.shape(turned(path("0,-270 220,-270 220,280 0,280"), x, y, turn), "#e9e0cb")
    c.shape(turned(path("-190,-250 200,-250 200,-204 -190,-204"), x, y, turn), "#2b2430")
    c.shape(turned(path("-190,-184 60,-184 60,0 -190,0"), x, y, turn), "#7fa9b5")
    c.shape(turned(path("-190,-50 -90,-110 -10,-60 60,-100 60,0 -190,0"), x, y, turn), "#3f6f7f")
    for column in range(3):
        left = -190 + column * 134
        for line in range(28):
            y0 = (18 if column < 2 else -184) + line * 9.4
            if y0 < 266:
                c.line(turned([(left, y0), (left + (118 if line % 6 < 5 else 70), y0)], x, y, turn), "#6b6470", 3, 0.75)


def _shadow_leaves(c: Canvas) -> None:
    for _ in range(54):
        x, y = c.some(1000, 1620), c.some(-20, 360)
        c.shape(
            turned(ring(path("0,0 34,-18 82,0 34,18"), 6), x, y, c.some(90, 220), c.some(0.7, 1.2)),
            "#2a1838",
            0.2,
        )
