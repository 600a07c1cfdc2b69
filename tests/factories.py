"""What tests of several rooms begin with: a newsroom, a story, a picture."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from tests.groundwork import GROUNDWORK
from tribuna.newsroom.actions import open_newsroom
from tribuna.newsroom.models import (
    ArticleAuthor,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    NewsImage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)

SECTION_TITLES = {"en": "City", "es": "Ciudad"}


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A site in two languages, with one section in each."""

    site: Site
    homes: dict[str, HomePage]
    sections: dict[str, SectionPage]


def newsroom() -> Newsroom:
    """Return a bilingual newsroom, opened if it is not open yet."""
    return GROUNDWORK.made() or open_anew()


def open_anew() -> Newsroom:
    """Open a bilingual newsroom, from the first page on."""
    _lay_ground()
    site = open_newsroom("The Tribune", hostname="testserver", port=80)
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    return Newsroom(site, homes, {code: section(language=code) for code in homes})


def _lay_ground() -> None:
    """Make again what Wagtail's migrations made, where a test over several connections has flushed it."""
    if not Page.objects.filter(depth=1).exists():
        locale, _ = Locale.objects.get_or_create(language_code="en")
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def section(title: str = "", *, language: str = "en") -> SectionPage:
    """Return the section called *title*; without one, the newsroom's first."""
    title = title or SECTION_TITLES[language]
    home = HomePage.objects.get(locale__language_code=language)
    found = SectionPage.objects.child_of(home).filter(title=title).first()
    return found or home.add_child(instance=SectionPage(title=title, locale=home.locale, **_sister_key(title)))


def _sister_key(title: str) -> dict[str, Any]:
    """City and Ciudad are translations of each other."""
    sister = SectionPage.objects.filter(title__in=SECTION_TITLES.values()).first()
    return {"translation_key": sister.translation_key} if sister and title in SECTION_TITLES.values() else {}


def article(
    *,
    parent: SectionPage | None = None,
    language: str = "en",
    authors: list[AuthorPage] | None = None,
    topics: list[TopicPage] | None = None,
    live: bool = True,
    **fields: Any,
) -> ArticlePage:
    """Return a story, live unless told otherwise, in *parent* or in the first section in *language*."""
    parent = parent or section(language=language)
    moment = fields.pop("published_at", timezone.now())
    fields = {"title": "Ferry returns", "locale": parent.locale, "published_at": moment, **fields}
    page = ArticlePage(live=live, first_published_at=moment, last_published_at=moment, **fields)
    page.authors = [ArticleAuthor(author=author) for author in authors or []]
    page.topics = topics or []
    return parent.add_child(instance=page)


def author(name: str = "Harbour desk", *, language: str = "en", **fields: Any) -> AuthorPage:
    """Return an author with a page."""
    return _listed(AuthorIndexPage, AuthorPage(title=name, **fields), language)


def topic(title: str = "Harbour", *, language: str = "en", **fields: Any) -> TopicPage:
    """Return a topic with a page."""
    return _listed(TopicIndexPage, TopicPage(title=title, **fields), language)


def _listed[P: (AuthorPage, TopicPage)](index: type, page: P, language: str) -> P:
    parent = index.objects.get(locale=Locale.objects.get(language_code=language))
    page.locale = parent.locale
    return parent.add_child(instance=page)


def photograph(size: tuple[int, int] = (64, 48), *, image_format: str = "JPEG", **options: Any) -> bytes:
    """Return the bytes of a picture file; *options* go to Pillow, such as ``exif=``."""
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, image_format, **options)
    return file.getvalue()


def image(*, file: bytes | None = None, filename: str = "ferry.jpg", **fields: Any) -> NewsImage:
    """Return a stored picture."""
    fields = {"title": "A ferry", "description": "A white ferry", **fields}
    return NewsImage.objects.create(file=ContentFile(file or photograph(), filename), **fields)
