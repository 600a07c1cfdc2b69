"""Stories, a batch at a time: each in its edition and section, with byline, topics, pictures and old addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_info, gettext_noop
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Locale, Page

from tribuna.core.markup import Picture, Piece
from tribuna.core.mojibake import mended
from tribuna.core.text import clean_line, clean_text
from tribuna.importers.actions.addresses import send_on
from tribuna.importers.actions.bodies import Block, addresses_in, blocks_of, body_pieces
from tribuna.importers.actions.files import by_key, pictures_at
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.actions.planting import plant
from tribuna.importers.actions.sisters import enter_sisters, sister_keys
from tribuna.importers.actions.terms import NAMELESS, SHORTENED, TITLE_CHARACTERS, default_section, in_edition
from tribuna.importers.base import DATE_UNKNOWN, Article, Author, Note, Term
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, AuthorPage, CommentsPolicy, SectionPage, TopicPage

KICKER_CHARACTERS = 80
LANGUAGE_ELSEWHERE = gettext_noop(
    "There is no edition in its language; it stands in the main one and says which it is."
)
LANGUAGE_UNKNOWN = gettext_noop("Nobody knows its language; it stands in the main edition.")
IMAGE_MISSING = gettext_noop("Its main image did not come.")


@dataclass
class _Story:
    """A record on its way: what its body is made of and where it will stand."""

    record: Article
    locale: Locale
    is_own_language: bool
    pieces: list[Piece]
    notes: list[Note]
    blocks: list[Block] = field(default_factory=list)
    image: int | None = None
    section: Page = field(default_factory=SectionPage)
    authors: list[Page] = field(default_factory=list)
    topics: list[Page] = field(default_factory=list)


def store_articles(ledger: Ledger, records: list[Article]) -> None:
    """Store stories; those that changed in the source are brought up to date unless an editor has worked on them."""
    new, changed = ledger.sorted(Article.kind, records)
    fresh, known = [_begun(ledger, r) for r in new], [_begun(ledger, r) for r, _pk in changed]
    _fill([*fresh, *known], ledger)
    if ledger.is_dry:
        return
    _place([*fresh, *known], ledger)
    _store_new(ledger, fresh)
    for story, (_record, pk) in zip(known, changed, strict=True):
        _bring_up_to_date(ledger, story, pk)
    ledger.write_notes(again=[(Article.kind, record.key) for record, _pk in changed])


def _begun(ledger: Ledger, record: Article) -> _Story:
    locale, is_own = ledger.edition(record.language)
    pieces, notes = body_pieces(record)
    pieces += [Picture(by_key(key)) for key in record.pictures]
    return _Story(record, locale, is_own, pieces, [*record.notes, *notes, *_fact_notes(record, is_own)])


def _fact_notes(record: Article, is_own_language: bool) -> list[Note]:
    notes = []
    title = clean_line(record.title)
    if not title:
        notes.append(Note(NAMELESS, is_lost=False))
    if len(title) > TITLE_CHARACTERS:
        notes.append(Note(SHORTENED, original=record.title, is_lost=False))
    if record.is_live and record.published_at is None:
        notes.append(Note(DATE_UNKNOWN, is_lost=False))
    if not is_own_language:
        about = LANGUAGE_ELSEWHERE if _known_language(record.language) else LANGUAGE_UNKNOWN
        notes.append(Note(about, record.language, is_lost=False))
    return notes


def _known_language(code: str) -> str:
    """Return *code* as Django spells it, empty if Django has never heard of it."""
    try:
        return str(get_language_info(code.lower().replace("_", "-"))["code"])
    except KeyError:
        return ""


def _fill(stories: Sequence[_Story], ledger: Ledger) -> None:
    """Make blocks of what was read, with the pictures that came."""
    main = {by_key(story.record.main_image) for story in stories}
    pictures = pictures_at(ledger, {*main, *chain.from_iterable(addresses_in(story.pieces) for story in stories)})
    for story in stories:
        story.blocks, notes = blocks_of(story.pieces, pictures)
        story.image = pictures.get(by_key(story.record.main_image))
        if story.record.main_image and story.image is None:
            notes.append(Note(IMAGE_MISSING, story.record.main_image))
        story.notes += notes
        ledger.note(Article.kind, story.record.key, story.notes)


def _place(stories: Sequence[_Story], ledger: Ledger) -> None:
    """Find where *stories* stand: section, authors and topics of each in its own edition."""
    for locale in {story.locale for story in stories}:
        here = [story for story in stories if story.locale == locale]
        records = [story.record for story in here]
        sections = in_edition(ledger, Term.kind, {r.section for r in records}, SectionPage, locale)
        topics = in_edition(ledger, Term.kind, {key for r in records for key in r.topics}, TopicPage, locale)
        authors = in_edition(ledger, Author.kind, {key for r in records for key in r.authors}, AuthorPage, locale)
        for story in here:
            story.section = sections.get(story.record.section) or default_section(ledger, locale)
            story.topics = [topics[key] for key in dict.fromkeys(story.record.topics) if key in topics]
            story.authors = [authors[key] for key in dict.fromkeys(story.record.authors) if key in authors]


def _facts(story: _Story) -> dict[str, Any]:
    """Return the fields of the page."""
    record = story.record
    published = record.published_at or record.updated_at or (timezone.now() if record.is_live else None)
    return {
        "title": (clean_line(mended(record.title)) or record.key)[:TITLE_CHARACTERS],
        "kicker": clean_line(mended(record.kicker))[:KICKER_CHARACTERS],
        "standfirst": clean_text(mended(record.standfirst)),
        "body": StreamValue(ArticlePage.body.field.stream_block, story.blocks, is_lazy=True),
        "main_image_id": story.image,
        "main_image_alt": clean_line(mended(record.main_image_alt))[:TITLE_CHARACTERS],
        "live": record.is_live,
        "published_at": published,
        "first_published_at": published if record.is_live else None,
        "last_published_at": (record.updated_at or published) if record.is_live else None,
        "story_language": "" if story.is_own_language else _known_language(record.language),
        "comments_policy": CommentsPolicy.OPEN if record.takes_comments else CommentsPolicy.CLOSED,
    }


def _store_new(ledger: Ledger, stories: Sequence[_Story]) -> None:
    keys = sister_keys(ledger, [story.record for story in stories], [story.locale for story in stories])
    pages = {}
    by_section: defaultdict[Page, list[tuple[_Story, ArticlePage]]] = defaultdict(list)
    for story in stories:
        section = story.section
        page = ArticlePage(
            slug=story.record.slug,
            locale=story.locale,
            translation_key=keys[story.record.key],
            page_above_id=section.pk,
            **_facts(story),
        )
        pages[story.record.key] = page
        by_section[section].append((story, page))
    for section, some in by_section.items():
        plant(section, [page for _story, page in some])
    _store_beside([(story, pages[story.record.key]) for story in stories])
    records = [story.record for story in stories]
    pks = [pages[record.key].pk for record in records]
    ledger.enter(Article.kind, [(r.key, pk, r.digest) for r, pk in zip(records, pks, strict=True)])
    enter_sisters(ledger, records, pks)
    send_on(ledger, [(a, pk) for r, pk in zip(records, pks, strict=True) for a in r.addresses])


def _store_beside(pairs: Sequence[tuple[_Story, ArticlePage]]) -> None:
    """Store bylines and topics."""
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article_id=page.pk, author_id=author.pk, sort_order=place)
        for story, page in pairs
        for place, author in enumerate(story.authors)
    )
    through = ArticlePage.topics.through
    through.objects.bulk_create(
        through(articlepage_id=page.pk, topicpage_id=topic.pk) for story, page in pairs for topic in story.topics
    )


def _bring_up_to_date(ledger: Ledger, story: _Story, pk: int) -> None:
    """Take over what changed in the source, unless an editor has worked on the page since."""
    record = story.record
    page = ArticlePage.objects.filter(pk=pk).first()
    if page is None or page.latest_revision_id is not None:
        ledger.enter(Article.kind, [(record.key, pk, record.digest)], counted="kept")
        return
    beside = {"authors": [ArticleAuthor(author=author) for author in story.authors], "topics": story.topics}
    for name, value in (_facts(story) | beside).items():
        setattr(page, name, value)
    page.draft_title = page.title
    page.save(clean=False)
    ledger.enter(Article.kind, [(record.key, pk, record.digest)], counted="updated")
    send_on(ledger, [(address, pk) for address in record.addresses])
