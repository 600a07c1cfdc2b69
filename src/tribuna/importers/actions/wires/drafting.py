"""What an item becomes: a draft like any other, with a revision, in the wire's section. Nothing is published here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import escape, unescape
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.blocks.stream_block import StreamValue

from tribuna.core.markup import Embed, Gallery, Picture, Piece, Text
from tribuna.core.mojibake import mended
from tribuna.core.text import clean_line, clean_text
from tribuna.importers.actions.articles import KICKER_CHARACTERS
from tribuna.importers.actions.bodies import Block, blocks_of, body_pieces
from tribuna.importers.actions.planting import find_slugs
from tribuna.importers.actions.terms import TITLE_CHARACTERS
from tribuna.importers.actions.wires.asking import joined
from tribuna.importers.base import Article, Dispatch
from tribuna.importers.models import Wire
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, NewsImage, SectionPage

_HREF = re.compile(r'href="([^"]*)"')


def make_draft(
    wire: Wire, section: SectionPage, dispatch: Dispatch, *, embargo: datetime | None, image: NewsImage | None
) -> ArticlePage:
    """Return a new draft in *section* for what *dispatch* says. Belongs into a transaction."""
    page = ArticlePage(locale=section.locale, live=False, has_unpublished_changes=True)
    _fill(page, wire, dispatch, embargo, image)
    find_slugs(section, [page])
    section.add_child(instance=page)
    page.save_revision(log_action="wagtail.create")
    return page


def bring_up_to_date(
    page: ArticlePage, wire: Wire, dispatch: Dispatch, *, embargo: datetime | None, image: NewsImage | None
) -> None:
    """Let a draft that nobody has worked on say what *dispatch* says."""
    _fill(page, wire, dispatch, embargo, image)
    page.draft_title = page.title
    page.save()
    page.save_revision(log_action=True)


def mark_as_canceled(page: ArticlePage) -> None:
    """Say in the title of a draft that nobody has worked on that there is no such story any more."""
    with override(page.locale.language_code):
        title = gettext("CANCELED: %(title)s") % {"title": page.title}
    page.title = page.draft_title = title[:TITLE_CHARACTERS]
    page.go_live_at = None
    page.save()
    page.save_revision(log_action=True)


def is_untouched(page: ArticlePage, *, revision: int | None) -> bool:
    """Say whether *page* is still the draft that the wire's *revision* made of it."""
    return not page.live and page.latest_revision_id == revision and page.current_workflow_state is None


def _fill(page: ArticlePage, wire: Wire, dispatch: Dispatch, embargo: datetime | None, image: NewsImage | None) -> None:
    facts: dict[str, Any] = {
        "title": title_of(dispatch),
        "kicker": clean_line(mended(dispatch.kicker))[:KICKER_CHARACTERS],
        "standfirst": clean_text(mended(dispatch.summary)),
        "body": StreamValue(ArticlePage.body.field.stream_block, _blocks(wire, dispatch), is_lazy=True),
        "main_image": image,
        "story_language": _story_language(page, dispatch.language or wire.language),
        "go_live_at": embargo if embargo is not None and embargo > timezone.now() else None,
        "authors": [ArticleAuthor(author=wire.byline)] if wire.byline else [],
    }
    for name, value in facts.items():
        setattr(page, name, value)


def title_of(dispatch: Dispatch) -> str:
    """Return what the draft is called: what the item says, else the beginning of its summary, else its key."""
    said = (dispatch.title, dispatch.summary, dispatch.key)
    return next(filter(None, (clean_line(mended(each)) for each in said)), "–")[:TITLE_CHARACTERS]


def _story_language(page: ArticlePage, language: str) -> str:
    """Return the language to name on the page: none where it is the edition's, or one that no story may be in."""
    code = language.lower().replace("_", "-")
    if page.locale.language_code in {code, code.partition("-")[0]}:
        return ""
    known = settings.TRIBUNA_STORY_LANGUAGES
    return next((each for each in (code, code.partition("-")[0]) if each in known), "")


def _blocks(wire: Wire, dispatch: Dispatch) -> list[Block]:
    pieces, _notes = body_pieces(Article(key=dispatch.key, title="", html=dispatch.html))
    base = dispatch.address or wire.address
    blocks, _notes = blocks_of([_whole(piece, base) for piece in pieces], {})
    credit = clean_line(mended(wire.credit or dispatch.credit))
    if credit:
        last, _notes = blocks_of([Text(f"<p><i>{escape(credit, quote=False)}</i></p>")], {})
        blocks += last
    return blocks


def _whole(piece: Piece, base: str) -> Piece:
    """Return *piece* with addresses that lead where they led at *base*, and not into our own site."""
    match piece:
        case Text(html):
            return Text(_HREF.sub(lambda found: f'href="{escape(joined(base, unescape(found[1])))}"', html))
        case Picture():
            return replace(piece, src=joined(base, piece.src))
        case Gallery(pictures):
            return Gallery(tuple(replace(each, src=joined(base, each.src)) for each in pictures))
        case Embed():
            return replace(piece, url=joined(base, piece.url))
    return piece
