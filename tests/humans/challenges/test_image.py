"""The picture: as large, as light and as random as it should be. That a person reads it is seen, not tested."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from tribuna.humans.base import Unavailable
from tribuna.humans.challenges import image
from tribuna.humans.challenges.image import ALPHABET, ImageChallenge, draw, missing_fonts, random_text


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def test_the_picture_is_sharp_small_and_has_one_ink_on_an_opaque_plate():
    png = draw("RTHKXN")
    picture = opened(png)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (560, 240), "P")
    assert len(png) <= 10_000
    assert "transparency" not in picture.info
    ink, plate = picture.convert("L").getextrema()
    assert ink < 60
    assert plate > 235
    assert len(picture.getcolors()) <= image.SHADES


@pytest.mark.parametrize("text", ["HNHNHN", "444444", "LLLLL", "C"])
def test_the_widest_and_the_narrowest_texts_stay_inside_their_margins(text):
    for _each in range(5):
        picture = opened(draw(text)).convert("L").point(lambda value: 255 if value < 128 else 0)
        left, top, right, bottom = picture.getbbox()
        assert left > 4
        assert right < picture.width - 4
        assert top > 0
        assert bottom < picture.height


def test_a_line_that_is_too_wide_is_narrowed_to_its_margins(monkeypatch):
    monkeypatch.setattr(image, "WIDTH_PIXELS", 300)
    picture = opened(draw("HNHNHN")).convert("L").point(lambda value: 255 if value < 128 else 0)
    left, _top, right, _bottom = picture.getbbox()
    assert (picture.width, left >= image.MARGIN_PIXELS, right <= 300 - image.MARGIN_PIXELS) == (300, True, True)


def test_every_character_touches_the_one_before_or_stands_beside_it():
    for _each in range(5):
        black = opened(draw("HNHNH")).convert("L").point(lambda value: 255 if value < 128 else 0)
        left, _top, right, _bottom = black.getbbox()
        columns = [black.crop((x, 0, x + 1, black.height)).getbbox() for x in range(left, right)]
        assert all(columns)


def test_the_same_text_is_drawn_otherwise_each_time():
    assert len({draw("RTHKX") for _each in range(10)}) == 10


def test_texts_are_of_the_alphabet_and_no_character_stands_twice_in_a_row():
    texts = [random_text() for _each in range(300)]
    assert {len(text) for text in texts} == set(image.LENGTHS)
    assert set("".join(texts)) == set(ALPHABET)
    assert not [text for text in texts if any(a == b for a, b in pairwise(text))]
    assert not set(ALPHABET) & set("0OQD1I2Z5S6G8BUVWMJ7YAE")


def test_the_picture_stands_in_the_page_itself():
    puzzle = ImageChallenge().puzzle("en")
    head, _comma, body = puzzle.shown["source"].partition(",")
    assert head == "data:image/png;base64"
    assert opened(b64decode(body)).size == (2 * int(puzzle.shown["width"]), 2 * int(puzzle.shown["height"]))


@pytest.mark.parametrize("typed", ["rthkx3", " RTH KX3\n", "ｒｔｈｋｘ３"])  # noqa: RUF001
def test_the_answer_counts_however_it_is_typed(typed):
    assert ImageChallenge().normalise(typed) == "RTHKX3"


def test_a_missing_font_is_named_and_the_picture_is_not_offered(monkeypatch):
    monkeypatch.setattr(image, "FACES", (("fontpkg_that_is_not_there", "No.ttf", 1.0),))
    assert missing_fonts() == ["fontpkg_that_is_not_there"]
    assert not ImageChallenge().is_available("en")
    with pytest.raises(Unavailable, match="fontpkg_that_is_not_there"):
        ImageChallenge().puzzle("en")
