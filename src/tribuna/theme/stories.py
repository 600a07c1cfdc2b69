"""The page of a story: a stencil, for there is nothing of which a newsroom has more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tribuna.comments.queries import rules_of
from tribuna.newsroom.models import ArticlePage, Correction
from tribuna.newsroom.queries import related_to
from tribuna.press.actions import fragment, shows
from tribuna.press.base import SITE
from tribuna.theme import words
from tribuna.theme.cards import CARD, Look, card
from tribuna.theme.dates import time_writer
from tribuna.theme.live import live_blog_data, live_words
from tribuna.theme.metadata import json_ld, picture_words, quoted, story_things
from tribuna.theme.pictures import picture_element
from tribuna.theme.prose import prose
from tribuna.theme.queries import Chrome, chrome_of
from tribuna.theme.stencils import look, stencil, word
from tribuna.theme.threads import FirstPage, first_page

_PICTURE = {"sizes": "(min-width: 66rem) 64rem, 100vw", "fetchpriority": "high"}
_RELATED = Look(sizes="(min-width: 60rem) 19rem, 38vw")


def story_page(context: Context) -> SafeString:
    """Return the whole page of the article that is the *context*'s ``page``, with what its receivers added."""
    page, request = context["page"], context["request"]
    chrome, rules = chrome_of(request, page), rules_of(page)
    thread = first_page(page.pk, takes_replies=rules.is_open)
    filled = stencil(
        "newsroom/_story.html",
        chrome=_shared(chrome),
        language=page.language,
        is_stored=page.pk is not None,
        closed=rules.closed,
    )
    return filled(
        {
            **_addresses(chrome),
            **_head(page, request),
            **_for_machines(page, chrome, context, request, thread.total),
            **_story(page, request),
            "prose": prose(page.body, context),
            **live_words(page, context.get("posts") or [], context),
            "corrections": _items(_correction(each, page.language) for each in context["corrections"]),
            "topics": _items(words.topic(topic, request=request) for topic in context["topics"]),
            "related": _related(page, chrome, request),
            **_thread(page, thread),
            "opens": rules.opens_at and time_writer("DATETIME_FORMAT")(rules.opens_at),
        }
    )


def _shared(chrome: Chrome) -> Chrome:
    """Return *chrome* with words for addresses in it that are the story's own."""
    return replace(
        chrome,
        editions=tuple(replace(each, url=word(f"edition_{each.code}")) for each in chrome.editions),
        versions=tuple(
            replace(each, url=word(f"version_{each.code}"), address=word(f"address_{each.code}"))
            for each in chrome.versions
        ),
    )


def _addresses(chrome: Chrome) -> dict[str, str]:
    return {
        **{f"edition_{each.code}": escape(each.url) for each in chrome.editions},
        **{f"version_{each.code}": escape(each.url) for each in chrome.versions},
        **{f"address_{each.code}": escape(each.address) for each in chrome.versions},
    }


def _head(page: ArticlePage, request: HttpRequest) -> dict[str, str]:
    return {
        "head_title": escape(page.seo_title or page.title),
        "description": escape(page.search_description or page.standfirst),
        "address": escape(page.original.get_full_url(request) or ""),
    }


def _for_machines(
    page: ArticlePage, chrome: Chrome, context: Context, request: HttpRequest, comments: int
) -> dict[str, str]:
    address = page.original.get_full_url(request) or ""
    own = page.get_full_url(request) or ""
    published, updated = page.published_at, page.updated_at
    told = story_things(
        page,
        chrome,
        address,
        comments=comments,
        topics=context["topics"],
        corrections=context["corrections"],
        request=request,
    )
    told[0].update(live_blog_data(page, context.get("posts") or [], request))
    return {
        "published_at": published.isoformat(timespec="seconds") if published else "",
        "updated_at": updated.isoformat(timespec="seconds") if updated else "",
        "section": escape(chrome.steps[-1].title) if chrome.steps else "",
        "twin": f"{escape(own)}index.md" if own else "",
        "quoted_address": quoted(address),
        **picture_words(page.main_image, page.image_alt, chrome),
        "json_ld": json_ld(*told) if address else "",
    }


def _story(page: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    image, published, updated = page.main_image, page.published_at, page.updated_at
    return {
        "title": escape(page.title),
        "kicker": escape(page.kicker),
        "standfirst": escape(page.standfirst),
        "byline": words.byline(page.byline, links=True, request=request),
        "published": published and time_writer()(published),
        "updated": updated and time_writer("DATETIME_FORMAT")(updated),
        "picture": image and picture_element(image, "story", {**_PICTURE, "alt": page.image_alt}),
        "caption": image and escape(page.image_caption),
        "credit": image and escape(image.credit),
    }


def _correction(correction: Correction, language: str) -> str:
    attributes = words.lang_within(language, get_language())
    return f"{time_writer()(correction.date)} <p{attributes}>{escape(correction.text)}</p>"


def _thread(page: ArticlePage, thread: FirstPage) -> dict[str, Any]:
    return {
        "pk": page.pk,
        "count": words.comment_count(thread.total),
        "total": str(thread.total),
        "comments": thread.comments,
        "pinned": thread.pinned,
        "next_cursor": thread.next_cursor,
    }


def _related(page: ArticlePage, chrome: Chrome, request: HttpRequest) -> str:
    """Return the stories that *page* recommends, which mostly stay as they are when it is printed again."""

    def related() -> str:
        shows(SITE)  # whose sections may get another address, and with them their stories
        return _items(card(story, _RELATED, count=0, request=request) for story in related_to(page))

    return fragment(f"related:{page.pk} {chrome.origin} {look(CARD)}", related)


def _items(items: Iterable[str]) -> str:
    return "\n".join(f"<li>{item}</li>" for item in items)
