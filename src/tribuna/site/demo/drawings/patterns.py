"""Tiles and maps."""

from __future__ import annotations

from PIL import Image

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, SCALE, WIDTH, Canvas, Paint, arc, curve, mix, path, ring, turned


def tiles(c: Canvas) -> None:
    """A wall of painted tiles."""
    ink, second, glaze = c.one_of(
        [
            ("#1f4f9a", "#e2a33b", "#f6f2e6"),
            ("#1c6f6b", "#d9744a", "#f8f0dc"),
            ("#2f4a8a", "#7fb0d0", "#f4f4ee"),
            ("#8a2f3a", "#e0b04f", "#fbf1e0"),
        ]
    )
    side = 266
    small = Canvas(c.whole(0, 10_000))
    _tile(small, ink, second, glaze, float(side))
    tile = small.sheet.crop((0, 0, side * SCALE, side * SCALE))
    for row in range(5):
        for column in range(7):
            piece = tile.rotate(90 * c.whole(0, 3))
            tone = Image.new(
                "RGB", piece.size, c.one_of([(255, 250, 235), (200, 215, 230), (255, 240, 215), (180, 195, 210)])
            )
            c.sheet.paste(
                Image.blend(piece, tone, c.some(0.0, 0.13)), (column * side * SCALE - 130, row * side * SCALE - 130)
            )
    for n in range(8):
        c.line([(n * side - 65, 0), (n * side - 65, HEIGHT)], "#b5aa98", 4)
        c.line([(n * side - 61, 0), (n * side - 61, HEIGHT)], "#ffffff", 2, 0.6)
        c.line([(0, n * side - 65), (WIDTH, n * side - 65)], "#b5aa98", 4)
        c.line([(0, n * side - 61), (WIDTH, n * side - 61)], "#ffffff", 2, 0.6)
    c.glow(c.some(300, 700), 160, 900, "#ffffff", 0.3, 1.3)
    c.shape([(950, 0), (WIDTH, 0), (WIDTH, HEIGHT), (1400, HEIGHT)], "#2a2450", 0.15)


def _tile(c: Canvas, ink: Paint, second: Paint, glaze: Paint, side: float) -> None:
    middle = side / 2
    c.box(0, 0, side, side, glaze)
    petals, kind = c.one_of([6, 8, 8, 12]), c.whole(0, 2)
    for x, y in ((0, 0), (side, 0), (0, side), (side, side)):
        c.oval(x, y, side * 0.36, side * 0.36, ink)
        c.oval(x, y, side * 0.29, side * 0.29, glaze)
        c.oval(x, y, side * 0.22, side * 0.22, second)
        c.oval(x, y, side * 0.13, side * 0.13, ink)
    for n in range(petals):
        leaf = ring([(0, 0), (middle * 0.42, -middle * 0.16), (middle * 0.78, 0), (middle * 0.42, middle * 0.16)], 8)
        c.shape(turned(leaf, middle, middle, n * 360 / petals), ink if n % 2 == 0 or kind == 0 else second)
        c.line(turned([(middle * 0.2, 0), (middle * 0.62, 0)], middle, middle, n * 360 / petals), glaze, 2.4)
    for n in range(4):
        curl = curve(
            [(middle * 0.86, -46), (middle * 0.7, -30), (middle * 0.78, 0), (middle * 0.7, 30), (middle * 0.86, 46)], 8
        )
        c.line(turned(curl, middle, middle, n * 90), ink, 7)
        c.oval(*turned([(middle * 0.95, 0)], middle, middle, n * 90)[0], 11, 11, second)
    if kind != 1:
        c.line(
            [
                *turned(
                    [(0, -middle * 0.8), (middle * 0.8, 0), (0, middle * 0.8), (-middle * 0.8, 0), (0, -middle * 0.8)],
                    middle,
                    middle,
                    0,
                )
            ],
            second,
            5,
        )
    c.oval(middle, middle, middle * 0.2, middle * 0.2, glaze)
    c.oval(middle, middle, middle * 0.13, middle * 0.13, second)


def chart(c: Canvas) -> None:
    """A map of the coast, with the way marked."""
    sea, land, ink = c.one_of(
        [("#9fcbd3", "#f3e7c9", "#4a4a5a"), ("#bcd4c8", "#f6ecd6", "#5a3f3a"), ("#8fb6c9", "#efe0bd", "#2f3a4f")]
    )
    c.fill([(0, sea), (1, mix(sea, "#1f5f7a", 0.25))])
    coast = curve(
        [
            (-60, 300 + c.some(-40, 40)),
            (180, 380),
            (300, 520 + c.some(-40, 40)),
            (520, 500),
            (640, 640 + c.some(-40, 40)),
            (900, 600),
            (1060, 720),
            (1250, 690),
            (1400, 840 + c.some(-30, 30)),
            (1680, 880),
        ],
        14,
    )
    for n in range(6, 0, -1):
        c.line([(x - n * 7, y + n * 17) for x, y in coast], mix(sea, "#ffffff", 0.18 + 0.08 * (6 - n)), 6)
    c.shape([*coast, (1680, -40), (-60, -40)], land)
    c.line(coast, mix(ink, sea, 0.25), 5)
    for _ in range(7):
        peak = (c.some(150, 1500), c.some(40, 330))
        for level in range(4):
            rim = pieces.pebble(c, peak[0], peak[1], 130 - level * 30)
            c.line([*rim, rim[0]], mix(land, "#a8743f", 0.45), 2.4)
    for _ in range(9):
        c.shape(pieces.pebble(c, c.some(60, 1560), c.some(0, 440), c.some(40, 90)), mix("#9fbf7f", land, 0.25), 0.85)
    river = curve(path("760,-20 700,130 800,270 740,400 800,620"), 14)
    c.line(river, mix(sea, "#3f8fa8", 0.25), 24)
    _streets(c, land, ink)
    way = curve(path("180,260 340,330 560,300 730,380 900,470 1110,420 1330,560"), 9)
    for one, two in zip(way[::2], way[1::2], strict=False):
        c.line([one, two], "#c8402f", 9)
    for x, y in (way[0], way[-1]):
        c.oval(x, y + 4, 17, 8, ink, 0.35)
        c.shape([(x, y), *arc(x, y - 52, 27, 27, 150, 390, 20)], "#c8402f")
        c.oval(x, y - 52, 11, 11, "#fff6e0")
    _compass(c, 330, 860, ink, land)


def _streets(c: Canvas, land: Paint, ink: Paint) -> None:
    roof = mix(land, "#b8603f", 0.55)
    for row in range(5):
        for column in range(9):
            x, y = turned([(column * 62 - 270, row * 54 - 150)], 1010, 420, 12)[0]
            block = [(4, 4), (c.some(42, 54), 4), (c.some(42, 54), c.some(34, 46)), (4, c.some(34, 46))]
            if c.some(0, 1) < 0.85 and abs(x - 770) > 44:
                c.shape(turned(block, x + 3, y + 4, 12), ink, 0.3)
                c.shape(turned(block, x, y, 12), mix(roof, land, c.some(0, 0.45)))
    c.line(curve(path("-20,130 300,210 640,180 1000,240 1640,120"), 12), mix(ink, land, 0.4), 11)
    c.line(curve(path("-20,130 300,210 640,180 1000,240 1640,120"), 12), "#fdf3d8", 6)


def _compass(c: Canvas, x: float, y: float, ink: Paint, land: Paint) -> None:
    c.line(arc(x, y, 98, 98, 0, 361, 60), ink, 3)
    c.line(arc(x, y, 84, 84, 0, 361, 60), ink, 1.6)
    for n in range(8):
        long = 128 if n % 2 == 0 else 70
        c.shape(turned([(0, -long), (17, -17), (0, 0)], x, y, n * 45), ink)
        c.shape(turned([(0, -long), (-17, -17), (0, 0)], x, y, n * 45), land)
        c.line(turned([(0, -long), (17, -17), (0, 0), (-17, -17), (0, -long)], x, y, n * 45), ink, 1.6)
    for n in range(36):
        c.line([arc(x, y, 84, 84, n * 10, n * 10 + 1, 1)[0], arc(x, y, 98, 98, n * 10, n * 10 + 1, 1)[0]], ink, 1.6)
