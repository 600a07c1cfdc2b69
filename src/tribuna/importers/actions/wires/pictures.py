"""Pictures that come with items, where the wire's contract lets us show them."""

from __future__ import annotations

import logging
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from tribuna.core.text import clean_line, clean_text
from tribuna.importers.actions.wires.asking import ask
from tribuna.importers.actions.wires.folders import content_of, file_beside
from tribuna.importers.base import Dispatch, SourceBroken, WirePicture
from tribuna.newsroom.models import NewsImage

logger = logging.getLogger(__name__)

LINE_CHARACTERS = 255
_SUFFIXES = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}


def fetch_picture(picture: WirePicture, dispatch: Dispatch, *, address: str, folder: Path | None) -> NewsImage | None:
    """Return the *picture* of *dispatch*, stored, from *address* or the *folder* its document came in.

    None if it can't be had: that keeps no story back, and is said in the log.
    """
    try:
        content = _content(address, folder)
        suffix = _suffix(content)
        with transaction.atomic():
            return _store(picture, dispatch, content, f"{_stem(address)}.{suffix}")
    except (SourceBroken, OSError, ValueError, Image.DecompressionBombError, UnidentifiedImageError) as error:
        logger.warning("The picture of item %s could not be taken: %s", dispatch.key, error)
        return None


def _content(address: str, folder: Path | None) -> bytes:
    maximum = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if urlsplit(address).scheme:
        answer = ask(address, maximum_bytes=maximum)
        return answer.content if answer else b""
    path = file_beside(folder, unquote(address)) if folder else None
    if path is None:
        raise SourceBroken("it is not there")
    return content_of(path, maximum_bytes=maximum)


def _suffix(content: bytes) -> str:
    """Return how files of this kind end, told from what is in it. Raises ValueError for one that can't be shown."""
    with Image.open(ContentFile(content)) as picture:
        kind = picture.format or ""
        picture.load()
    if _SUFFIXES.get(kind) not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise ValueError(f"pictures of the kind {kind or 'unknown'} are not taken")
    return _SUFFIXES[kind]


def _stem(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).stem[:100] or "picture"


def _store(picture: WirePicture, dispatch: Dispatch, content: bytes, name: str) -> NewsImage:
    image = NewsImage(
        title=(clean_line(picture.alt) or clean_line(dispatch.title) or name)[:LINE_CHARACTERS],
        file=ContentFile(content, name),
        description=clean_line(picture.alt)[:LINE_CHARACTERS],
        caption=clean_text(picture.caption),
        credit=clean_line(picture.credit or dispatch.credit)[:LINE_CHARACTERS],
        licence=clean_line(dispatch.terms)[:LINE_CHARACTERS],
    )
    image.save()
    return image
