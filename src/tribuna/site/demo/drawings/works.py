"""Where people work: the salt pans from above, the repairers' bench."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import (
    EDGE,
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    arc,
    curve,
    mix,
    path,
    ring,
    turned,
)


def saltpans(c: Canvas) -> None:
    """Salt pans from above, each basin a little saltier than the last."""
    brines = c.one_of(
        [
            ["#5f9fa8", "#8fb8a0", "#c9b98a", "#d99a80", "#e0a0a8", "#efc9cc", "#f4efe6"],
            ["#3f8296", "#7fb0b5", "#b8a078", "#c97f6b", "#d98a98", "#f0d2cf", "#fbf6ee"],
            ["#6a8fb0", "#9fc0c4", "#d6c295", "#e2ab7f", "#d48fa0", "#eab6c0", "#f6f1e8"],
        ]
    )
    c.fill([(0, "#a08a6a"), (1, "#8a7354")])
    c.stipple(EDGE, "#5f6a44", (0.05, 0.25))
    corners = _grid(c)
    for row in range(5):
        for column in range(8):
            _basin(c, [corners[row + y][column + x] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))], brines, row + column)
    for _ in range(9):
        _heap(c, c.some(500, 1560), c.some(420, 1020), c.some(22, 38))
    for _ in range(26):
        x, y = c.some(60, 640), c.some(40, 330)
        c.oval(x + 12, y + 5, 11, 3, "#3a2f3a", 0.3)
        c.oval(x, y, 8, 5, "#f29aa6")
        c.line([(x + 6, y - 2), (x + 14, y - 9)], "#f2b8c0", 2.5)


def _grid(c: Canvas) -> list[list[Point]]:
    def corner(column: int, row: int) -> Point:
        return column * 240 - 130 + row * 26 + c.some(-26, 26), row * 250 - 90 - column * 14 + c.some(-22, 22)

    return [[corner(column, row) for column in range(9)] for row in range(6)]


def _basin(c: Canvas, corners: list[Point], brines: list[str], place: int) -> None:
    x, y = sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
    inner = [(x + (px - x) * 0.91, y + (py - y) * 0.9) for px, py in corners]
    bank = [(x + (px - x) * 0.97, y + (py - y) * 0.97) for px, py in corners]
    step = min(len(brines) - 1, max(0, round(place * 0.55 + c.some(-0.9, 0.9))))
    brine = mix(brines[step], c.one_of(["#ffffff", "#7a4a5a"]), c.some(0, 0.12))
    c.shape(bank, mix("#c2aa84", "#6b5540", c.some(0, 0.3)))
    c.blend(inner, mix(brine, "#ffffff", 0.24), brine)
    c.stipple(inner, "#ffffff", (0.0, 0.05 + 0.05 * step))
    c.line([*inner, inner[0]], "#fffaf0", 2 + step * 0.9, 0.55)
    for _ in range(5):
        pieces.streak(c, x + c.some(-60, 60), y + c.some(-70, 70), c.some(16, 60), 3, "#ffffff", 0.3)


def _heap(c: Canvas, x: float, y: float, size: float) -> None:
    c.shape(
        [(x - size, y), (x + size * 0.4, y - size * 0.3), (x + size * 2.3, y + size * 0.5), (x, y + 4)], "#4a3a4a", 0.3
    )
    c.shape(curve([(x - size, y), (x - size * 0.2, y - size * 1.1), (x, y - size * 1.2), (x + size, y)], 8), "#ffffff")
    c.shape([(x, y - size * 1.2), (x + size, y), (x + size * 0.1, y)], mix("#ffffff", "#a8b4c8", 0.55))


def workbench(c: Canvas) -> None:
    """A bench with tools on the wall, a radio and a music box, under a lamp."""
    wall = c.one_of(["#3f6b6f", "#7a5a48", "#4a5578"])
    c.fill([(0, mix(wall, "#000000", 0.15)), (1, mix(wall, "#000000", 0.35))])
    c.box(70, 60, 1460, 620, "#0c0810", 0.35)
    c.box(60, 46, 1460, 620, mix(wall, "#fff0d0", 0.4))
    for row in range(14):
        for column in range(34):
            c.oval(84 + column * 42.5, 72 + row * 44, 3.2, 3.2, mix(wall, "#000000", 0.3))
    for n in range(9):
        _tool(c, 150 + n * 118, 110, n % 5)
    c.blend([(0, 810), (WIDTH, 810), (WIDTH, HEIGHT), (0, HEIGHT)], "#c08a58", "#7a4f32")
    c.line([(0, 812), (WIDTH, 812)], "#e8bd86", 8)
    for _ in range(30):
        pieces.streak(c, c.some(0, WIDTH), c.some(830, 1060), c.some(60, 300), 3, "#5a3420", 0.35)
    _radio(c, 250, 812)
    for _ in range(18):
        _screw(c, c.some(60, 1500), c.some(900, 1040))
    _music_box(c, 830, 900)
    _lamp(c)


def _tool(c: Canvas, x: float, top: float, kind: int) -> None:
    steel, grip = "#c9d0d4", c.one_of(["#c8452f", "#e2a33b", "#1f6f8b", "#2f7d5b"])
    outlines = {
        0: ("-8,150 8,150 5,330 -5,330", "-20,20 20,20 22,150 -22,150"),  # a screwdriver
        1: ("-60,30 60,30 64,80 20,84 -20,84 -70,60", "-12,80 12,80 16,330 -16,330"),  # a hammer
        2: (
            "-30,20 -8,120 8,120 30,20 44,24 14,150 -14,150 -44,24",
            "-14,140 14,140 40,330 16,330 0,190 -16,330 -40,330",
        ),
        3: (
            "-16,20 16,20 26,60 12,84 12,270 26,300 16,330 -16,330 -26,300 -12,270 -12,84 -26,60",
            "-8,120 8,120 8,240 -8,240",
        ),
        4: ("-44,130 44,130 30,330 -20,330", "-40,20 40,20 46,130 -46,130"),  # a brush, a saw
    }
    for part, paint in zip(outlines[kind], (steel, grip), strict=True):
        shape = turned(path(part), x, top, 0)
        c.shape([(px + 12, py + 14) for px, py in shape], "#0c0810", 0.28)
        c.blend(shape, mix(paint, "#ffffff", 0.25), mix(paint, "#1a1420", 0.3), True)
    c.oval(x, top + 10, 6, 6, "#2a2228")


def _radio(c: Canvas, x: float, ground: float) -> None:
    body = c.one_of(["#b8483a", "#e6d3a8", "#3f7a6b"])
    c.oval(x + 190, ground + 8, 230, 22, "#2a140c", 0.45)
    c.blend(
        ring([(x, ground - 210), (x + 380, ground - 210), (x + 386, ground), (x - 6, ground)], 4),
        body,
        mix(body, "#1a0c10", 0.4),
    )
    c.box(x + 22, ground - 190, 210, 160, mix(body, "#1a0c10", 0.55))
    for slat in range(11):
        c.line([(x + 30, ground - 178 + slat * 14), (x + 224, ground - 178 + slat * 14)], "#f0d9a0", 5, 0.75)
    c.oval(x + 306, ground - 140, 56, 56, "#fff3d0")
    c.line(arc(x + 306, ground - 140, 44, 44, 200, 340, 20), "#6b3a24", 4)
    c.line([(x + 306, ground - 140), (x + 334, ground - 172)], "#c8452f", 4)
    for knob in (270, 342):
        c.oval(x + knob, ground - 46, 21, 21, "#2a1c1c")
        c.oval(x + knob - 4, ground - 51, 9, 9, "#8a7a6a")


def _music_box(c: Canvas, x: float, y: float) -> None:
    c.oval(x + 20, y + 104, 220, 30, "#2a140c", 0.4)
    c.shape(turned(path("-180,-20 180,-20 150,-190 -150,-190"), x, y, 0), "#5a2f24")
    c.shape(turned(path("-150,-34 150,-34 128,-170 -128,-170"), x, y, 0), "#8e3b4a")
    c.blend(turned(path("-190,-20 190,-20 176,100 -176,100"), x, y, 0), "#a86a3f", "#5f3522")
    c.shape(turned(path("-168,-20 168,-20 150,24 -150,24"), x, y, 0), "#2f1a16")
    c.blend(turned(path("-110,-14 60,-14 60,16 -110,16"), x, y, 0), "#f2d58a", "#a8782f")
    for _ in range(60):
        c.oval(x + c.some(-108, 58), y + c.some(-12, 14), 1.8, 1.8, "#6b4a1c")
    for tooth in range(22):
        c.line([(x - 106 + tooth * 7.6, y + 19), (x - 106 + tooth * 7.6, y + 31)], "#d9dde0", 4)
    c.line([(x + 186, y + 40), (x + 240, y + 40), (x + 240, y + 6)], "#d9b25a", 9)
    c.oval(x + 240, y, 13, 13, "#c8452f")


def _screw(c: Canvas, x: float, y: float) -> None:
    size, turn = c.some(5, 11), c.some(0, 180)
    c.oval(x + 4, y + 5, size, size * 0.8, "#2a140c", 0.5)
    c.oval(x, y, size, size * 0.85, "#d4d8da")
    c.line(turned([(-size * 0.7, 0), (size * 0.7, 0)], x, y, turn), "#6b6f74", 2)


def _lamp(c: Canvas) -> None:
    c.line([(1290, 812), (1330, 520), (1190, 350)], "#20242c", 15)
    c.oval(1290, 816, 96, 17, "#20242c")
    c.oval(1330, 520, 15, 15, "#d9b25a")
    c.shape(curve(path("1216,446 1212,384 1160,340 1092,366 1040,470"), 8), "#e2a33b")
    c.shape([(1040, 470), (1216, 446), (1470, HEIGHT), (640, HEIGHT)], "#fff0b8", 0.16)
    c.glow(1128, 470, 330, "#fff3c4", 0.75)
