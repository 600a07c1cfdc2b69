"""A sheet of paper and a few brushes: flat shapes, soft light, stippled shade, still water.

Everything is measured on a sheet of 1600 x 1067 units with the origin at the top left. The sheet is painted at twice
that size and halved at the end, which smooths every edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

type Point = tuple[float, float]
type Box = tuple[int, int, int, int]
type Rgb = tuple[int, int, int]
type Paint = str | Rgb  # "#rrggbb", or the three numbers

WIDTH, HEIGHT, SCALE = 1600, 1067, 2
THIN = 9  # dots on the large sheet; the corners of thinner lines need no rounding
EDGE: list[Point] = [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]


def rgb(paint: Paint) -> Rgb:
    """Return *paint* as three numbers from 0 to 255."""
    if isinstance(paint, str):
        return int(paint[1:3], 16), int(paint[3:5], 16), int(paint[5:7], 16)
    return paint


def mix(one: Paint, other: Paint, share: float) -> Rgb:
    """Return the colour that is *share* (0 to 1) of the way from *one* to *other*."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))
    return red, green, blue


def path(text: str) -> list[Point]:
    """Return the points that *text* gives, such as ``"0,0 12,-3.5 40,8"``."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> list[Point]:
    """Return points on an ellipse between two angles in degrees (0 is right, 90 is down)."""
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def curve(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a smooth line through *points* (Catmull and Rom's spline)."""
    ends = [points[0], *points, points[-1]]
    smooth: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            smooth.append(tuple(_spline(a[i], b[i], c[i], d[i], t) for i in (0, 1)))  # type: ignore[arg-type]
    return [*smooth, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def ring(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a smooth closed outline through *points*."""
    around = [points[-1], *points, points[0], points[1]]
    return curve(around, steps)[steps : -steps - 1]


def turned(points: Iterable[Point], x: float, y: float, degrees: float, size: float = 1.0) -> list[Point]:
    """Return *points* drawn around the origin, moved to (x, y), turned and sized."""
    cos, sin = math.cos(math.radians(degrees)) * size, math.sin(math.radians(degrees)) * size
    return [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]


@cache
def _noise() -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (HEIGHT * SCALE, WIDTH * SCALE), dtype=np.uint8)


@cache
def _grain() -> np.ndarray:
    soft = np.random.default_rng(11).normal(0, 2.8, (HEIGHT, WIDTH, 1))
    return np.rint(soft).astype(np.int16)


@cache
def _halo(power: float) -> Image.Image:
    y, x = np.mgrid[-1:1:128j, -1:1:128j]
    return Image.fromarray((255 * np.clip(1 - np.hypot(x, y), 0, 1) ** power).astype(np.uint8))


class Canvas:
    """The sheet, its randomness, and the brushes."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), None)  # every scene begins with a fill
        self._draw = ImageDraw.Draw(self.sheet, "RGBA")

    # --- chance -----------------------------------------------------------------------------------------------------
    def some(self, low: float, high: float) -> float:
        """Return a number between *low* and *high*."""
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*, both included."""
        return int(self.rng.integers(low, high + 1))

    def one_of[T](self, things: Sequence[T]) -> T:
        """Return one of *things*."""
        return things[int(self.rng.integers(len(things)))]

    def wobble(self, count: int, rough: float = 0.5) -> np.ndarray:
        """Return *count* heights between -1 and 1 that rise and fall like hills; *rough* 0 is smooth, 1 is jagged."""
        x = np.linspace(0, 2 * np.pi, count)
        waves = [rough**n * np.sin(x * 2**n * self.some(0.6, 1.1) + self.some(0, 6.3)) for n in range(6)]
        line = np.sum(waves, axis=0)
        return line / max(1e-6, float(np.abs(line).max()))

    # --- brushes ----------------------------------------------------------------------------------------------------
    def fill(self, stops: Sequence[tuple[float, Paint]], sideways: bool = False) -> None:
        """Cover the sheet with a gradient; each stop is a place from 0 (top or left) to 1 and a colour."""
        self.sheet = _gradient(stops, (WIDTH * SCALE, HEIGHT * SCALE), sideways)
        self._draw = ImageDraw.Draw(self.sheet, "RGBA")

    def shape(self, points: Iterable[Point], paint: Paint, alpha: float = 1) -> None:
        """Fill the outline *points*."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=(*rgb(paint), round(alpha * 255)))

    def box(self, x: float, y: float, width: float, height: float, paint: Paint, alpha: float = 1) -> None:
        """Fill an upright rectangle."""
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], paint, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, paint: Paint, alpha: float = 1) -> None:
        """Fill an ellipse around (x, y)."""
        corners = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self._draw.ellipse(corners, fill=(*rgb(paint), round(alpha * 255)))

    def line(self, points: Iterable[Point], paint: Paint, width: float, alpha: float = 1) -> None:
        """Draw a line through *points*."""
        broad = max(1, round(width * SCALE))
        joint = "curve" if broad > THIN else None
        line = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(line, fill=(*rgb(paint), round(alpha * 255)), width=broad, joint=joint)

    def blend(self, points: Iterable[Point], top: Paint, bottom: Paint, sideways: bool = False) -> None:
        """Fill the outline with a gradient from its top (or left) to its bottom (or right)."""
        found = self._mask(points)
        if found:
            mask, corner = found
            self.sheet.paste(_gradient([(0, top), (1, bottom)], mask.size, sideways), corner, mask)

    def stipple(
        self, points: Iterable[Point], paint: Paint, reach: tuple[float, float], sideways: bool = False
    ) -> None:
        """Spray fine dots into the outline; *reach* is how dense (0 to 1) at its top (left) and its bottom (right)."""
        found = self._mask(points)
        if not found:
            return
        mask, corner = found
        width, height = mask.size
        ramp = np.linspace(reach[0] * 255, reach[1] * 255, width if sideways else height)
        ramp = ramp[None, :] if sideways else ramp[:, None]
        dots = (_noise()[:height, :width] < ramp) & (np.asarray(mask) > 0)
        self.sheet.paste(rgb(paint), corner, Image.fromarray(dots.astype(np.uint8) * 255))

    def glow(self, x: float, y: float, radius: float, paint: Paint, alpha: float = 1, power: float = 2) -> None:
        """Shed light of *paint* around (x, y); a higher *power* falls off faster."""
        size = round(radius * 2 * SCALE)
        mask = _halo(power).resize((size, size), Image.Resampling.BILINEAR).point(lambda light: round(light * alpha))
        self.sheet.paste(rgb(paint), (round((x - radius) * SCALE), round((y - radius) * SCALE)), mask)

    def mirror(self, level: float, tint: Paint, depth: float = 0.35, ripple: float = 6) -> None:
        """Lay still water below *level*: what stands above, upside down, *depth* (0 to 1) tinted, rippling."""
        top = round(level * SCALE)
        rows = self.sheet.height - top
        above = np.asarray(self.sheet.crop((0, max(0, top - rows), self.sheet.width, top)))[::-1]
        below = np.arange(rows)
        source = np.minimum(below, len(above) - 1)
        near = below / rows
        sway = (np.sin(below * 0.11 / (0.25 + near)) + np.sin(below * 0.037)) * ripple * SCALE * (0.15 + near)
        sway = sway.astype(int) + self.rng.integers(-2, 3, rows)
        water = np.empty((rows, self.sheet.width, 3), np.uint8)
        for row in range(rows):
            water[row] = np.roll(above[source[row]], sway[row], axis=0)
        flat = Image.fromarray(water)
        self.sheet.paste(Image.blend(flat, Image.new("RGB", flat.size, rgb(tint)), depth), (0, top))

    def _mask(self, points: Iterable[Point]) -> tuple[Image.Image, tuple[int, int]] | None:
        path = [(x * SCALE, y * SCALE) for x, y in points]
        xs, ys = [x for x, _ in path], [y for _, y in path]
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        right, bottom = min(self.sheet.width, math.ceil(max(xs))), min(self.sheet.height, math.ceil(max(ys)))
        if right <= left or bottom <= top:
            return None
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in path], fill=255)
        return mask, (left, top)

    def picture(self) -> Image.Image:
        """Return the finished picture, 1600 x 1067, with the grain of the paper."""
        small = np.asarray(self.sheet.reduce(SCALE)).astype(np.int16)
        return Image.fromarray(np.clip(small + _grain(), 0, 255).astype(np.uint8))


def _gradient(stops: Sequence[tuple[float, Paint]], size: tuple[int, int], sideways: bool) -> Image.Image:
    places = [place for place, _ in stops]
    colours = np.array([rgb(paint) for _, paint in stops], float)
    along = np.linspace(0, 1, size[0] if sideways else size[1])
    band = np.full((along.size, 4), 255, np.uint8)  # four bytes each, so that a colour is copied as one number
    for channel in range(3):
        band[:, channel] = np.rint(np.interp(along, places, colours[:, channel]))
    dots = band.view(np.uint32)
    sheet = np.broadcast_to(dots.T if sideways else dots, (size[1], size[0])).copy()
    return Image.frombytes("RGB", size, sheet.data, "raw", "RGBX")
