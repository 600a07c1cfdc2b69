"""Stories as they stand in lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, cast

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tribuna.newsroom.models import ArticlePage
from tribuna.theme.dates import time_writer
from tribuna.theme.pictures import picture_element
from tribuna.theme.stencils import stencil
from tribuna.theme.words import byline, comment_count, lang_within

CARD = "newsroom/_card.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a card looks: its class, the element of its title, the shape and the sizes of its picture."""

    name: str = "plain"
    level: str = "h3"
    shape: str = "card"
    sizes: str = ""
    is_first: bool = False  # it is in the first screen, so its picture is fetched at once


def card(
    story: ArticlePage,
    look: Look,
    *,
    count: int,
    request: HttpRequest | None,
    said: Mapping[str, SafeString] | None = None,
) -> SafeString:
    """Return *story* as a card, with the number of comments if it has any.

    *said* is HTML for title and standfirst in place of the story's own, with what a search has marked in them.
    """
    language = get_language()
    when = {"fetchpriority": "high"} if look.is_first else {"loading": "lazy"}
    image = story.main_image
    words: dict[str, Any] = {
        "lang": lang_within(story.language, language),
        "lang_back": lang_within(language, story.language),
        "picture": image and picture_element(image, look.shape, {"sizes": look.sizes, "alt": "", **when}),
        "kicker": escape(story.kicker),
        "url": escape(story.get_url(request) or ""),
        "title": escape(story.title),
        "standfirst": escape(story.standfirst),
        "byline": byline(story.byline),
        "time": time_writer()(cast("date", story.published_at)),  # no list has a story without
        "comments": count and comment_count(count),
        **(said or {}),
    }
    return stencil(CARD, look=look.name, level=look.level)(words)
