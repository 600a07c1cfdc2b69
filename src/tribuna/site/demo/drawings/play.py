"""A bicycle, a game of chess, kites."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, Point, arc, curve, mix, path, ring, turned
from tribuna.site.demo.drawings.pieces import DAWN, GOLD, NOON, ROSE


def bicycle(c: Canvas) -> None:
    """A bicycle against a sunny wall."""
    wall, frame = c.one_of(
        [("#e9a15c", "#1f5f6b"), ("#8fc0b5", "#c8452f"), ("#e7c6a5", "#2f4f7f"), ("#d97b66", "#f4ead2")]
    )
    c.fill([(0, mix(wall, "#fff3d0", 0.25)), (0.8, wall), (1, wall)])
    for _ in range(40):
        patch = pieces.pebble(c, c.some(0, WIDTH), c.some(0, 800), c.some(24, 90))
        c.shape(patch, mix(wall, c.one_of(["#fff6e0", "#7a3f3a"]), c.some(0.04, 0.12)), 0.6)
    c.shape(path("0,0 520,0 1000,835 0,835"), "#4a2a4a", 0.13)
    for _ in range(70):
        x, y = c.some(880, 1640), c.some(-30, 330)
        c.shape(turned(ring(path("0,0 30,-15 74,0 30,15"), 5), x + 30, y + 40, c.some(80, 210)), "#4a2a4a", 0.22)
    for _ in range(80):
        x, y = c.some(1000, 1660), c.some(-60, 230)
        leaf = ring(path("0,0 28,-14 68,0 28,14"), 5)
        c.shape(turned(leaf, x, y, c.some(80, 210)), mix("#4f8a4a", c.one_of(["#1c4a3a", "#c2cf6a"]), c.some(0, 0.6)))
    c.blend([(0, 835), (WIDTH, 835), (WIDTH, HEIGHT), (0, HEIGHT)], "#d9c7a8", "#a8927a")
    for n in range(11):
        c.line([(n * 190 - 160, HEIGHT), (n * 150 + 60, 835)], "#8a7460", 3, 0.6)
    c.line([(0, 940), (WIDTH, 940)], "#8a7460", 3, 0.6)
    _cycle(c, (90, 44), "#3a2340", "#3a2340", 0.3)
    _cycle(c, (0, 0), frame, "#241c26", 1)


def _cycle(c: Canvas, shift: Point, frame: Paint, black: Paint, alpha: float) -> None:
    """Draw the bicycle, or with *alpha* below 1 its shadow on the wall."""

    def at(text: str) -> list[Point]:
        return turned(path(text), *shift, 0)

    for x, y in at("520,690 1090,690"):
        _wheel(c, x, y, black, alpha)
    for bar in (
        "520,690 760,700",
        "520,690 690,440",
        "760,700 690,440",
        "690,440 1010,430",
        "760,700 1018,466",
        "998,380 1090,690",
    ):
        c.line(at(bar), frame, 17, alpha)
        if alpha == 1:
            c.line([(x, y - 4) for x, y in at(bar)], mix(frame, "#ffffff", 0.4), 4)
    c.line(at("690,440 674,380"), black, 11, alpha)
    c.shape(ring(at("614,366 756,374 700,392 624,400"), 8), mix("#8a4f2f", black, 1 - alpha), alpha)
    c.line(curve(at("998,380 990,334 1060,314 1102,346 1070,378"), 10), black, 12, alpha)
    c.oval(*at("760,700")[0], 44, 44, black, alpha)
    c.line(at("730,638 790,762"), mix("#b9b2a8", black, 1 - alpha), 10, alpha)
    c.line(at("520,674 760,658"), black, 4, alpha)
    c.line(at("520,706 760,742"), black, 4, alpha)
    if alpha == 1:
        _basket(c, 1030, 390)


def _wheel(c: Canvas, x: float, y: float, black: Paint, alpha: float) -> None:
    c.line(arc(x, y, 188, 188, 0, 361, 70), black, 15, alpha)
    if alpha == 1:
        c.line(arc(x, y, 176, 176, 0, 361, 70), "#d9d2c4", 5)
        for spoke in range(18):
            c.line([(x, y), arc(x, y, 174, 174, spoke * 20 + 4, spoke * 20 + 5, 1)[0]], "#efe8da", 2, 0.85)
    c.oval(x, y, 13, 13, black, alpha)


def _basket(c: Canvas, x: float, y: float) -> None:
    for n in range(26):
        px, py = x + 20 + c.some(0, 140), y - c.some(20, 100)
        c.line([(px, y), (px + c.some(-12, 12), py)], "#4f8a4a", 4)
        c.oval(
            px + c.some(-12, 12),
            py,
            c.some(9, 17),
            c.some(9, 17),
            c.one_of(["#f6d35a", "#fff6e6", "#e9607a", "#f08a4a"]),
        )
        if n % 3 == 0:
            c.oval(px, py, 5, 5, "#b8742a")
    c.shape([(x, y - 6), (x + 180, y - 6), (x + 158, y + 108), (x + 22, y + 108)], "#c99a5a")
    for row in range(6):
        for column in range(11):
            if (row + column) % 2:
                c.box(x + 10 + column * 14.5, y + 4 + row * 17, 13, 14, "#a8742f", 0.7)
    c.box(x - 6, y - 14, 192, 14, "#b8864a")


def chess(c: Canvas) -> None:
    """A game of chess, left for a moment."""
    dark, pale, felt = c.one_of(
        [("#6b3f2a", "#efd9b0", "#2f5a4a"), ("#2f4f5f", "#e6e2d0", "#8a4a3a"), ("#4f3a5a", "#f0dcc0", "#39606b")]
    )
    c.fill([(0, mix(felt, "#ffffff", 0.15)), (1, mix(felt, "#000000", 0.35))])

    def spot(column: float, row: float) -> Point:
        depth = row / 8
        half = 420 + 330 * depth * abs(depth) ** 0.15
        return 800 + (column - 4) / 4 * half, 230 + 690 * depth * abs(depth) ** 0.12

    c.shape([spot(-0.35, -0.25), spot(8.35, -0.25), (1620, 990), (-20, 990)], "#120a10", 0.4)
    c.shape([spot(-0.3, -0.35), spot(8.3, -0.35), spot(8.3, 8.25), spot(-0.3, 8.25)], mix(dark, "#1a0c0a", 0.4))
    for row in range(8):
        for column in range(8):
            paint = mix(pale if (row + column) % 2 == 0 else dark, "#fff0d0", c.some(0, 0.07))
            c.shape([spot(column, row), spot(column + 1, row), spot(column + 1, row + 1), spot(column, row + 1)], paint)
    c.glow(520, 330, 700, "#ffe9bd", 0.3, 1.4)
    taken = set()
    for row in range(8):
        for _ in range(3):
            column = c.whole(0, 7)
            if (row, column) not in taken and c.some(0, 1) < 0.82:
                taken.add((row, column))
                x, y = spot(column + 0.5, row + 0.62)
                white = c.some(0, 1) < (0.75 if row > 3 else 0.2)
                _chessman(
                    c, x, y, 0.8 + row * 0.085, (mix(pale, "#fffaf0", 0.6) if white else mix(dark, "#140a10", 0.6))
                )


def _chessman(c: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    shade = mix(paint, "#140812", 0.5)
    kind, s = c.one_of(["pawn", "pawn", "rook", "bishop", "king"]), size
    tall = {"pawn": 92, "rook": 112, "bishop": 146, "king": 178}[kind]
    c.shape(
        [(x, y - 8 * s), (x + tall * s * 1.1, y + 16 * s), (x + tall * s * 1.1, y + 40 * s), (x, y + 18 * s)],
        "#120a10",
        0.32,
    )
    c.oval(x, y, 42 * s, 17 * s, shade)
    c.oval(x, y - 6 * s, 40 * s, 15 * s, paint)
    neck = [
        (x - 32 * s, y - 10 * s),
        (x - 15 * s, y - tall * 0.36 * s),
        (x - 12 * s, y - tall * 0.7 * s),
        (x + 12 * s, y - tall * 0.7 * s),
        (x + 15 * s, y - tall * 0.36 * s),
        (x + 32 * s, y - 10 * s),
    ]
    c.blend(curve(neck, 8), mix(paint, "#ffffff", 0.1), shade, True)
    c.oval(x, y - tall * 0.7 * s, 22 * s, 8 * s, mix(paint, shade, 0.3))
    top = y - tall * 0.88 * s
    if kind == "rook":
        c.blend(
            [
                (x - 24 * s, top - 14 * s),
                (x + 24 * s, top - 14 * s),
                (x + 20 * s, top + 22 * s),
                (x - 20 * s, top + 22 * s),
            ],
            paint,
            shade,
            True,
        )
        return
    c.oval(x, top, 21 * s, (21 if kind == "pawn" else 30) * s, mix(paint, shade, 0.45))
    c.oval(x - 3 * s, top - 3 * s, 16 * s, (16 if kind == "pawn" else 25) * s, paint)
    if kind == "king":
        c.box(x - 4 * s, top - 58 * s, 8 * s, 34 * s, paint)
        c.box(x - 13 * s, top - 48 * s, 26 * s, 8 * s, paint)


def kites(c: Canvas) -> None:
    """Kites over the dunes."""
    light = c.one_of([NOON, DAWN, GOLD, ROSE])
    pieces.sky(c, light, 800)
    pieces.clouds(c, 6, 160, 620, light, 0.7)
    pieces.land(c, [(0, 800), (WIDTH, 800)], mix(light.far, light.sky[0], 0.4), light.near, 900)
    for n, low in enumerate((850, 905, 975)):
        sand = mix("#f0d9a8", light.near, 0.2 - 0.06 * n)
        line = pieces.ridge(c, low, 30, 0.4)
        pieces.land(c, line, mix(sand, "#ffffff", 0.15), mix(sand, "#8a6236", 0.3))
        for px, py in line[:: 3 + n]:
            for _ in range(4):
                c.line(
                    [(px, py + 6), (px + c.some(-16, 22), py - c.some(14, 40))], mix("#6b8a4a", light.near, 0.3), 2.6
                )
    for n in range(6):
        x, y = 160 + n * 262 + c.some(-50, 50), c.some(150, 500)
        hand = (500 + n * 120 + c.some(-40, 40), 905 + c.some(0, 60))
        c.line(curve([hand, ((hand[0] + x) / 2 + 50, (hand[1] + y) / 2 + 60), (x, y)], 14), light.dark, 1.6, 0.7)
        _kite(c, x, y, c.some(64, 112), c.some(-28, 28))
        c.shape(
            [
                (hand[0] - 9, hand[1] + 44),
                (hand[0] - 7, hand[1] + 6),
                (hand[0] + 8, hand[1] + 6),
                (hand[0] + 9, hand[1] + 44),
            ],
            mix(c.one_of(["#c8452f", "#1f5f8a", "#f2c23f", "#7a3b7a"]), light.dark, 0.25),
        )
        c.oval(hand[0], hand[1] - 3, 8, 9, mix("#a86f4a", light.dark, 0.2))


def _kite(c: Canvas, x: float, y: float, size: float, turn: float) -> None:
    one, two = c.one_of(
        [
            ("#d8452f", "#f6c84c"),
            ("#1f6f9a", "#f7efe0"),
            ("#2f8a6b", "#f2a33c"),
            ("#7a3f8a", "#f29ab0"),
            ("#f0783c", "#2f4f7f"),
        ]
    )
    tail = curve([(0, size * 1.2), (size * 0.3, size * 1.7), (-size * 0.2, size * 2.2), (size * 0.2, size * 2.7)], 8)
    c.line(turned(tail, x, y, turn), one, 3)
    for n in range(4, len(tail), 6):
        bow = path("-14,-9 14,9 14,-9 -14,9")
        px, py = turned([tail[n]], x, y, turn)[0]
        c.shape(turned(bow, px, py, turn + n * 9), two)
    corners = [(0.0, -size), (size * 0.72, -size * 0.12), (0.0, size * 1.2), (-size * 0.72, -size * 0.12)]
    for n in range(4):
        c.shape(
            turned([corners[n], corners[(n + 1) % 4], (0, -size * 0.12)], x, y, turn),
            (one, two, mix(one, "#1a1028", 0.2), mix(two, "#1a1028", 0.15))[n],
        )
    c.line(turned([corners[0], corners[2]], x, y, turn), "#3a2a2a", 2.5)
    c.line(turned([corners[1], corners[3]], x, y, turn), "#3a2a2a", 2.5)
