"""Gulls and cats, who run the town."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Point, arc, curve, mix, path, ring
from tribuna.site.demo.drawings.pieces import DAWN, DUSK, GOLD, MIST, NIGHT, NOON, ROSE, Light


def gulls(c: Canvas) -> None:
    """Gulls on their posts, looking at your lunch."""
    light = c.one_of([NOON, DAWN, MIST, ROSE, GOLD])
    level = 640.0
    pieces.sky(c, light, level)
    pieces.sun(c, c.some(300, 1300), c.some(150, 260), 62, light)
    pieces.clouds(c, 4, 170, 480, light, 0.65)
    pieces.land(c, pieces.ridge(c, level - 40, 26), mix(light.far, light.sky[2], 0.3), light.far, level)
    pieces.sea(c, level, mix(light.far, light.sky[1], 0.5), mix(light.near, light.dark, 0.35))
    for _ in range(5):
        pieces.gull(c, c.some(100, 1500), c.some(120, 420), c.some(24, 60), "#ffffff", light.dark)
    heights = [c.some(600, 700) for _ in range(5)]
    for n, top in enumerate(heights):
        x, half = 170 + n * 315 + c.some(-20, 20), 52 + n % 2 * 8
        plank = mix("#7a5a48", light.dark, 0.25)
        c.blend(
            [(x - half, top), (x + half, top), (x + half + 4, HEIGHT), (x - half - 4, HEIGHT)],
            mix(plank, "#fff0d0", 0.25),
            mix(plank, "#1a1420", 0.55),
            True,
        )
        for crack in range(5):
            c.line(
                [
                    (x - half + 16 + crack * 20, top + c.some(14, 80)),
                    (x - half + 14 + crack * 20, top + c.some(120, 330)),
                ],
                mix(plank, "#1a1018", 0.6),
                3,
                0.6,
            )
        c.oval(x, top, half, 15, mix(plank, "#fff3dc", 0.45))
        for _ in range(5):
            c.oval(x + c.some(-half * 0.7, half * 0.7), top + c.some(-4, 30), c.some(5, 11), c.some(3, 14), "#f4f2ea")
        c.line([(x - half - 2, top + 150), (x + half + 2, top + 150)], "#c9a86a", 13)
        if n != 3:
            _bird(c, x, top - 4, c.some(1.15, 1.4), c.one_of([-1, 1]), light)
    c.line(curve([(60, 830), (320, 900), (640, 840)], 10), "#c9a86a", 11, 0.9)


def _bird(c: Canvas, x: float, y: float, size: float, side: int, light: Light) -> None:
    def at(points: list[Point]) -> list[Point]:
        return [(x + px * size * side, y + py * size) for px, py in points]

    for leg in (-10, 14):
        c.line(at([(leg, -40), (leg, -2), (leg + 15, 0)]), "#e8934a", 5.5)
    body = ring(
        path("-118,-66 -60,-104 10,-122 44,-150 62,-186 96,-192 116,-166 104,-128 84,-78 30,-38 -40,-42"),
        8,
    )
    c.shape(at(body), "#fdfaf2")
    c.stipple(at(body), mix("#8a93a8", light.near, 0.4), (0, 0.55))
    wing = ring(path("-150,-58 -70,-98 10,-112 46,-92 6,-62 -60,-54"), 8)
    c.shape(at(wing), mix("#8d99a8", light.near, 0.2))
    c.line(at(curve([(-92, -72), (-30, -88), (34, -88)], 6)), "#ffffff", 4, 0.6)
    c.shape(at([(-196, -44), (-122, -76), (-100, -56)]), "#2b2f3a")
    c.shape(at([(-176, -60), (-122, -80), (-114, -66)]), "#2b2f3a")
    c.shape(at(curve(path("110,-176 140,-174 160,-160 156,-150 112,-154"), 6)), "#f2b233")
    c.oval(*at([(143, -158)])[0], 5 * size, 4 * size, "#d8452f")
    c.oval(*at([(92, -172)])[0], 7 * size, 7 * size, "#f6d35a")
    c.oval(*at([(93, -172)])[0], 4 * size, 4 * size, "#17141a")
    c.line(at([(82, -184), (102, -179)]), "#5a5a66", 3.5)


def cat(c: Canvas) -> None:
    """A cat on a wall above the roofs."""
    light = c.one_of([DUSK, NIGHT, ROSE, GOLD])
    pieces.sky(c, light, 900)
    x = c.some(980, 1250)
    pieces.sun(c, x, 280, 128, light)
    pieces.land(c, pieces.ridge(c, 620, 50), light.far, light.near)
    for row in range(3):
        left = -60.0 + row * 40
        while left < WIDTH:
            width = c.some(170, 280)
            wall = mix(c.one_of(["#d98f73", "#e9c48f", "#b9cdd6", "#c9786a"]), light.near, 0.62 - 0.13 * row)
            pieces.house(
                c,
                (left, 820 + row * 70, width, c.some(70, 150)),
                (wall, mix("#a84f3a", light.near, 0.5 - 0.13 * row), light.lamp),
                17,
            )
            left += width + c.some(8, 60)
    c.blend(
        [(0, 880), (WIDTH, 880), (WIDTH, HEIGHT), (0, HEIGHT)],
        mix("#c9b094", light.dark, 0.4),
        mix("#7a6458", light.dark, 0.6),
    )
    for row in range(4):
        for column in range(-1, 11):
            c.line(
                [(column * 170 + (row % 2) * 85, 905 + row * 48), (column * 170 + (row % 2) * 85, 953 + row * 48)],
                light.dark,
                3,
                0.5,
            )
        c.line([(0, 905 + row * 48), (WIDTH, 905 + row * 48)], light.dark, 3, 0.5)
    c.box(0, 866, WIDTH, 26, mix("#e0cbb0", light.dark, 0.25))
    _tom(c, c.some(520, 700), 870, light)


def _tom(c: Canvas, x: float, y: float, light: Light) -> None:
    coat = c.one_of(["#d9823a", "#2a2630", "#efe6d8", "#7d7a82"])
    dark = mix(coat, light.dark, 0.5)

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * 1.25, y + py * 1.25) for px, py in points]

    c.line(at(curve(path("-90,-16 -170,6 -200,80 -150,130 -130,96"), 10)), dark, 30)
    c.line(at(curve(path("-90,-20 -168,2 -196,78 -150,126"), 10)), coat, 24)
    body = ring(path("-120,-6 -128,-90 -84,-190 -30,-250 30,-256 70,-190 78,-90 74,0 -20,2"), 10)
    c.shape(at(body), coat)
    c.stipple(at(body), dark, (0.1, 0.7))
    for n in range(5):
        c.line(
            at(curve([(-116 + n * 10, -70 - n * 34), (-86 + n * 9, -76 - n * 34), (-62 + n * 8, -66 - n * 34)], 6)),
            dark,
            8,
            0.7,
        )
    head = ring(path("-58,-292 -40,-346 0,-362 54,-348 78,-300 60,-252 10,-234 -40,-250"), 10)
    c.shape(at([(-48, -320), (-56, -404), (4, -356)]), coat)
    c.shape(at([(26, -356), (82, -400), (70, -318)]), coat)
    c.shape(at([(-40, -336), (-44, -380), (-10, -354)]), "#d98a8a", 0.8)
    c.shape(at([(38, -352), (70, -380), (62, -334)]), "#d98a8a", 0.8)
    c.shape(at(head), mix(coat, "#ffffff", 0.08))
    for eye in (-16, 44):
        px, py = at([(eye, -306)])[0]
        c.oval(px, py, 18, 15, "#e9d65a")
        c.oval(px + 2, py, 6, 14, "#120f14")
        c.oval(px - 2, py - 6, 4, 4, "#ffffff")
    c.shape(at([(6, -284), (24, -284), (15, -273)]), "#c96a6a")
    c.line(at(curve(path("-4,-262 6,-258 15,-268 24,-258 34,-262"), 6)), dark, 4)
    for side in (-1, 1):
        for n in range(3):
            c.line(at([(15 + side * 26, -272 + n * 5), (15 + side * 96, -288 + n * 18)]), "#fff6e6", 2.4, 0.8)
    for paw in (-8, 48):
        c.shape(at([*arc(paw, -6, 30, 22, 180, 360), (paw + 30, 2), (paw - 30, 2)]), mix(coat, "#ffffff", 0.2))
