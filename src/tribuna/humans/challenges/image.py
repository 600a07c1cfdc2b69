"""Characters in a picture: legible first. It keeps out what doesn't look; whoever looks can read it, machines too.

One ink on one plate, every stroke drawn the same way, all of it from the operating system's randomness: nothing in the
file tells a character from its distortion, and nothing that a visitor sends has a part in it.

What people hardly notice and recognisers that read along a line do mind: each character leans its own way, the line
rises and falls, and every two neighbours touch, so that there is no gap to cut at. What that is worth, and how often
we misread it ourselves, stands in docs/reference/siege.md.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from secrets import SystemRandom
from typing import TYPE_CHECKING
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tribuna.humans.base import Puzzle, Unavailable
from tribuna.humans.stores.pool import prepared_puzzle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Rows = NDArray[np.int_]

# No look-alikes (0 O Q D, 1 I, 2 Z, 5 S, 6 G, 8 B, U V W, M N, 7 Y), no J (it runs into its neighbours), no vowels to
# make words.
ALPHABET = "CFHKLNPRTX349"
LENGTHS = (6,)

# Drawn at twice the size at which it is shown, so that it is sharp on a phone.
WIDTH_PIXELS, HEIGHT_PIXELS = 560, 240
MARGIN_PIXELS = 12
TILT_DEGREES = 36
SWING_PIXELS = 33  # of the line, up and down
STEP_PIXELS = (13, 25)  # of each second character
TOUCH_PIXELS = (5, 10)  # how deep a character reaches into the one before
STRIDE = 0.52  # of a character's width: as much of it at least stands free of the next one

# Package, file, and what makes its capitals as high as the others'. All under the SIL Open Font License 1.1.
FACES = (
    ("fontpkg_acme", "Acme-Regular.ttf", 1.10),
    ("fontpkg_arvo", "Arvo-Regular.ttf", 1.0),
    ("fontpkg_arvo", "Arvo-Bold.ttf", 0.97),
    ("fontpkg_varela_round", "VarelaRound-Regular.ttf", 1.04),
)
SIZES_PIXELS = (116, 122, 128, 134)
INKS = ((20, 33, 61), (52, 21, 57), (14, 54, 44), (70, 24, 16))
PLATE = (244, 241, 232)
SHADES = 16  # four bits a pixel: enough for smooth edges
HALF_INK = 128
FAR_PIXELS = 10**6

ANY_LANGUAGE = ""

type Box = tuple[int, int, int, int]

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
    tilted = mask.rotate(_random.uniform(-TILT_DEGREES, TILT_DEGREES), Image.Resampling.BILINEAR, expand=True)
    return tilted.crop(tilted.getbbox())


def _edges(glyph: Image.Image) -> tuple[Rows, Rows]:
    """Return where the ink of each row begins and where it ends; far away in a row without ink."""
    import numpy as np

    ink = np.asarray(glyph) >= HALF_INK
    inked = ink.any(axis=1)
    first = np.where(inked, ink.argmax(axis=1), FAR_PIXELS)
    return first, np.where(inked, glyph.width - ink[:, ::-1].argmax(axis=1), -FAR_PIXELS)


def _line(text: str) -> Image.Image:
    """Return *text* set along a line that swings, each character touching the one before, in the middle."""
    import numpy as np

    placed = list[tuple[Image.Image, Box]]()
    taken = np.full(HEIGHT_PIXELS, -FAR_PIXELS)  # how far to the right there is ink, by row
    begin, turn, side = _random.uniform(0, math.tau), _random.uniform(0.6, 1.1), _random.choice((-1, 1))
    for number, character in enumerate(text):
        glyph = _glyph(character)
        swing = SWING_PIXELS * math.sin(begin + turn * math.tau * number / len(text))
        middle = HEIGHT_PIXELS / 2 + swing + side * (-1) ** number * _random.uniform(*STEP_PIXELS)
        y = round(min(max(middle - glyph.height / 2, MARGIN_PIXELS), HEIGHT_PIXELS - MARGIN_PIXELS - glyph.height))
        firsts, lasts = _edges(glyph)
        rows = slice(y, y + glyph.height)
        x = 0
        if placed:
            near = int((taken[rows] - firsts).max())
            before, box = placed[-1]
            free = box[0] + STRIDE * before.width
            x = round(min(max(near - _random.randint(*TOUCH_PIXELS), free), box[2]))
        taken[rows] = np.maximum(taken[rows], lasts + x)
        placed.append((glyph, (x, y, x + glyph.width, y + glyph.height)))
    return _set(placed)


def _set(placed: list[tuple[Image.Image, Box]]) -> Image.Image:
    """Return the glyphs at their places, narrowed where they would not fit."""
    left, right = min(box[0] for _glyph, box in placed), max(box[2] for _glyph, box in placed)
    line = Image.new("L", (right - left, HEIGHT_PIXELS))
    for glyph, (x, y, end, bottom) in placed:
        box = (x - left, y, end - left, bottom)
        line.paste(ImageChops.lighter(line.crop(box), glyph), box)
    room = WIDTH_PIXELS - 2 * MARGIN_PIXELS
    if line.width > room:
        line = line.resize((room, HEIGHT_PIXELS), Image.Resampling.BILINEAR)
    picture = Image.new("L", (WIDTH_PIXELS, HEIGHT_PIXELS))
    picture.paste(line, ((WIDTH_PIXELS - line.width) // 2, 0))
    return picture


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
    return _png(_line(text))


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
