"""Characters in a picture: legible first. It keeps out what doesn't look; whoever looks can read it, machines too.

One ink on one plate, every stroke drawn the same way, all of it from the operating system's randomness: nothing in the
file tells a character from its distortion, and nothing that a visitor sends has a part in it.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from secrets import SystemRandom
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tribuna.humans.base import Puzzle, Unavailable
from tribuna.humans.stores.pool import prepared_puzzle

# No look-alikes (0 O Q D, 1 I, 2 Z, 5 S, 6 G, 8 B, U V W), no J (it runs into its neighbours), no vowels to make words.
ALPHABET = "CFHKLMNPRTXY3479"
LENGTHS = (5, 6)

# Drawn at twice the size at which it is shown, so that it is sharp on a phone.
WIDTH_PIXELS, HEIGHT_PIXELS = 520, 160
MARGIN_PIXELS = 24
TILT_DEGREES = 11
OVERLAP_PIXELS = (0, 7)
BASELINE_PIXELS = 7
WAVE_PIXELS = (5.0, 8.0)

# Package, file, and what makes its capitals as high as the others'. All under the SIL Open Font License 1.1.
FACES = (
    ("fontpkg_acme", "Acme-Regular.ttf", 1.10),
    ("fontpkg_arvo", "Arvo-Regular.ttf", 1.0),
    ("fontpkg_arvo", "Arvo-Bold.ttf", 0.97),
    ("fontpkg_varela_round", "VarelaRound-Regular.ttf", 1.04),
)
SIZES_PIXELS = (112, 118, 124)
INKS = ((20, 33, 61), (52, 21, 57), (14, 54, 44), (70, 24, 16))
PLATE = (244, 241, 232)
SHADES = 16  # four bits a pixel: enough for smooth edges

ANY_LANGUAGE = ""

type Point = tuple[float, float]

_random = SystemRandom()


def missing_fonts() -> list[str]:
    """Return the packages of FACES that are not installed."""
    return sorted({package for package, _file, _scale in FACES if find_spec(package) is None})


@cache
def _font(package: str, file: str, pixels: int) -> ImageFont.FreeTypeFont:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise Unavailable(f"The package {package} with the font {file} is not installed.")
    return ImageFont.truetype(Path(spec.origin).parent / "files" / file, pixels)


def _glyph(character: str) -> Image.Image:
    """Return one tilted character as a mask of its ink, cut to its edges."""
    package, file, scale = _random.choice(FACES)
    font = _font(package, file, round(_random.choice(SIZES_PIXELS) * scale))
    left, top, right, bottom = font.getbbox(character)
    mask = Image.new("L", (math.ceil(right - left) + 2, math.ceil(bottom - top) + 2))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), character, font=font, fill=255)
    tilted = mask.rotate(_random.uniform(-TILT_DEGREES, TILT_DEGREES), Image.Resampling.BICUBIC, expand=True)
    return tilted.crop(tilted.getbbox())


def _line(text: str) -> Image.Image:
    """Return *text* set in a line of masks that lean on one another, in the middle of the picture."""
    glyphs = [_glyph(character) for character in text]
    overlaps = [_random.randint(*OVERLAP_PIXELS) for _each in glyphs[1:]] + [0]
    line = Image.new("L", (sum(glyph.width for glyph in glyphs) - sum(overlaps), HEIGHT_PIXELS))
    x = 0
    for glyph, overlap in zip(glyphs, overlaps, strict=True):
        y = (HEIGHT_PIXELS - glyph.height) // 2 + _random.randint(-BASELINE_PIXELS, BASELINE_PIXELS)
        box = (x, y, x + glyph.width, y + glyph.height)
        line.paste(ImageChops.lighter(line.crop(box), glyph), box)
        x += glyph.width - overlap
    room = WIDTH_PIXELS - 2 * MARGIN_PIXELS
    if line.width > room:
        line = line.resize((room, HEIGHT_PIXELS), Image.Resampling.BILINEAR)
    picture = Image.new("L", (WIDTH_PIXELS, HEIGHT_PIXELS))
    picture.paste(line, ((WIDTH_PIXELS - line.width) // 2, 0))
    return picture


def _wave() -> Callable[[float, float], Point]:
    """Return a gentle displacement of the plane, another each time."""
    height = _random.uniform(*WAVE_PIXELS)
    a, b, c = (_random.uniform(0, math.tau) for _each in range(3))
    long = math.tau / WIDTH_PIXELS * _random.uniform(0.9, 1.5)
    short = math.tau / WIDTH_PIXELS * _random.uniform(1.7, 2.5)
    across = math.tau / HEIGHT_PIXELS * _random.uniform(0.6, 1.0)

    def displaced(x: float, y: float) -> Point:
        return (
            x + height * (0.6 * math.sin(across * y + a) + 0.5 * math.sin(long * x + b)),
            y + height * (math.sin(long * x + c) + 0.35 * math.sin(short * x + a)),
        )

    return displaced


def _warped(picture: Image.Image) -> Image.Image:
    displaced = _wave()
    xs, ys = range(0, WIDTH_PIXELS + 1, 40), range(0, HEIGHT_PIXELS + 1, 40)
    mesh = [
        (
            (x, y, x + 40, y + 40),
            (*displaced(x, y), *displaced(x, y + 40), *displaced(x + 40, y + 40), *displaced(x + 40, y)),
        )
        for x in xs[:-1]
        for y in ys[:-1]
    ]
    return picture.transform(picture.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _png(mask: Image.Image) -> bytes:
    """Return *mask* in one ink on the plate. The plate is opaque, so that the picture reads the same in the dark."""
    ink = _random.choice(INKS)
    shades = mask.point([value * SHADES // 256 for value in range(256)])
    picture = Image.frombytes("P", shades.size, shades.tobytes())
    picture.putpalette(
        [round(PLATE[c] + (ink[c] - PLATE[c]) * shade / (SHADES - 1)) for shade in range(SHADES) for c in range(3)]
    )
    file = BytesIO()
    picture.save(file, "PNG", bits=4)
    return file.getvalue()


def draw(text: str) -> bytes:
    """Return a PNG picture of *text*, WIDTH_PIXELS by HEIGHT_PIXELS. Raises Unavailable when a font is missing."""
    return _png(_warped(_line(text)))


def random_text() -> str:
    """Return a text to draw; no character stands twice in a row, because two alike run into one."""
    text = ""
    for _each in range(_random.choice(LENGTHS)):
        text += _random.choice(ALPHABET.replace(text[-1:], "") if text else ALPHABET)
    return text


class ImageChallenge:
    """Enter the characters shown in the image."""

    name = "image"
    offer = _("Show a picture instead")
    again = _("Another picture")

    def is_available(self, language: str) -> bool:
        return not missing_fonts()

    def puzzle(self, language: str) -> Puzzle:
        """Return a picture that nobody has seen, as a data: URI, with the size at which it is shown."""
        return prepared_puzzle(self.kind(language)) or self.prepare(language)

    def prepares_for(self) -> Sequence[str]:
        return [] if missing_fonts() else [ANY_LANGUAGE]

    def kind(self, language: str) -> str:
        return self.name

    def prepare(self, language: str) -> Puzzle:
        text = random_text()
        return Puzzle(
            answers=(text,),
            shown={
                "source": "data:image/png;base64," + b64encode(draw(text)).decode(),
                "width": str(WIDTH_PIXELS // 2),
                "height": str(HEIGHT_PIXELS // 2),
            },
        )

    def normalise(self, typed: str) -> str:
        """Return capitals without spaces; letters of another width count as the plain ones."""
        return "".join(normalize("NFKC", typed).upper().split())
