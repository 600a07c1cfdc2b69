"""Draws docs/screenshots/challenges.webp: twenty pictures, in light and in dark surroundings, as large as shown.

Run it with ``PYTHONPATH=src .venv/bin/python -m tools.challenges``. Nobody chose among them: they are the first twenty.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from tribuna.humans.challenges.image import HEIGHT_PIXELS, WIDTH_PIXELS, draw, random_text

FILE = Path(__file__).parents[1] / "docs/screenshots/challenges.webp"
PICTURES, COLUMNS, GAP_PIXELS = 20, 4, 20
SURROUNDINGS = ((255, 255, 255), (18, 20, 24))


def main() -> int:
    """Draw them."""
    width, height = WIDTH_PIXELS // 2, HEIGHT_PIXELS // 2
    rows = PICTURES // COLUMNS
    sheet = Image.new("RGB", (COLUMNS * (width + GAP_PIXELS), rows * (height + GAP_PIXELS)), SURROUNDINGS[0])
    sheet.paste(SURROUNDINGS[1], (sheet.width // 2, 0, sheet.width, sheet.height))
    for number in range(PICTURES):
        with Image.open(BytesIO(draw(random_text()))) as picture:
            shown = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        row, column = divmod(number, COLUMNS)
        place = (column * (width + GAP_PIXELS) + GAP_PIXELS // 2, row * (height + GAP_PIXELS) + GAP_PIXELS // 2)
        sheet.paste(shown, place)
    sheet.save(FILE, quality=90, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main())
