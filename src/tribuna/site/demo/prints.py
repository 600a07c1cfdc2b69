"""Draws the demo's pictures and stores them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile

from tribuna.newsroom.models import HomePage, NewsImage
from tribuna.newsroom.models.images import picture_specs
from tribuna.newsroom.queries import front_page
from tribuna.site.demo import content
from tribuna.site.demo.drawings import draw

CREDIT = "Tribuna / drawing"
LICENCE = "Drawn by the demo itself; free to use."
JPEG_QUALITY = 85


def hang_pictures() -> dict[str, NewsImage]:
    """Draw every picture of the demo, store it, and return them by key."""
    facts = content.pictures()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as painters:
        files = painters.map(_drawn, facts.values())
        return {key: _store(key, one, file) for (key, one), file in zip(facts.items(), files, strict=True)}


def _drawn(facts: dict[str, Any]) -> bytes:
    file = BytesIO()
    draw(facts["scene"], facts["seed"]).save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def _store(key: str, facts: dict[str, Any], file: bytes) -> NewsImage:
    x, y, width, height = facts.get("focus", [None] * 4)
    image: NewsImage = NewsImage.objects.create(
        title=key.replace("-", " ").capitalize(),
        file=ContentFile(file, f"{key}.jpg"),
        description=facts["en"]["alt"],
        caption=facts["en"]["caption"],
        credit=CREDIT,
        licence=LICENCE,
        focal_point_x=x,
        focal_point_y=y,
        focal_point_width=width,
        focal_point_height=height,
    )
    return image


def print_front_pages() -> None:
    """Make the sizes of the pictures that the front pages show, so that the first reader need not wait for them."""
    for home in HomePage.objects.all():
        front = front_page(home)
        below = [*front.leads, *(story for _, stories in front.sections for story in stories)]
        for shape, stories in (("lead", [front.lead]), ("card", below)):
            for image in [story.main_image for story in stories if story and story.main_image]:
                image.get_renditions(*picture_specs(shape))
