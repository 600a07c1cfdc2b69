"""Keys, strings and voices."""

from __future__ import annotations

from tribuna.site.demo.drawings.canvas import HEIGHT, WIDTH, Canvas, Paint, arc, curve, mix, path, turned


def piano(c: Canvas) -> None:
    """Piano keys, close."""
    felt = c.one_of(["#8e2f33", "#1f5f6b", "#3f3a6b"])
    c.fill([(0, "#17131c"), (0.2, "#2a222e"), (1, "#120e16")])
    lean, wide = c.some(-0.34, 0.34), 122.0
    for n in range(-2, 15):
        x = n * wide - 60
        top = 270.0
        key = [
            (x + 4 + lean * 0, top),
            (x + wide - 3, top),
            (x + wide - 3 + lean * 300, 990),
            (x + 4 + lean * 300, 990),
        ]
        c.blend(key, "#d9cfc0", mix("#fffaf0", "#f3cf94", c.some(0, 0.12)))
        c.blend(
            [(key[3][0], 990), (key[2][0], 990), (key[2][0] + lean * 26, 1070), (key[3][0] + lean * 26, 1070)],
            "#c9bda9",
            "#8f8374",
        )
        c.stipple([key[1], key[2], (key[2][0] - 16, 990), (key[1][0] - 16, top)], "#6b5f66", (0.55, 0.35))
    for n in range(-2, 15):
        if n % 7 in (0, 1, 3, 4, 5):
            _black_key(c, n * wide - 60 + wide, lean)
    c.blend([(0, 236), (WIDTH, 236), (WIDTH, 284), (0, 284)], mix(felt, "#ffffff", 0.12), mix(felt, "#000000", 0.35))
    c.blend([(0, 0), (WIDTH, 0), (WIDTH, 240), (0, 240)], "#0c0910", "#3a2f3c")
    c.shape([(0, 120), (WIDTH, 40), (WIDTH, 76), (0, 170)], "#ffffff", 0.06)
    c.glow(c.some(300, 1200), 840, 760, "#ffe2ae", 0.3, 1.3)
    c.stipple([(0, 700), (WIDTH, 700), (WIDTH, HEIGHT), (0, HEIGHT)], "#3a1f3a", (0, 0.28))


def _black_key(c: Canvas, x: float, lean: float) -> None:
    half, top, low = 35.0, 270.0, 700.0
    slip = lean * 180
    c.shape(
        [
            (x - half + 18, top),
            (x + half + 26, top),
            (x + half + slip + 34, low + 22),
            (x - half + slip + 18, low + 22),
        ],
        "#2a1c28",
        0.38,
    )
    c.shape([(x - half, top), (x + half, top), (x + half + slip, low), (x - half + slip, low)], "#0f0c14")
    c.blend(
        [
            (x - half + 9, top),
            (x + half - 9, top),
            (x + half - 9 + slip * 0.94, low - 34),
            (x - half + 9 + slip * 0.94, low - 34),
        ],
        "#2c2632",
        "#4b4450",
    )
    c.shape(
        [
            (x - half + 14, top),
            (x - half + 22, top),
            (x - half + 22 + slip * 0.9, low - 60),
            (x - half + 14 + slip * 0.9, low - 60),
        ],
        "#ffffff",
        0.3,
    )


def violin(c: Canvas) -> None:
    """A violin across the sheet, and its bow."""
    cloth = c.one_of(["#1f4f57", "#5a2f3f", "#2f3f63", "#c9a25a"])
    c.fill([(0, mix(cloth, "#ffffff", 0.1)), (1, mix(cloth, "#0c0810", 0.45))])
    for n in range(9):
        x = n * 210 - 60 + c.some(-50, 50)
        c.shape(
            [(x, 0), (x + 70, 0), (x + 10, HEIGHT), (x - 90, HEIGHT)],
            mix(cloth, c.one_of(["#ffffff", "#000000"]), 0.12),
            0.5,
        )
    lean = c.some(-30, -18)
    half = path("-560,0 -545,150 -430,250 -270,228 -190,150 -120,132 -50,152 20,250 170,292 330,236 398,90 404,0")
    side = curve(half, 10)
    body = [*side, *reversed([(x, -y) for x, y in side])]
    wood = c.one_of(["#b8622c", "#9c4a26", "#c97f3a"])
    c.shape(turned(body, 700 + 34, 600 + 50, lean), "#08040a", 0.45)
    for n in range(7):
        share = n / 6
        c.shape(
            turned(body, 700 - 6 * share, 600 - 10 * share, lean, 1 - 0.035 * n - 0.12 * share * share),
            mix(mix(wood, "#2f1008", 0.55), mix(wood, "#f2b964", 0.35), share),
        )
    c.line(turned([*body, body[0]], 700, 600, lean, 0.965), "#2a0f08", 3, 0.8)
    c.stipple(turned(body, 700, 600, lean), mix(wood, "#2f1008", 0.7), (0.0, 0.35))
    for sign in (-1, 1):
        hole = curve(path("-128,96 -150,82 -120,66 -40,92 40,118 64,98 44,88"), 10)
        c.line(turned([(x - 40, y * sign) for x, y in hole], 700, 600, lean), "#1a0806", 11)
        for x, y in ((-166, 92), (2, 96)):
            c.oval(*turned([(x, y * sign)], 700, 600, lean)[0], 11, 11, "#1a0806")
    _strings(c, lean)


def _strings(c: Canvas, lean: float) -> None:
    at = (700, 600)
    c.shape(turned(path("-520,-42 -300,-30 -300,30 -520,42"), *at, lean), "#17121a")
    c.shape(turned(path("150,-40 1120,-27 1120,27 150,40"), at[0] + 12, at[1] + 22, lean), "#08040a", 0.4)
    c.shape(turned(path("150,-40 1120,-27 1120,27 150,40"), *at, lean), "#1c161e")
    c.shape(turned(path("150,-40 1120,-27 1120,-14 150,-18"), *at, lean), "#ffffff", 0.1)
    c.shape(turned(path("-66,-92 -40,-86 -40,86 -66,92"), at[0] + 6, at[1] + 14, lean), "#1a0806", 0.5)
    c.shape(turned(path("-66,-92 -44,-86 -44,86 -66,92"), *at, lean), "#e9c48a")
    for n, y in enumerate((-27, -9, 9, 27)):
        c.line(
            turned([(-310, y * 0.8), (-55, y * 2.1), (1120, y * 0.72)], *at, lean),
            mix("#fff6dc", "#a89a8a", n / 4),
            3.4,
        )
    bow = c.some(46, 58)
    c.line(turned([(-900, 26), (900, 26)], 720, 560, bow), "#08040a", 14, 0.35)
    c.line(turned([(-900, 0), (900, 0)], 690, 530, bow), "#f6efe0", 13)
    c.line(turned(curve([(-900, -52), (0, -30), (900, -56)], 10), 690, 530, bow), "#5a2a18", 15)
    c.line(turned(curve([(-900, -56), (0, -34), (900, -60)], 10), 690, 530, bow), "#a86a3f", 4)


def choir(c: Canvas) -> None:
    """A choir under the arches, in full voice."""
    wall, robe = c.one_of(
        [("#e6c9a0", "#7a2f3f"), ("#b9c9cf", "#2f4a7a"), ("#e2b58f", "#2f6b5a"), ("#cdbfd0", "#6a3a6a")]
    )
    c.fill([(0, mix(wall, "#4a2a3a", 0.3)), (1, mix(wall, "#4a2a3a", 0.45))])
    for n in range(5):
        x = n * 360 - 60 + 60
        c.blend(
            [(x - 140, 700), *arc(x + 20, 330, 160, 210, 180, 360, 30), (x + 180, 700)],
            "#fbe6b8",
            mix(wall, "#c9744a", 0.45),
        )
        c.line(
            [(x - 140, 700), *arc(x + 20, 330, 160, 210, 180, 360, 30), (x + 180, 700)], mix(wall, "#fff6e0", 0.5), 20
        )
        for pane in range(1, 4):
            c.line([(x - 140 + pane * 80, 150), (x - 140 + pane * 80, 700)], mix(wall, "#7a4a3a", 0.4), 5, 0.5)
    c.glow(800, 330, 800, "#fff0c4", 0.4, 1.4)
    for row in range(4):
        y, size = 620 + row * 130, 0.86 + row * 0.14
        count = 10 - row
        for n in range(count):
            place = 800 + (n - (count - 1) / 2) * 168 * (0.93 + row * 0.1) + c.some(-9, 9)
            _singer(c, place, y + c.some(-16, 16), size, mix(robe, "#1a0f20", 0.32 - row * 0.09))


def _singer(c: Canvas, x: float, y: float, s: float, robe: Paint) -> None:
    skin = c.one_of(["#e8b78f", "#a86f4a", "#6f4630", "#f2cfae", "#c98f66"])
    hair = c.one_of(["#2a1c1a", "#6b452a", "#c9b08a", "#d9d4cc", "#8a3f24", "#17141a"])
    long = c.some(0, 1) < 0.5
    if long:
        c.shape(
            [*arc(x, y - 92 * s, 43 * s, 46 * s, 180, 360), (x + 45 * s, y - 40 * s), (x - 45 * s, y - 40 * s)], hair
        )
    c.blend(
        [*arc(x, y + 6 * s, 76 * s, 46 * s, 180, 360), (x + 92 * s, y + 210), (x - 92 * s, y + 210)],
        robe,
        mix(robe, "#000000", 0.35),
    )
    c.shape(
        [(x + 8 * s, y - 36 * s), (x + 70 * s, y + 2 * s), (x + 92 * s, y + 210), (x + 30 * s, y + 210)],
        "#08040c",
        0.18,
    )
    c.shape([(x - 26 * s, y - 34 * s), (x + 26 * s, y - 34 * s), (x, y + 18 * s)], "#fffaf0")
    c.box(x - 13 * s, y - 60 * s, 26 * s, 30 * s, mix(skin, "#5a2a20", 0.25))
    c.oval(x, y - 86 * s, 36 * s, 42 * s, skin)
    c.shape(
        [
            *arc(x, y - 94 * s, 38 * s, 42 * s, 180, 360),
            (x + 30 * s, y - 100 * s),
            (x - 12 * s, y - 108 * s),
            (x - 34 * s, y - 88 * s),
        ],
        hair,
    )
    for eye in (-14, 14):
        c.line(arc(x + eye * s, y - 88 * s, 6 * s, 5 * s, 190, 350, 8), "#2a1814", 3.4 * s)
    c.oval(x, y - 64 * s, 8.5 * s, c.some(7, 13) * s, "#5a1c1c")
    if c.some(0, 1) < 0.7:
        low = y + 66 * s
        c.shape(
            [(x - 52 * s, low - 26 * s), (x, low - 14 * s), (x, low + 28 * s), (x - 52 * s, low + 16 * s)], "#fffaf0"
        )
        c.shape(
            [(x + 52 * s, low - 26 * s), (x, low - 14 * s), (x, low + 28 * s), (x + 52 * s, low + 16 * s)], "#e9dfcc"
        )
        for side in (-1, 1):
            c.oval(x + side * 54 * s, low + 4 * s, 10 * s, 12 * s, skin)
