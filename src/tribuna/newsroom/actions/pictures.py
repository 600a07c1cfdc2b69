"""What happens to pictures: what their files say of them is read, and they are printed in the sizes readers get."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO, Any

from PIL import Image, ImageFile
from PIL.ExifTags import Base as Exif
from PIL.IptcImagePlugin import getiptcinfo

from tribuna.core.text import clean_line, clean_text
from tribuna.newsroom.models import ArticlePage, NewsImage
from tribuna.newsroom.models.images import picture_specs

logger = logging.getLogger(__name__)

# IPTC Information Interchange Model, version 4.2: record and number of each dataset.
_CHARACTER_SET = (1, 90)
_BYLINE = (2, 80)
_CREDIT = (2, 110)
_CAPTION = (2, 120)
_UTF8 = b"\x1b%G"  # ISO 2022: from here on UTF-8

_MAIN_SHAPES = ("card", "lead", "story")


def describe_image(image: NewsImage) -> None:
    """Fill the empty credit and caption of *image* from IPTC, else EXIF, in its file, if they can be read."""
    credit, caption = read_metadata(image.file)
    image.credit = image.credit or clean_line(credit)[: NewsImage._meta.get_field("credit").max_length]
    image.caption = image.caption or clean_text(caption)


def read_metadata(file: IO[bytes]) -> tuple[str, str]:
    """Return the credit and the caption that a picture's *file* carries, empty where it has none; *file* is rewound."""
    try:
        file.seek(0)
        picture = Image.open(file)
        credit, caption = _iptc(picture)
        maker, description = _exif(picture)
    except Exception:  # cameras write anything, and no parser's complaint may stop an upload
        logger.info("The metadata of a picture could not be read.", exc_info=True)
        return "", ""
    finally:
        file.seek(0)
    return credit or maker, caption or description


def _iptc(picture: ImageFile.ImageFile) -> tuple[str, str]:
    """Return "photographer / agency" and caption from a JPEG's or TIFF's IPTC block."""
    facts = getiptcinfo(picture) or {}
    is_utf8 = facts.get(_CHARACTER_SET) == _UTF8
    photographers = [_decoded(raw, is_utf8=is_utf8) for raw in _values(facts.get(_BYLINE))]
    agency = "".join(_decoded(raw, is_utf8=is_utf8) for raw in _values(facts.get(_CREDIT)))
    names = [", ".join(photographers), "" if agency in photographers else agency]
    caption = "\n".join(_decoded(raw, is_utf8=is_utf8) for raw in _values(facts.get(_CAPTION)))
    return " / ".join(name for name in names if name), caption


def _values(found: bytes | list[bytes] | None) -> Iterator[bytes]:
    """A dataset that occurs once is bytes, one that is repeated is a list of them."""
    yield from [found] if isinstance(found, bytes) else found or []


def _exif(picture: Image.Image) -> tuple[str, str]:
    """Return artist and description; EXIF knows only ASCII, so what is more is told like IPTC."""
    facts = picture.getexif()
    return _text(facts.get(Exif.Artist, "")), _text(facts.get(Exif.ImageDescription, ""))


def _text(value: Any) -> str:
    return _decoded(value.encode("latin-1", "replace"), is_utf8=False) if isinstance(value, str) else ""


def _decoded(raw: bytes, *, is_utf8: bool) -> str:
    """Return *raw* as text: UTF-8 where it is declared or where nothing contradicts it, else Latin-1."""
    try:
        return raw.decode("utf-8", "replace" if is_utf8 else "strict").strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def draw_pictures(article: ArticlePage) -> None:
    """Print the pictures of *article* in every size its readers may get, so that no reader has to wait for it."""
    if article.main_image:
        for shape in _MAIN_SHAPES:
            _draw(article.main_image, shape)
    for image in _body_images(article):
        _draw(image, "story")


def _body_images(article: ArticlePage) -> Iterator[NewsImage]:
    for block in article.body:
        if block.block_type == "image":
            yield block.value["image"]
        elif block.block_type == "gallery":
            yield from (picture["image"] for picture in block.value)


def _draw(image: NewsImage | None, shape: str) -> None:
    """Print *image*; one whose file is gone or broken spoils no publication."""
    if image is None:
        return
    try:
        image.get_renditions(*picture_specs(shape))
    except (OSError, ValueError):
        logger.warning("Image %s could not be printed.", image.pk, exc_info=True)
