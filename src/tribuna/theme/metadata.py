"""What a page tells machines about itself: schema.org's words as JSON-LD, and what other sites make a card of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from tribuna.newsroom.models import ArticlePage, AuthorPage, Correction, HomePage, NewsImage, TopicPage
from tribuna.syndication.writers.prose import largest
from tribuna.theme.queries import Chrome

# So that nothing in a text ends the element that holds it (HTML 4.12.1.3).
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
HEADLINE_CHARACTERS = 110
_TERRITORY_LETTERS = 2
# Where most of those live who speak it (Unicode CLDR, likely subtags).
_LIKELIEST = (
    "ar-EG ca-ES cs-CZ da-DK de-DE el-GR en-US es-ES eu-ES fa-IR fi-FI fr-FR ga-IE gl-ES he-IL hi-IN hu-HU it-IT ja-JP "
    "ko-KR lt-LT nl-NL no-NO pl-PL pt-BR ro-RO ru-RU sv-SE tr-TR uk-UA ur-PK zh-CN"
)
_TERRITORIES = dict(each.split("-") for each in _LIKELIEST.split())

type Thing = dict[str, Any]


def json_ld(*things: Thing) -> SafeString:
    """Return *things* as the text of a <script> that browsers don't run, less what they say nothing of."""
    graph = {"@context": "https://schema.org", "@graph": [_told(thing) for thing in things]}
    return SafeString(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))


def page_things(page: Page, chrome: Chrome, address: str) -> list[Thing]:
    """Return what there is to tell of a *page* other than a story."""
    paper = newsroom(chrome)
    if isinstance(page, HomePage):
        return [paper, _website(page, chrome, address)]
    things = [paper, _breadcrumb(chrome, [*_steps(chrome), (page.title, address)])]
    if isinstance(page, AuthorPage):
        things.append({**_author(page, address), "description": page.bio, "jobTitle": page.role})
    return things


def story_things(
    page: ArticlePage,
    chrome: Chrome,
    address: str,
    *,
    comments: int,
    topics: Iterable[TopicPage],
    corrections: Iterable[Correction],
    request: HttpRequest,
) -> list[Thing]:
    """Return what there is to tell of a story at its canonical *address*."""
    published, image = page.published_at, page.main_image
    changed = page.updated_at or published
    article = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": address,
        "url": address,
        "headline": page.title[:HEADLINE_CHARACTERS],
        "description": page.search_description or page.standfirst,
        "inLanguage": page.language,
        "datePublished": published and published.isoformat(timespec="seconds"),
        "dateModified": changed and changed.isoformat(timespec="seconds"),
        "author": [_author(author, _absolute(author, chrome, request)) for author in page.byline],
        "publisher": {"@id": f"{chrome.origin}/#newsroom"},
        "image": image and [_image(image, page, chrome)],
        "articleSection": [step.title for step in chrome.steps],
        "keywords": [topic.title for topic in topics],
        "isAccessibleForFree": True,
        "commentCount": comments,
        "discussionUrl": f"{address}#comments",
        "correction": [_correction(each) for each in corrections],
    }
    return [article, _breadcrumb(chrome, [*_steps(chrome), (page.title, address)]), newsroom(chrome)]


def newsroom(chrome: Chrome) -> Thing:
    """Return the newsroom itself."""
    home = f"{chrome.origin}/"
    return _told(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{home}#newsroom",
            "name": chrome.name,
            "url": home,
            "logo": chrome.logo and {"@type": "ImageObject", **chrome.logo._asdict()},
        }
    )


def picture_words(image: NewsImage | None, alt: str, chrome: Chrome) -> dict[str, str]:
    """Return the words of a stencil about the picture that a card elsewhere shows; empty without one."""
    drawn = image and largest(image, "lead")
    return {
        "card_picture": escape(_at(chrome, drawn.url)) if drawn else "",
        "card_width": str(drawn.width) if drawn else "",
        "card_height": str(drawn.height) if drawn else "",
        "card_alt": escape(alt) if drawn else "",
    }


def open_graph_locale(code: str) -> str:
    """Return a language code as OpenGraph has it, with a territory (ogp.me): that of its own, else the likeliest."""
    language, _hyphen, territory = code.partition("-")
    territory = territory.upper() if len(territory) == _TERRITORY_LETTERS else _TERRITORIES.get(language, "")
    return f"{language}_{territory}" if territory else language


def quoted(address: str) -> str:
    """Return *address* as a value in the query of another."""
    return quote(address, safe="")


def _told(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in ("", None, [])}


def _website(page: HomePage, chrome: Chrome, address: str) -> Thing:
    return {
        "@type": "WebSite",
        "@id": f"{address}#website",
        "url": address,
        "name": chrome.name,
        "description": page.search_description or page.tagline,
        "inLanguage": page.language,
        "publisher": {"@id": f"{chrome.origin}/#newsroom"},
    }


def _steps(chrome: Chrome) -> list[tuple[str, str]]:
    """Return the pages above, the front page first, each with its address."""
    above = [(step.title, _at(chrome, step.url)) for step in chrome.steps]
    return [(chrome.name, _at(chrome, chrome.home_url)), *above]


def _breadcrumb(chrome: Chrome, steps: Iterable[tuple[str, str]]) -> Thing:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _author(author: AuthorPage, address: str) -> Thing:
    return _told({"@type": "Organization" if author.is_desk else "Person", "name": author.title, "url": address})


def _image(image: NewsImage, page: ArticlePage, chrome: Chrome) -> Thing:
    drawn = largest(image, "lead")
    return _told(
        {
            "@type": "ImageObject",
            "url": _at(chrome, drawn.url),
            "width": drawn.width,
            "height": drawn.height,
            "caption": page.image_caption or page.image_alt,
            "creditText": image.credit,
        }
    )


def _correction(correction: Correction) -> Thing:
    return {"@type": "CorrectionComment", "datePublished": correction.date.isoformat(), "text": correction.text}


def _absolute(page: Page, chrome: Chrome, request: HttpRequest) -> str:
    return _at(chrome, page.get_url(request) or "")


def _at(chrome: Chrome, url: str) -> str:
    return f"{chrome.origin}{url}" if url.startswith("/") else url
