"""Sport, seen from above."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, Point, arc, curve, mix, path, ring, turned


def pitch(c: Canvas) -> None:
    """A football match seen from high above, late in the afternoon."""
    grass = c.one_of(["#4f8f4a", "#3f8558", "#6b9a45"])
    lean = c.some(-16, 16)
    c.fill([(0, mix(grass, "#20402a", 0.25)), (1, mix(grass, "#20402a", 0.4))])

    def at(points: list[Point]) -> list[Point]:
        return turned(points, 800, 533, lean)

    for n in range(16):
        left = -1120 + n * 140
        paint = mix(grass, "#e9f2a8", 0.2) if n % 2 else mix(grass, "#163a22", 0.08)
        c.shape(at([(left, -700), (left + 140, -700), (left + 140, 700), (left, 700)]), paint)
    c.stipple([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], "#1c4a2c", (0.05, 0.28))
    _markings(c, lean)
    shirts = c.one_of([("#d8452f", "#f6f1e4"), ("#1f5f8a", "#f2c23f"), ("#f6f1e4", "#2b2b3a"), ("#7a3b7a", "#f08a3c")])
    for n in range(21):
        x, y = turned([(c.some(-690, 690), c.some(-400, 400))], 800, 533, lean)[0]
        shirt = shirts[n % 2] if n else "#1c1c22"
        c.shape(turned(arc(58, 0, 64, 11, 0, 360), x, y, 28), "#12301c", 0.42)
        c.line([(x - 9, y + 6), (x - 15, y + 17)], "#f0cba8", 6)
        c.line([(x + 7, y + 7), (x + 14, y + 15)], "#f0cba8", 6)
        c.oval(x, y, 20, 14, shirt)
        c.oval(x, y, 20, 14, "#000000", 0.06)
        c.oval(x - 1, y - 4, 8.5, 9, mix(c.one_of(["#3a241a", "#8a5a35", "#d9b67a"]), "#000000", 0.1))
    x, y = c.some(620, 980), c.some(420, 640)
    c.oval(x + 16, y + 9, 13, 6, "#12301c", 0.45)
    c.oval(x, y, 9, 9, "#ffffff")
    c.shape([(0, 0), (560, 0), (0, 420)], "#12241c", 0.2)


def _markings(c: Canvas, lean: float) -> None:
    def draw(points: list[Point], closed: bool = True) -> None:
        around = turned(points, 800, 533, lean)
        c.line([*around, around[0]] if closed else around, "#f4f6e6", 5, 0.92)

    draw(path("-780,-470 780,-470 780,470 -780,470"))
    draw([(0, -470), (0, 470)], closed=False)
    draw(arc(0, 0, 140, 140, 0, 360, 60))
    c.oval(*turned([(0, 0)], 800, 533, lean)[0], 7, 7, "#f4f6e6")
    for side in (-1, 1):
        draw([(side * 780, -250), (side * 560, -250), (side * 560, 250), (side * 780, 250)])
        draw([(side * 780, -120), (side * 700, -120), (side * 700, 120), (side * 780, 120)])
        draw(arc(side * 610, 0, 140, 140, 110 if side == 1 else -69, 250 if side == 1 else 69, 24), closed=False)
        for end in (-1, 1):
            start = {(-1, -1): 0, (-1, 1): -90, (1, -1): 90, (1, 1): 180}[(side, end)]
            draw(arc(side * 780, end * 470, 34, 34, start, start + 90, 10), closed=False)


def pool(c: Canvas) -> None:
    """Swimming lanes from above."""
    water = c.one_of([("#3fb3c9", "#1c7fa3"), ("#57c2b8", "#1f8a93"), ("#5aaee0", "#2567a8")])
    c.fill([(0, water[0]), (1, water[1])], sideways=True)
    for n in range(6):
        c.box(0, n * 190 + 35, WIDTH, 20, mix(water[1], "#0c2f4f", 0.45), 0.55)
    for _ in range(250):
        x, y = c.some(-40, 1640), c.some(-20, 1080)
        mesh = ring(
            [(x + c.some(18, 46) * math.cos(a), y + c.some(10, 26) * math.sin(a)) for a in (0, 1.2, 2.4, 3.7, 5)], 5
        )
        c.line([*mesh, mesh[0]], "#ffffff", 2.4, 0.2)
    colours = c.one_of([("#d8452f", "#fff8ea"), ("#f2b134", "#1f4f7a"), ("#2f7d5b", "#fff8ea")])
    for n in range(7):
        y = n * 190 - 50
        c.line([(0, y + 12), (WIDTH, y + 12)], "#0c2f4f", 9, 0.3)
        for bead in range(80):
            c.oval(bead * 20 + 4, y, 11, 8, colours[(bead // 4) % 2])
            c.oval(bead * 20 + 2, y - 3, 4, 2, "#ffffff", 0.7)
    caps = ["#d8452f", "#f6d35a", "#fff8ea", "#2b2b3a", "#7a3b7a", "#2f7d5b"]
    for n in range(6):
        _swimmer(c, c.some(420, 1380), n * 190 + 45, caps[n])


def _swimmer(c: Canvas, x: float, y: float, cap: Paint) -> None:
    skin = c.one_of(["#e3ad84", "#a86f4a", "#f0c8a3", "#7a4a30"])
    suit = c.one_of(["#22304a", "#8e2f33", "#1f5f5a"])
    for n in range(42):
        back = c.some(0, 1) ** 1.5 * 420
        pieces.streak(
            c,
            x - 150 - back,
            y + c.some(-1, 1) * (16 + back * 0.1),
            c.some(10, 40),
            c.some(3, 8),
            "#ffffff",
            0.62 - back / 900,
        )
        if n < 12:
            c.oval(x - 150 + c.some(-24, 24), y + c.some(-24, 24), c.some(3, 10), c.some(3, 9), "#ffffff", 0.8)
    c.oval(x - 10, y + 34, 130, 17, "#0c2f4f", 0.22)
    for side, bend in ((-9, c.some(-8, 8)), (9, c.some(-8, 8))):
        c.line([(x - 50, y + side), (x - 100, y + side + bend), (x - 145, y + side * 1.3)], skin, 13)
    c.shape(
        ring(
            [
                (x + 52, y - 25),
                (x + 52, y + 25),
                (x - 10, y + 19),
                (x - 66, y + 13),
                (x - 66, y - 13),
                (x - 10, y - 19),
            ],
            8,
        ),
        skin,
    )
    c.shape(ring([(x + 22, y - 21), (x + 22, y + 21), (x - 66, y + 14), (x - 66, y - 14)], 8), suit)
    side = c.one_of([-1, 1])
    c.line(curve([(x + 46, y + side * 22), (x + 92, y + side * 46), (x + 150, y + side * 26)], 8), skin, 14)
    c.line(
        curve([(x + 40, y - side * 24), (x + 4, y - side * 52), (x - 36, y - side * 44)], 8),
        mix(skin, "#1c7fa3", 0.5),
        13,
    )
    c.oval(x + 82, y, 25, 19, cap)
    c.oval(x + 78, y - 6, 11, 6, "#ffffff", 0.5)
    for _ in range(10):
        c.oval(x + 150 + c.some(-14, 22), y + side * 26 + c.some(-16, 16), c.some(2, 7), c.some(2, 7), "#ffffff", 0.8)
