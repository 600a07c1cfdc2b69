"""What crosses the bay."""

from __future__ import annotations

from tribuna.site.demo.drawings import pieces
from tribuna.site.demo.drawings.canvas import HEIGHT, Canvas, curve, mix, path, turned
from tribuna.site.demo.drawings.pieces import DAWN, DUSK, GOLD, NOON, ROSE, Light

HULLS = ("#c8452f", "#1f6f8b", "#e0a63a", "#2f7d5b", "#f2ead8", "#274b7a", "#b6533f")


def ferry(c: Canvas) -> None:
    """The ferry crossing the bay."""
    light = c.one_of([NOON, GOLD, DAWN, ROSE, DUSK])
    level = c.some(560, 620)
    pieces.sky(c, light, level)
    pieces.sun(c, c.some(1050, 1450), c.some(150, 260), 60, light)
    pieces.clouds(c, 5, 140, 460, light)
    pieces.land(c, pieces.ridge(c, level - 50, 36), mix(light.far, light.sky[2], 0.3), light.far, level)
    pieces.sea(c, level, mix(light.far, light.sky[1], 0.45), mix(light.near, light.dark, 0.5), "#ffffff", 130)
    pieces.glitter(c, 1250, level + 8, HEIGHT, light.shine, 110, 40)
    _ship(c, 760, 800, light)
    for n in range(70):
        reach = c.some(0, 1)
        pieces.streak(
            c,
            330 - 420 * reach + c.some(-30, 30),
            805 + c.some(-10, 46) * (0.3 + reach),
            c.some(14, 60),
            c.some(3, 9),
            "#ffffff",
            0.65,
        )
        if n < 34:
            pieces.streak(c, c.some(330, 1290), c.some(800, 822), c.some(20, 60), c.some(3, 8), "#ffffff", 0.7)
    for _ in range(7):
        pieces.gull(c, c.some(120, 620), c.some(320, 640), c.some(16, 42))


def _ship(c: Canvas, x: float, y: float, light: Light) -> None:
    hull, white, band = c.one_of(
        [("#17406b", "#fdf7ea", "#e2a33b"), ("#8e2f33", "#fbf1df", "#2b3b4f"), ("#14595a", "#fdf6e3", "#d9553b")]
    )
    deck = mix(white, light.sky[2], 0.18)
    for n in range(60):
        pieces.streak(
            c, x + c.some(-330, 380), y + 20 + 1.9 * n, c.some(40, 130), c.some(4, 9), mix(hull, light.dark, 0.6), 0.4
        )
    for width, top, height in ((760, -150, 62), (610, -212, 62), (430, -268, 56)):
        left = x - 400 + (760 - width) * 0.35
        body = [
            (left, y + top),
            (left + width - 30, y + top),
            (left + width, y + top + height),
            (left, y + top + height),
        ]
        c.shape(body, deck)
        c.stipple(body, mix(deck, light.dark, 0.55), (0.35, 0), True)
        c.box(left - 8, y + top - 5, width - 10, 6, mix(deck, light.dark, 0.3))
        for window in range(round(width / 44)):
            c.box(left + 22 + window * 40, y + top + 20, 22, 20, mix(light.dark, "#3f7f9f", 0.45))
    c.blend(
        [(x - 430, y - 92), (x + 520, y - 108), (x + 432, y + 24), (x - 400, y + 24)], mix(hull, "#ffffff", 0.14), hull
    )
    c.shape([(x - 432, y - 92), (x + 520, y - 108), (x + 512, y - 92), (x - 430, y - 74)], band)
    for hole in range(16):
        c.oval(x - 370 + hole * 48, y - 42, 9, 9, mix(hull, "#bfe3ea", 0.55))
    c.blend(
        [(x - 210, y - 380), (x - 110, y - 380), (x - 90, y - 268), (x - 216, y - 268)], mix(band, "#ffffff", 0.2), band
    )
    c.shape([(x - 211, y - 380), (x - 110, y - 380), (x - 106, y - 356), (x - 212, y - 356)], light.dark)
    for puff in range(7):
        c.oval(
            x - 180 - puff * 52,
            y - 410 - puff * 17,
            22 + puff * 9,
            16 + puff * 6,
            mix(light.sky[1], "#ffffff", 0.4),
            0.42 - puff * 0.05,
        )
    c.line([(x + 120, y - 268), (x + 120, y - 400)], light.dark, 5)
    c.line([(x + 96, y - 372), (x + 144, y - 372)], light.dark, 4)


def regatta(c: Canvas) -> None:
    """Sails crossing in the wind."""
    light = c.one_of([NOON, DAWN, GOLD, ROSE])
    level = 470.0
    pieces.sky(c, light, level)
    pieces.clouds(c, 5, 120, 360, light, 0.75)
    pieces.land(c, pieces.ridge(c, level - 34, 26), mix(light.far, light.sky[2], 0.3), light.far, level)
    pieces.sea(c, level, mix(light.far, light.sky[0], 0.5), mix(light.near, light.dark, 0.45), "#ffffff", 170)
    places = sorted((c.some(0.02, 1) ** 1.2, n) for n in range(9))
    for near, n in places:
        x = 110 + (n * 173 + c.some(-40, 40)) % 1400
        _sailboat(c, x, level + 34 + near * 420, 46 + near * 150, light)


def _sailboat(c: Canvas, x: float, y: float, size: float, light: Light) -> None:
    lean, sail = c.some(-13, -4), c.one_of(["#fffaf0", "#f8e3c0", "#e2553d", "#f2b544", "#f4f1ea", "#2e7f9e"])
    main = [*curve(path("0,-2.9 0.35,-1.7 0.3,-0.4 1.15,-0.42"), 8)[:-11], (0.98, -0.42), (0, -0.42)]
    main = [(0, -2.9), *curve([(0, -2.9), (0.62, -1.5), (1.02, -0.42)], 8), (0, -0.42)]
    jib = [*curve([(-0.06, -2.4), (-0.32, -1.4), (-0.86, -0.36)], 8), (-0.06, -0.5)]
    c.shape(turned([(px, -py * 0.42) for px, py in main], x, y, -lean, size), mix(sail, light.near, 0.4), 0.3)
    c.shape(turned(main, x, y, lean, size), sail)
    c.stipple(turned(main, x, y, lean, size), mix(sail, light.dark, 0.5), (0.5, 0), True)
    c.shape(turned(jib, x, y, lean, size), mix(sail, "#ffffff", 0.45))
    c.line(turned([(-0.02, -0.3), (-0.02, -2.95)], x, y, lean, size), light.dark, max(1.5, size * 0.025))
    hull = path("-1.02,-0.3 1.1,-0.26 0.84,0.02 -0.7,0.02")
    c.shape(turned(hull, x, y, lean * 0.5, size), c.one_of(HULLS))
    c.shape(turned(path("-1.02,-0.3 1.1,-0.26 1.06,-0.2 -0.95,-0.22"), x, y, lean * 0.5, size), "#fffaf0")
    for _ in range(9):
        pieces.streak(
            c,
            x + c.some(-0.9, 1.3) * size,
            y + c.some(-0.02, 0.12) * size,
            size * c.some(0.15, 0.5),
            size * 0.05,
            "#ffffff",
            0.6,
        )
