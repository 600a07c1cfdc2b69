"""What a feed says: of the whole paper, an edition, a section, a topic, an author, or a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from mimetypes import guess_type
from uuid import uuid5

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, override
from wagtail.models import Page

from tribuna.newsroom.models import (
    ArticlePage,
    AuthorPage,
    HomePage,
    NewsRendition,
    SectionPage,
    TopicPage,
)
from tribuna.newsroom.queries import (
    Frame,
    articles_about,
    articles_by,
    articles_in,
    articles_of,
    fill_stories,
    frame_of,
)
from tribuna.syndication.base import Channel, Entry, Logo, Person, Picture
from tribuna.syndication.queries.terms import terms_of
from tribuna.syndication.writers.prose import excerpt, largest, prose

FEEDS = ("rss.xml", "atom.xml", "feed.json")
LANGUAGES = "languages"  # the step before a language in the address of its feed
SUMMARY_CHARACTERS = 300
_NO_STORY_YET = datetime(1970, 1, 1, tzinfo=UTC)

type Subject = HomePage | SectionPage | AuthorPage | TopicPage


@dataclass(frozen=True, slots=True)
class Desk:
    """What all feeds of a request have in common."""

    request: HttpRequest
    frame: Frame
    origin: str
    is_full: bool

    @property
    def publisher(self) -> Person:
        """The newsroom."""
        site = self.frame.site
        return Person((site and site.site_name) or settings.WAGTAIL_SITE_NAME, f"{self.origin}/")

    def address(self, page: Page) -> str:
        """Return the address of *page*, with scheme and host."""
        return page.get_full_url(self.request) or ""


def desk_of(request: HttpRequest) -> Desk:
    """Return the desk of the site at the request's host; a query for its terms."""
    frame = frame_of(request)
    origin = frame.site.root_url if frame.site else settings.WAGTAILADMIN_BASE_URL
    return Desk(request, frame, origin, terms_of(request).is_full)


def feed_of(page: Subject, name: str, request: HttpRequest) -> Channel:
    """Return the newest stories of *page* as the feed called *name*, one of FEEDS."""
    desk = desk_of(request)
    stories = _stories_of(page)
    home_address = desk.address(page)
    about = [] if isinstance(page, HomePage) else [str(page.title)]
    described = next((text for field in ("tagline", "intro", "bio") if (text := getattr(page, field, ""))), "")
    return _channel(
        desk,
        _entries(stories, desk),
        key=f"urn:uuid:{uuid5(page.translation_key, page.locale.language_code)}",
        title=" – ".join([*about, desk.publisher.name]),
        description=page.search_description or described,
        url=home_address,
        feed_url=f"{home_address}{name}",
        language=page.locale.language_code,
    )


def feed_of_language(home: HomePage, language: str, name: str, request: HttpRequest) -> Channel:
    """Return the newest stories under *home* that are written in *language*, whatever the pages around them speak."""
    desk = desk_of(request)
    address = f"{desk.address(home)}{LANGUAGES}/{language}/{name}"
    stories = articles_of(home, language, settings.TRIBUNA_FEED_STORIES).items
    return _channel(
        desk,
        _entries(stories, desk),
        key=f"urn:uuid:{uuid5(home.translation_key, f'{home.locale.language_code}/{language}')}",
        title=f"{desk.publisher.name} ({language})",
        description="",
        url=desk.address(home),
        feed_url=address,
        language=language,
    )


def feed_of_site(homes: Iterable[HomePage], name: str, request: HttpRequest) -> Channel:
    """Return the newest stories of all editions, each in its language; those that stand in several once."""
    desk = desk_of(request)
    entries: list[Entry] = []
    for home in homes:
        with override(home.locale.language_code):  # links in a story lead to pages of its edition
            stories = articles_of(home, size=settings.TRIBUNA_FEED_STORIES).items
            entries += _entries([story for story in stories if story.alias_of_id is None], desk)
    entries.sort(key=lambda entry: entry.published, reverse=True)
    return _channel(
        desk,
        entries[: settings.TRIBUNA_FEED_STORIES],
        key=f"{desk.origin}/",
        title=desk.publisher.name,
        description=gettext("All languages"),
        url=f"{desk.origin}/",
        feed_url=f"{desk.origin}/{name}",
        language="",
    )


def feeds_showing(article: ArticlePage) -> list[str]:
    """Return the addresses of the feeds in which *article* stands, or stood until now."""
    home = article.get_ancestors().type(HomePage).last()
    site = home and home.get_site()
    if home is None or site is None:
        return []
    chosen = [line.author_id for line in article.authors.all()] + [topic.pk for topic in article.topics.all()]
    keys = Page.objects.filter(pk__in=chosen).order_by().values("translation_key")
    listed = Page.objects.live().filter(translation_key__in=keys, locale=article.locale_id)
    pages = [home, article.get_parent(), *listed]
    places = [f"{site.root_url}/", *(page.get_full_url() for page in pages)]
    places.append(f"{home.get_full_url()}{LANGUAGES}/{article.language}/")
    return [f"{place}{name}" for place in places for name in FEEDS]


def _stories_of(page: Subject) -> list[ArticlePage]:
    size = settings.TRIBUNA_FEED_STORIES
    if isinstance(page, HomePage):
        return articles_of(page, size=size).items
    if isinstance(page, SectionPage):
        return articles_in(page, size=size).items
    return (articles_by(page, size=size) if isinstance(page, AuthorPage) else articles_about(page, size=size)).items


def _channel(
    desk: Desk, entries: list[Entry], *, key: str, title: str, description: str, url: str, feed_url: str, language: str
) -> Channel:
    logo, small_logo = logos_of(desk.frame)
    return Channel(
        id=key,
        title=title,
        description=description or title,
        url=url,
        feed_url=feed_url,
        publisher=desk.publisher,
        language=language,
        updated=max((entry.updated for entry in entries), default=_NO_STORY_YET),
        hubs=tuple(settings.TRIBUNA_WEBSUB_HUBS),
        entries=tuple(entries),
        logo=logo,
        small_logo=small_logo,
    )


def logos_of(frame: Frame) -> tuple[Logo, Logo] | tuple[None, None]:
    """Return the publication's logo, large and as RSS has room for it, for what shows it."""
    if frame.site is None or (logo := frame.logo) is None:
        return None, None
    origin = frame.site.root_url
    large, small = (Logo(_at(each.url, origin), each.width, each.height) for each in (logo.large, logo.small))
    return large, small


def _entries(stories: list[ArticlePage], desk: Desk) -> list[Entry]:
    fill_stories(stories, desk.frame)
    return [_entry(story, desk) for story in stories]


def _entry(story: ArticlePage, desk: Desk) -> Entry:
    published = story.published_at or _NO_STORY_YET
    address = desk.address(story)
    html = prose(story.body, language=story.language, address=address, roots=desk.frame.roots)
    return Entry(
        id=f"urn:uuid:{uuid5(story.translation_key, story.locale.language_code)}",
        url=address,
        title=story.title,
        summary=story.standfirst or story.search_description or excerpt(html, maximum=SUMMARY_CHARACTERS),
        html=html if desk.is_full else "",
        language=story.language,
        published=published,
        updated=max(published, story.updated_at or published),
        authors=tuple(Person(author.title, desk.address(author)) for author in story.byline),
        topics=tuple(topic.title for topic in story._topics),
        picture=picture_of(story, desk.origin),
    )


def picture_of(story: ArticlePage, origin: str) -> Picture | None:
    """Return the main picture of *story* as large as it stands on a front page."""
    image = story.main_image
    if image is None:
        return None
    drawn = largest(image, "lead")
    url = _at(drawn.url, origin)
    kind = guess_type(drawn.name)[0] or "image/jpeg"
    return Picture(url, kind, _size(drawn.name), drawn.width, drawn.height, story.image_alt, image.credit)


def _at(url: str, origin: str) -> str:
    return url if "//" in url else f"{origin}{url}"


def _size(name: str) -> int:
    try:
        size: int = NewsRendition._meta.get_field("file").storage.size(name)
    except OSError:
        return 0
    return size
