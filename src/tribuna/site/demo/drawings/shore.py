"""Where the water meets the land."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path, turned
from tribuna.site.demo.drawings.pieces import NOON


def wave(c: Canvas) -> None:
    """One great wave about to break."""
    deep, body, bright, back = c.one_of(
        [
            ("#0f3b57", "#1d6b83", "#63b7b5", "#f3e2bf"),
            ("#17324d", "#2b5f7d", "#8fc1c4", "#f6cfa6"),
            ("#123f3f", "#1f7268", "#7cc4a4", "#f4ecd2"),
        ]
    )
    c.fill([(0, mix(back, "#e7a78b", 0.35)), (0.7, back), (1, back)])
    c.glow(1180, 330, 520, "#fffbe9", 0.9)
    c.oval(1180, 330, 92, 92, "#fffbe9")
    pieces.land(c, pieces.ridge(c, 640, 16), mix(body, back, 0.55), mix(body, back, 0.35))
    for n, y in enumerate((690, 760)):
        pieces.land(c, pieces.ridge(c, y, 22), mix(body, back, 0.35 - 0.15 * n), body)
    shell = curve(
        path(
            "-40,700 120,480 330,300 560,210 780,230 930,330 985,450 930,400 "
            "800,360 690,430 660,560 740,720 900,830 1150,890 1640,900"
        ),
        12,
    )
    c.blend([*shell, (1640, HEIGHT), (-40, HEIGHT)], body, deep)
    for n in range(12):
        t = n / 14
        line = [
            (60 + 70 * n, 1080),
            (110 + 48 * n, 820 - 8 * n),
            (250 + 30 * n, 560 - 12 * n),
            (480 + 17 * n, 330 + 3 * n),
            (760 + 6 * n, 262 + 8 * n),
        ]
        c.line(curve(line, 12), mix(bright, body, t * 0.5), 9 - 5 * t, 0.55)
    _crest(c, bright)
    for n, y in enumerate((930, 1000)):
        pieces.land(c, pieces.ridge(c, y, 26), mix(body, deep, 0.3 + 0.3 * n), deep)
        for _ in range(26):
            pieces.streak(c, c.some(0, WIDTH), y + c.some(-10, 60), c.some(20, 70), c.some(3, 8), "#ffffff", 0.4)
    pieces.boat(c, 1290, 905, 62, "#c8452f", NOON, "#fdf3dc")


def _crest(c: Canvas, bright: Paint) -> None:
    rim = curve(path("200,392 330,300 560,210 780,230 930,330 985,450"), 30)
    for x, y in rim:
        size = 10 + 26 * max(0, (x - 260) / 720)
        c.oval(
            x + c.some(-10, 10),
            y + c.some(-6, 12),
            size * c.some(0.5, 1),
            size * c.some(0.4, 0.8),
            mix("#ffffff", bright, c.some(0, 0.25)),
        )
    for _ in range(150):
        x, y = c.some(560, 1100), c.some(180, 620)
        if (x - 985) ** 2 / 190**2 + (y - 430) ** 2 / 220**2 < 1:
            c.oval(x, y, c.some(2, 9), c.some(2, 9), "#ffffff", c.some(0.5, 1))
    for x, y in curve(path("985,450 930,400 800,360 690,430"), 9):
        c.oval(x, y + 8, c.some(8, 20), c.some(8, 22), mix("#ffffff", bright, c.some(0, 0.4)))


def beach(c: Canvas) -> None:
    """The beach seen from above: foam, parasols, towels."""
    sand, wet, shallow, deep = c.one_of(
        [
            ("#f2dcae", "#d9bb86", "#7fd0c7", "#1f8aa0"),
            ("#f4e2c1", "#d6b98e", "#8fd3cf", "#2b7fa8"),
            ("#eccfa2", "#c9a577", "#78c5b4", "#146f7f"),
        ]
    )
    c.fill([(0, deep), (0.3, shallow), (0.48, mix(shallow, "#ffffff", 0.4)), (0.5, wet), (0.6, sand), (1, sand)])
    for n in range(7):
        line = [
            (x, 150 + n * 58 + dy + 0.16 * x - 130)
            for (x, _), dy in zip(pieces.ridge(c, 0, 1), c.wobble(90, 0.4) * 24, strict=True)
        ]
        c.line(line, "#ffffff", 3 + n * 1.8, 0.16 + n * 0.08)
    edge = [(x, y + 0.16 * x - 120) for x, y in pieces.ridge(c, 520, 30, 0.4)]
    c.shape([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], wet)
    c.shape([(x, y + 44 + (i % 7)) for i, (x, y) in enumerate(edge)] + [(WIDTH, HEIGHT), (0, HEIGHT)], sand)
    c.stipple([(0, 500), (WIDTH, 700), (WIDTH, HEIGHT), (0, HEIGHT)], mix(wet, "#8a6236", 0.4), (0.02, 0.22))
    c.line(edge, "#ffffff", 16, 0.95)
    c.line([(x, y - 20) for x, y in edge], "#ffffff", 6, 0.6)
    for row in range(3):
        for column in range(7):
            x, y = (
                120 + column * 225 + c.some(-55, 55) + row * 60,
                640 + 0.13 * column * 225 + row * 130 + c.some(-26, 26),
            )
            if y < HEIGHT + 40 and c.some(0, 1) < 0.8:
                _parasol(c, x, y, c.some(44, 62))
    for _ in range(4):
        x, y = c.some(200, 1400), c.some(120, 330)
        c.oval(x, y, 9, 9, "#8a5a3a")
        pieces.streak(c, x, y + 12, 26, 8, "#ffffff", 0.7)


def _parasol(c: Canvas, x: float, y: float, size: float) -> None:
    one, two = c.one_of(
        [
            ("#d8452f", "#fff5e0"),
            ("#f2b134", "#fff5e0"),
            ("#1c6c8c", "#fdf3dd"),
            ("#2f8f6b", "#f7efd6"),
            ("#e27a5f", "#ffe9cf"),
        ]
    )
    towel = c.one_of(["#f6d06f", "#e9805a", "#5fb0b7", "#f3f0e6", "#c65b6c"])
    c.shape(turned(path("-20,-46 20,-46 20,46 -20,46"), x + size * 1.15, y + size * 0.5, c.some(-18, 18)), towel)
    c.oval(x + size * 0.42, y + size * 0.5, size, size * 0.92, "#6b4a2a", 0.32)
    turn = c.some(0, 45)
    for piece in range(8):
        wedge = [(x, y), *arc(x, y, size, size, turn + piece * 45, turn + piece * 45 + 45, 6)]
        c.shape(wedge, one if piece % 2 else two)
        c.shape(wedge, "#000000", 0.1 if 1 <= (piece + turn / 45) % 8 <= 4 else 0)
    c.oval(x, y, 4, 4, "#fffdf5")
