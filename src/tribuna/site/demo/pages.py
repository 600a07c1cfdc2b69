"""Makes the demo's pages: sections, desks, topics and stories, in both languages, each linked to its translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from wagtail.models import Locale, Page

from tribuna.newsroom.models import (
    ArticleAuthor,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    Correction,
    HomePage,
    NewsImage,
    RelatedStory,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.people.models import User
from tribuna.site.demo import content
from tribuna.site.demo.content import Story

LANGUAGES = ("en", "es")
ORIGINAL = "en"  # the language of what exists only once: a few stories, and the pictures' own words

type Place = tuple[str, str]  # the key of a thing and the language of the page tree


@dataclass(slots=True)
class Paper:
    """What stands already, and what it is made of."""

    pictures: Mapping[str, NewsImage]
    owner: User
    now: datetime
    words: dict[str, dict[str, Any]] = field(default_factory=content.pictures)  # alt texts and captions
    twins: defaultdict[tuple[str, str], UUID] = field(default_factory=lambda: defaultdict(uuid4))
    desks: dict[Place, AuthorPage] = field(default_factory=dict)
    topics: dict[Place, TopicPage] = field(default_factory=dict)
    sections: dict[Place, SectionPage] = field(default_factory=dict)
    stories: dict[Place, ArticlePage] = field(default_factory=dict)

    def add[P: Page](self, parent: Page, page: P, *, key: str) -> P:
        """Put *page* below *parent*, as a translation of the page of its kind that has the same *key*."""
        page.locale_id, page.owner = parent.locale_id, self.owner
        page.translation_key = self.twins[type(page).__name__, key]
        added: P = parent.add_child(instance=page)
        return added


def open_pages(paper: Paper, facts: dict[str, Any]) -> None:
    """Give the home pages their names, and make sections, desks and topics."""
    for language in LANGUAGES:
        home = HomePage.objects.get(locale=Locale.objects.get(language_code=language))
        home.title = home.draft_title = facts["name"]
        home.tagline = facts["tagline"][language]
        home.save()
        desks, topics = (kind.objects.child_of(home).get() for kind in (AuthorIndexPage, TopicIndexPage))
        for key, words in _each(facts["sections"], language):
            paper.sections[key, language] = paper.add(home, SectionPage(**words), key=key)
        for key, words in _each(facts["topics"], language):
            paper.topics[key, language] = paper.add(topics, TopicPage(**words), key=key)
        for key, words in _each(facts["desks"], language):
            portrait = paper.pictures[facts["desks"][key]["picture"]]
            desk = AuthorPage(title=words.pop("name"), portrait=portrait, is_desk=True, **words)
            paper.desks[key, language] = paper.add(desks, desk, key=key)


def _each(facts: dict[str, Any], language: str) -> Iterator[tuple[str, dict[str, str]]]:
    return ((key, dict(one[language])) for key, one in facts.items())


def write_stories(paper: Paper, stories: list[Story]) -> None:
    """Make a page for every story: in both trees where readers see it, told in the original language if need be."""
    places = [
        (story, language)
        for story in stories
        for language in LANGUAGES
        if story.state == "published" or language in story.versions
    ]
    for story, language in places:
        page = _article(paper, story, language)
        paper.stories[story.key, language] = paper.add(paper.sections[story.section, language], page, key=story.key)
    for story, language in places:  # now that every story has a page to be led to
        page = paper.stories[story.key, language]
        page.body = _body(paper, story, language)
        page.related.add(*(RelatedStory(story=paper.stories[key, language]) for key in story.related))
        page.save()


def _written(story: Story, language: str) -> str:
    """The language in which *story* is told in the tree of *language*."""
    return language if language in story.versions else ORIGINAL


def _article(paper: Paper, story: Story, language: str) -> ArticlePage:
    written = _written(story, language)
    version = story.versions[written]
    appeared = moment(paper, story) if story.state == "published" else None
    words = _picture(paper, story.picture, written)
    page = ArticlePage(
        title=version.title,
        kicker=version.kicker,
        standfirst=content.plain(version.standfirst),
        main_image=paper.pictures[story.picture],
        main_image_alt=words["alt"],
        main_image_caption=words["caption"],
        published_at=appeared,
        story_language="" if written == language else written,
        comments_policy=story.comments,
        live=appeared is not None,
    )
    page.authors.add(*(ArticleAuthor(author=paper.desks[key, language]) for key in story.authors))
    page.topics = [paper.topics[key, language] for key in story.topics]
    dates = [paper.now - timedelta(days=correction["days"]) for correction in version.corrections]
    for date, correction in zip(dates, version.corrections, strict=True):
        page.corrections.add(Correction(date=date.date(), text=correction["text"]))
    page.first_published_at = page.latest_revision_created_at = appeared
    page.last_published_at = max(dates, default=appeared)
    return page


def moment(paper: Paper, story: Story) -> datetime:
    """When *story* appeared."""
    return story.published or paper.now - timedelta(days=story.days)


def _picture(paper: Paper, key: str, written: str) -> dict[str, Any]:
    """The words for a picture where they differ from its own, which are in the original language."""
    return dict(paper.words[key][written]) if written != ORIGINAL else {"alt": "", "caption": ""}


def _body(paper: Paper, story: Story, language: str) -> list[dict[str, Any]]:
    written = _written(story, language)
    return [
        _block(paper, kind, value, language=language, written=written)
        for kind, value in content.blocks(story.versions[written].body)
    ]


def _block(paper: Paper, kind: str, value: Any, *, language: str, written: str) -> dict[str, Any]:
    if kind == "read_more":
        value = paper.stories[value, language].pk
    if kind == "pictures":
        shown = [{"image": paper.pictures[key].pk, **_picture(paper, key, written)} for key in value]
        gallery = [{"type": "item", "value": picture} for picture in shown]
        kind, value = ("image", shown[0]) if len(shown) == 1 else ("gallery", gallery)
    return {"type": kind, "value": value}
