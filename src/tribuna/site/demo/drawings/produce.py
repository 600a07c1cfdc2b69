"""Fruit in crates, fish on ice."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import EDGE, Canvas, Paint, arc, curve, mix, path, ring, turned
from tribuna.site.demo.drawings.table import wood

FRUIT = {
    "orange": "#ef8a2a",
    "lemon": "#f6cf3f",
    "apple": "#c8392f",
    "plum": "#5f3a72",
    "pear": "#b9c24f",
    "tomato": "#dd4a30",
    "fig": "#4a3558",
    "peach": "#f2a36b",
}


def fruit(c: Canvas) -> None:
    """Crates of fruit on a market stall, from above."""
    wood(c, "#5a4034", 6)
    kinds = list(FRUIT)
    c.rng.shuffle(kinds)
    for row in range(2):
        for column in range(3):
            x, y = 40 + column * 515, 40 + row * 505
            c.box(x + 16, y + 22, 490, 482, "#1a0f0c", 0.5)
            c.box(x, y, 490, 482, "#d0a26a")
            c.box(x + 18, y + 18, 454, 446, "#3a2418")
            _crateful(c, x + 18, y + 18, kinds[row * 3 + column])
            for side in (0, 1):
                c.blend(
                    [
                        (x, y + side * 452),
                        (x + 490, y + side * 452),
                        (x + 490, y + 34 + side * 452),
                        (x, y + 34 + side * 452),
                    ],
                    "#e2bb84",
                    "#b98a56",
                )
                for nail in (20, 470):
                    c.oval(x + nail, y + 17 + side * 452, 4, 4, "#6b4a2e")
            c.blend([(x, y), (x + 26, y), (x + 26, y + 482), (x, y + 482)], "#dcb27a", "#b98a56", True)
            c.blend([(x + 464, y), (x + 490, y), (x + 490, y + 482), (x + 464, y + 482)], "#d3a76e", "#a87a48", True)


def _crateful(c: Canvas, x: float, y: float, kind: str) -> None:
    paint = FRUIT[kind]
    radius = {"orange": 48, "lemon": 42, "apple": 47, "plum": 37, "pear": 45, "tomato": 46, "fig": 38, "peach": 46}[
        kind
    ]
    step = radius * 1.62
    spots = [(a, b) for b in range(int(446 / step) + 1) for a in range(int(454 / step) + 1)]
    for a, b in spots:
        px = x + 30 + a * step + (step / 2 if b % 2 else 0) + c.some(-6, 6)
        py = y + 36 + b * step * 0.95 + c.some(-6, 6)
        if px < x + 436 and py < y + 430:
            _one_fruit(
                c,
                (px, py),
                radius * c.some(0.92, 1.06),
                mix(paint, c.one_of(["#fff0b0", "#5a1c1c"]), c.some(0, 0.16)),
                kind,
            )


def _one_fruit(c: Canvas, at: tuple[float, float], r: float, paint: Paint, kind: str) -> None:
    x, y = at
    turn = c.some(0, 360)
    long = {"lemon": 1.22, "pear": 1.18, "plum": 1.12, "fig": 1.1}.get(kind, 1)
    body = turned(arc(0, 0, r * long, r, 0, 360, 22), 0, 0, turn)
    c.shape([(px + x + 6, py + y + 9) for px, py in body], "#120806", 0.45)
    c.shape([(px + x, py + y) for px, py in body], mix(paint, "#3a0f18", 0.42))
    for n in range(4):
        share = (n + 1) / 4
        size = 0.95 - share * 0.5
        c.shape(
            [(px * size + x - share * r * 0.2, py * size + y - share * r * 0.24) for px, py in body],
            mix(mix(paint, "#3a0f18", 0.3), mix(paint, "#fff6d0", 0.22), share),
        )
    c.oval(x - r * 0.32, y - r * 0.38, r * 0.17, r * 0.12, "#fffbe8", 0.75)
    dx, dy = math.cos(math.radians(turn)) * r * 0.4 * long, math.sin(math.radians(turn)) * r * 0.4 * long
    if kind in ("apple", "pear", "peach", "tomato"):
        c.line([(x + dx, y + dy), (x + dx * 1.5, y + dy * 1.5)], "#4a3420", 5)
        c.shape(turned(ring(path("0,0 16,-9 36,0 16,9"), 6), x + dx, y + dy, turn + 50), "#5a8a3f")
    elif c.some(0, 1) < 0.3:
        c.shape(turned(ring(path("0,0 22,-11 50,0 22,11"), 6), x + dx, y + dy, turn), "#3f7a45")


def fish(c: Canvas) -> None:
    """The morning's catch on ice."""
    c.fill([(0, "#d3e6ea"), (1, "#aecbd6")])
    for _ in range(280):
        x, y, size = c.some(-20, 1620), c.some(-20, 1090), c.some(16, 46)
        c.shape(pieces.pebble(c, x, y, size), mix("#ffffff", "#9fc2d2", c.some(0, 0.8)), 0.6)
    c.stipple(EDGE, "#ffffff", (0.25, 0.05))
    paints = c.one_of([("#4f7f93", "#e9f1ee"), ("#c9685a", "#fbe6d8"), ("#5a6f9a", "#eef0f4"), ("#6f8a5f", "#f2f0d8")])
    for row in range(5):
        for column in range(-1, 4):
            x = column * 470 + 215 + (row % 2) * 220 + c.some(-16, 16)
            y = 120 + row * 212 + c.some(-12, 12)
            _fish(
                c,
                x,
                y,
                c.some(190, 218),
                c.some(-7, 5),
                paints if row % 2 == 0 else (mix(paints[0], "#2f4256", 0.45), paints[1]),
            )
    for _ in range(3):
        x, y = c.some(150, 1450), c.one_of([225, 437, 650, 862])
        c.oval(x + 8, y + 10, 62, 60, "#3f6272", 0.35)
        c.oval(x, y, 62, 60, "#f3c63a")
        c.oval(x, y, 54, 52, "#fff3c0")
        for piece in range(9):
            c.shape([(x, y), *arc(x, y, 47, 45, piece * 40 + 4, piece * 40 + 36, 6)], "#f6d65a")


def _fish(c: Canvas, x: float, y: float, size: float, turn: float, paints: tuple[Paint, Paint]) -> None:
    back, belly = paints
    top = curve(path("-0.98,0.02 -0.7,-0.24 -0.2,-0.36 0.35,-0.22 0.72,-0.05"), 8)
    under = curve(path("0.72,0.05 0.35,0.22 -0.2,0.34 -0.7,0.24 -0.98,0.02"), 8)
    tail = path("0.68,-0.05 1.06,-0.3 0.95,0 1.06,0.3 0.68,0.05")
    c.shape(turned([*top, *tail, *under], x + 10, y + 18, turn, size), "#2f5262", 0.4)
    c.shape(turned(tail, x, y, turn, size), mix(back, "#203040", 0.25))
    c.shape(turned([(-0.35, -0.33), (0.05, -0.5), (0.3, -0.26)], x, y, turn, size), mix(back, "#203040", 0.3))
    c.blend(turned([*top, *under], x, y, turn, size), back, belly)
    for column in range(13):
        for row in range(-3, 3):
            px, py = -0.42 + column * 0.085, row * 0.075 + (column % 2) * 0.037
            if abs(py) < 0.27 - abs(px + 0.1) * 0.28:
                c.line(
                    turned(arc(px, py, 0.045, 0.045, -70, 70, 6), x, y, turn, size),
                    mix(back, "#ffffff", 0.4),
                    1.6,
                    0.65,
                )
    c.line(turned(arc(-0.62, 0.0, 0.16, 0.26, -62, 62, 12), x, y, turn, size), mix(back, "#203040", 0.45), 4)
    c.shape(
        turned(ring(path("-0.36,0.02 -0.12,-0.03 -0.08,0.1 -0.3,0.12"), 6), x, y, turn, size),
        mix(back, belly, 0.3),
    )
    eye = turned([(-0.78, -0.06)], x, y, turn, size)[0]
    c.oval(*eye, size * 0.06, size * 0.06, "#fdf6d8")
    c.oval(*eye, size * 0.035, size * 0.035, "#14202a")
    c.line(turned([(-0.97, 0.05), (-0.86, 0.1)], x, y, turn, size), mix(back, "#203040", 0.6), 3)
