"""What machines look for: one story by its address, with all that stands on its page; the sections of an edition."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_path, override

from tribuna.newsroom.models import ArticlePage, HomePage, NewsPage, SectionPage
from tribuna.newsroom.models.pages import address_below
from tribuna.newsroom.queries import find_page, frame_of, gather_story


def page_at(path: str, request: HttpRequest) -> NewsPage | None:
    """Return the page that everybody may see at *path* under the front page in the active language; one query."""
    page = find_page(path, frame=frame_of(request), language=get_language() or "")
    return None if page is None or page.get_view_restrictions().exists() else page


def story_at(path: str, request: HttpRequest) -> ArticlePage | None:
    """Return the story at *path*, with all that its page shows."""
    page = page_at(path, request)
    if not isinstance(page, ArticlePage) or page.published_at is None:
        return None
    gather_story(page, frame_of(request))
    return page


def story_at_address(address: str, request: HttpRequest) -> ArticlePage | None:
    """Return the story at an *address* of this site, written in full, with all that its page shows."""
    try:
        parts = urlsplit(address)
        is_ours = parts.scheme in {"http", "https"} and parts.netloc.lower() == request.get_host().lower()
    except ValueError:
        return None
    path = unquote(parts.path)
    language = get_language_from_path(path)
    if not is_ours or not language or not path.startswith(front := address_below(language, "")):
        return None
    with override(language):
        steps = path.removeprefix(front)
        return story_at(steps if steps.endswith("/") else f"{steps}/", request)


def open_sections(home: HomePage) -> list[SectionPage]:
    """Return the sections of an edition that everybody may see, in the order the editors gave them; two queries."""
    return list(SectionPage.objects.child_of(home).live().public().order_by("path"))
