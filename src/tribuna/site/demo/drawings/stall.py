"""Stalls of flowers and pots."""

from __future__ import annotations

import math

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path, ring, turned


def _awning(c: Canvas, one: Paint, two: Paint) -> None:
    for n in range(14):
        x, low = n * 120 - 40, 150
        paint = one if n % 2 else two
        c.blend(
            [(800 + (x - 800) * 0.86, -20), (800 + (x - 680) * 0.86, -20), (x + 120, low), (x, low)],
            mix(paint, "#ffffff", 0.12),
            paint,
        )
        c.shape([(x, low), (x + 120, low), *arc(x + 60, low + 26, 60, 44, 0, 180, 14)], mix(paint, "#2a1020", 0.14))


def flowers(c: Canvas) -> None:
    """Buckets of flowers under an awning."""
    wall, stripe = c.one_of([("#33505a", "#c8452f"), ("#5a4450", "#2f6f6b"), ("#41563f", "#d98a3c")])
    c.fill([(0, mix(wall, "#0c0a14", 0.45)), (0.5, wall), (1, mix(wall, "#f3d9b0", 0.25))])
    for row in range(3):
        y = 500 + row * 215
        board = mix("#a9744c", "#2a1420", 0.3 - row * 0.12)
        c.box(0, y + 82, WIDTH, 130, mix(board, "#140a10", 0.55))
        c.blend([(0, y + 70), (WIDTH, y + 70), (WIDTH, y + 92), (0, y + 92)], mix(board, "#fff0d0", 0.3), board)
        for n in range(6):
            x = 130 + n * 272 + (row % 2) * 70 - 40 + c.some(-12, 12)
            _bunch(c, x, y + 70, 0.86 + row * 0.09)
    _awning(c, stripe, "#fbf3e2")
    c.glow(800, 520, 800, "#ffe9bd", 0.16, 1.3)


def _bunch(c: Canvas, x: float, ground: float, s: float) -> None:
    kind = c.one_of(["daisy", "tulip", "rose", "sun", "lavender"])
    paint = {
        "daisy": "#fffaf0",
        "tulip": c.one_of(["#d8452f", "#f2b134", "#e9607a"]),
        "rose": c.one_of(["#c8364a", "#f2b8a6", "#fbe6d0"]),
        "sun": "#f6c53a",
        "lavender": "#8a72b8",
    }[kind]
    for n in range(14):
        lean = c.some(-1, 1)
        tip = (x + lean * 118 * s, ground - (150 + 88 * math.cos(lean * 1.3) * c.some(0.7, 1.1)) * s)
        c.line(
            curve([(x + lean * 20, ground - 70 * s), (x + lean * 60 * s, ground - 130 * s), tip], 3),
            mix("#3f7a45", "#16301e", c.some(0, 0.5)),
            4,
        )
        if n % 2:
            leaf = ring(path("0,0 26,-11 58,0 26,11"), 5)
            c.shape(
                turned(leaf, x + lean * 60 * s, ground - 128 * s, -90 + lean * 90, s),
                mix("#4f8a4a", "#16301e", c.some(0, 0.6)),
            )
    for _ in range(19):
        lean, lift = c.some(-1, 1), c.some(0.35, 1.1)
        at = (x + lean * 112 * s, ground - (112 + 124 * math.cos(lean * 1.2) * lift) * s)
        _bloom(c, at, c.some(17, 25) * s, mix(paint, c.one_of(["#fff6d8", "#6a1c3a"]), c.some(0, 0.18)), kind)
    tin = c.one_of(["#b9c2c6", "#6f8a94", "#d9744a", "#e9dcc0"])
    pail = [
        (x - 62 * s, ground - 104 * s),
        (x + 62 * s, ground - 104 * s),
        (x + 48 * s, ground + 6),
        (x - 48 * s, ground + 6),
    ]
    c.blend(pail, mix(tin, "#ffffff", 0.25), mix(tin, "#140a18", 0.5), True)
    c.line([pail[0], pail[1]], mix(tin, "#ffffff", 0.45), 6)
    c.line([(x - 57 * s, ground - 64 * s), (x + 57 * s, ground - 64 * s)], mix(tin, "#140a18", 0.3), 3)


def _bloom(c: Canvas, at: tuple[float, float], r: float, paint: Paint, kind: str) -> None:
    x, y = at
    c.oval(x + 3, y + 5, r, r, "#1a1024", 0.3)
    if kind in ("daisy", "sun"):
        turn = c.some(0, 40)
        for n in range(8):
            c.shape(
                turned(arc(r * 0.68, 0, r * 0.5, r * 0.27, 0, 360, 7), x, y, turn + n * 45),
                mix(paint, "#8a6a4a", 0.16 * (n % 2)),
            )
        c.oval(x, y, r * 0.4, r * 0.4, "#e9a72e" if kind == "daisy" else "#5a3420")
    elif kind == "tulip":
        c.shape(
            ring(
                [
                    (x - r * 0.8, y - r * 0.3),
                    (x - r * 0.5, y - r * 1.2),
                    (x, y - r * 0.8),
                    (x + r * 0.5, y - r * 1.2),
                    (x + r * 0.8, y - r * 0.3),
                    (x, y + r * 0.8),
                ],
                3,
            ),
            paint,
        )
        c.shape(
            ring([(x - r * 0.35, y - r * 0.6), (x, y - r * 1.1), (x + r * 0.35, y - r * 0.6), (x, y + r * 0.7)], 3),
            mix(paint, "#ffffff", 0.2),
        )
    elif kind == "rose":
        for n in range(5):
            share = n / 5
            c.oval(
                x + math.cos(n * 2.2) * r * 0.16,
                y + math.sin(n * 2.2) * r * 0.16,
                r * (1 - share * 0.8),
                r * (1 - share * 0.8),
                mix(paint, "#5a1028" if n % 2 else "#ffffff", 0.14),
            )
    else:
        for n in range(9):
            c.oval(x + (n % 2) * 7 - 3, y - n * r * 0.27 + r, r * 0.3, r * 0.24, mix(paint, "#ffffff", 0.06 * (n % 4)))


def pots(c: Canvas) -> None:
    """A potter's shelves."""
    wall = c.one_of(["#e9d3b0", "#a9c0bb", "#d9a58a", "#c9c3d3"])
    c.fill([(0, mix(wall, "#fff6e0", 0.3)), (1, mix(wall, "#5a3a4a", 0.15))])
    for _ in range(30):
        c.shape(
            pieces.pebble(c, c.some(0, WIDTH), c.some(0, HEIGHT), c.some(40, 130)),
            mix(wall, c.one_of(["#fff6e0", "#7a4a4a"]), 0.07),
            0.7,
        )
    glazes = ["#1f5f7a", "#c9623c", "#f3e6cc", "#2f6b5a", "#e0a63a", "#4a3a4f", "#9fc0b5", "#b8483a", "#7f94b0"]
    for row in range(3):
        floor = 330 + row * 335
        x = 60 + c.some(0, 30)
        while x < WIDTH - 60:
            wide = c.some(48, 92)
            _pot(c, x + wide, floor, wide, c.some(120, 250), c.one_of(glazes))
            x += wide * 2 + c.some(14, 40)
        c.box(0, floor + 26, WIDTH, 46, "#3a2430", 0.22)
        c.blend([(0, floor - 4), (WIDTH, floor - 4), (WIDTH, floor + 30), (0, floor + 30)], "#b98a5c", "#7a5238")
        c.line([(0, floor - 3), (WIDTH, floor - 3)], "#e2bb84", 4)
    c.shape([(0, 0), (760, 0), (180, HEIGHT), (0, HEIGHT)], "#fff3d0", 0.14)


def _pot(c: Canvas, x: float, floor: float, wide: float, tall: float, glaze: Paint) -> None:
    neck, belly, foot = c.some(0.3, 0.75), c.some(0.85, 1), c.some(0.45, 0.7)
    profile = curve(
        [
            (wide * neck * 1.15, -tall),
            (wide * neck, -tall * 0.9),
            (wide * neck * 1.05, -tall * 0.78),
            (wide * belly, -tall * c.some(0.42, 0.56)),
            (wide * foot * 1.1, -tall * 0.1),
            (wide * foot, 0),
        ],
        10,
    )
    outline = [*profile, *reversed([(-px, py) for px, py in profile])]
    c.shape([(x + px + 26, floor + py + 4) for px, py in outline], "#3a2430", 0.2)
    c.blend([(x + px, floor + py) for px, py in outline], mix(glaze, "#ffffff", 0.22), mix(glaze, "#1a0c1a", 0.5), True)
    drip, second = -tall * c.some(0.5, 0.75), mix(glaze, c.one_of(["#fff6e0", "#1a1428", "#d9744a"]), 0.6)
    for band in c.one_of([(0.0,), (0.0, 0.09), (0.0, 0.06, 0.12, 0.18), ()]):
        y = drip + tall * band
        half = min((abs(py - y), px) for px, py in profile)[1]
        c.line(arc(x, floor + y - 5, half, 8, 8, 172, 20), second, c.one_of([5.0, 8.0, 12.0]))
    c.oval(x, floor - tall, wide * neck * 1.15, 9, mix(glaze, "#ffffff", 0.3))
    c.oval(x, floor - tall + 1, wide * neck * 0.95, 6, mix(glaze, "#14081a", 0.75))
    c.shape(turned(arc(0, 0, wide * 0.07, tall * 0.2, 0, 360), x - wide * 0.45, floor - tall * 0.5, 6), "#ffffff", 0.42)
    if c.some(0, 1) < 0.3:
        c.line(
            arc(x + wide * neck * 1.05, floor - tall * 0.72, wide * 0.5, tall * 0.17, -100, 90, 20),
            mix(glaze, "#1a0c1a", 0.3),
            10,
        )
