"""Archives to bring: records as a source would give them, and whole runs."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tribuna.comments.models import Comment as Stored
from tribuna.importers.actions import Outcome, Wishes, import_archive
from tribuna.importers.base import Article, Author, Comment, File, Reading, Record, Said, Term
from tribuna.importers.models import Finding, Origin

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
BEGINNING = datetime(2012, 5, 1, 9, 0, tzinfo=UTC)


def shared(path: str) -> Path:
    """Return a real export, or skip the test that wants it."""
    for folder in (SHARED, *(parent / "shared/data" for parent in Path.cwd().parents)):
        if (folder / path).exists():
            return folder / path
    pytest.skip(f"no real exports here: ../shared/data/{path}")


def unpacked(path: str, folder: Path) -> Path:
    """Return a real, packed database, unpacked into *folder*."""
    plain = folder / Path(path).stem
    plain.write_bytes(gzip.decompress(shared(path).read_bytes()))
    return plain


def article(key: str = "1", **fields: Any) -> Article:
    return Article(
        **{"key": key, "title": f"Story {key}", "html": "<p>It rained.</p>", "published_at": BEGINNING} | fields
    )


def comment(key: str = "1", **fields: Any) -> Comment:
    fields = {"article": "1", "text": f"Said {key}", "name": "Reader 1", "created_at": BEGINNING} | fields
    return Comment(key=key, **fields)


def author(key: str = "1", **fields: Any) -> Author:
    return Author(**{"key": key, "name": f"Desk {key}"} | fields)


def term(key: str = "1", **fields: Any) -> Term:
    return Term(**{"key": key, "name": f"Term {key}"} | fields)


def file(key: str = "1", **fields: Any) -> File:
    return File(**{"key": key, "path": f"{key}.jpg", "addresses": (f"/files/{key}.jpg",)} | fields)


def bring(*records: Record, name: str = "old", is_dry: bool = False, **wishes: Any) -> Outcome:
    """Run *records* through the writer."""
    return import_archive(Reading(records), name=name, source="lines", wishes=Wishes(**wishes), is_dry=is_dry)


def told(outcome: Outcome, kind: str) -> dict[str, int]:
    """Return what a run counted of *kind*, without noughts."""
    return {name: number for name, number in outcome.ledger.counts[kind].items() if number}


def archive():
    """A small archive with everything in it."""
    return [
        author("1", name="Harbour desk", bio="They look at ships.", addresses=("/user/1",)),
        term("s", name="Harbour", is_section=True, description="Ships.", addresses=("/taxonomy/term/1",)),
        term("t", name="Ferries"),
        article(
            "1",
            section="s",
            topics=("t",),
            authors=("1",),
            addresses=("/node/1", "/harbour/old", "/?p=1"),
            standfirst="In short.",
            kicker="Ships",
            updated_at=BEGINNING,
        ),
        article("2", language="es", section="s", topics=("t",), authors=("1",), title="Llueve", addresses=("/node/2",)),
        article("3", is_live=False, published_at=None, takes_comments=False),
        comment("1"),
        comment("2", parent="1", state=Said.HELD),
        comment("3", parent="2"),
        comment("4", article="2", name="", email="Reader@Example.org"),
    ]


def everything():
    """What the database holds that a run could change."""
    return (
        list(Page.objects.order_by("path").values_list("path", "url_path", "numchild", "live", "title")),
        list(Stored.objects.order_by("pk").values_list("page", "path", "state", "visible", "replies", "body_html")),
        list(Redirect.objects.order_by("old_path").values_list("old_path", "redirect_page")),
        sorted(Origin.objects.values_list("kind", "key", "digest")),
    )


def about(kind="article"):
    return list(Finding.objects.filter(kind=kind).order_by("pk").values_list("key", "about"))
