"""A run: a wire is asked, and each of its items becomes a draft, changes one, or leaves one alone."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from tribuna.core.text import clean_line
from tribuna.importers.actions.ledger import short_key
from tribuna.importers.actions.wires.asking import Answer, ask, joined
from tribuna.importers.actions.wires.drafting import (
    bring_up_to_date,
    is_untouched,
    make_draft,
    mark_as_canceled,
    title_of,
)
from tribuna.importers.actions.wires.folders import content_of, documents_in, folder_called, put_aside
from tribuna.importers.actions.wires.pictures import fetch_picture
from tribuna.importers.base import Dispatch, PassedOver, SourceBroken, Standing
from tribuna.importers.models import Wire, WireItem
from tribuna.importers.models.wires import ADDRESS_MAX_CHARACTERS
from tribuna.importers.sources.wires import dispatches_in
from tribuna.newsroom.models import ArticlePage, NewsImage, SectionPage

logger = logging.getLogger(__name__)

LINE_CHARACTERS = 255
VERSION_CHARACTERS = 60
VERSION_DIGITS = 15


@dataclass
class Taken:
    """What a run did: how many items became what, each in the order in which it came, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    items: list[tuple[str, str]] = field(default_factory=list)  # (what became of it, title)
    error: str = ""
    answer: Answer | None = None

    def add(self, outcome: str, title: str) -> None:
        """Count an item."""
        self.counts[outcome] += 1
        self.items.append((outcome, title))


def take_in(wire: Wire, *, is_dry: bool = False) -> Taken:
    """Ask *wire* and take in what it has; what went wrong is told in what is returned, and kept on the wire.

    Each item is stored whole or not at all, and one that was taken before changes nothing. A dry run stores nothing.
    """
    taken = Taken()
    try:
        _Run(wire, taken, is_dry=is_dry).take_all()
    except SourceBroken as error:
        taken.error = str(error)
    if not is_dry:
        _write_down(wire, taken)
    return taken


def _write_down(wire: Wire, taken: Taken) -> None:
    now = timezone.now()
    wire.ran_at, wire.error, wire.counts = now, taken.error, dict(taken.counts)
    wire.failures = wire.failures + 1 if taken.error else 0
    wire.due_at = wire.next_due(now)
    if taken.error:
        logger.warning("Wire %s: %s", wire.name, taken.error)
    elif taken.answer is not None:
        wire.etag, wire.modified = taken.answer.etag[:500], taken.answer.modified[:100]
    wire.save(update_fields=["ran_at", "error", "counts", "failures", "due_at", "etag", "modified"])


class _Run:
    """One run of one wire."""

    def __init__(self, wire: Wire, taken: Taken, *, is_dry: bool) -> None:
        self.wire, self.taken, self.is_dry = wire, taken, is_dry
        self.folder: Path | None = None

    @property
    def _section(self) -> SectionPage:
        section: SectionPage | None = self.wire.section
        if section is None:
            raise SourceBroken("it has no section for its drafts; choose one in the admin")
        return section

    def take_all(self) -> None:
        """Take in what there is. Raises SourceBroken."""
        assert self._section  # noqa: S101 - before anybody is asked
        if self.wire.folder:
            self._take_folder()
            return
        etag, modified = ("", "") if self.is_dry else (self.wire.etag, self.wire.modified)
        answer = ask(self.wire.address, etag=etag, modified=modified, maximum_bytes=settings.TRIBUNA_WIRE_MAXIMUM_BYTES)
        if answer is not None:
            self._take_document(answer.content)
            self.taken.answer = answer

    def _take_folder(self) -> None:
        """Take in the files of a watched folder; one that can't be read does not stand in the others' way."""
        self.folder = folder_called(self.wire.folder)
        flaws = []
        for path in documents_in(self.folder):
            try:
                self._take_document(content_of(path, maximum_bytes=settings.TRIBUNA_WIRE_MAXIMUM_BYTES))
            except SourceBroken as error:
                flaws.append(f"{path.name}: {error}")
                self._put_aside(path, is_refused=True)
            else:
                self._put_aside(path, is_refused=False)
        if flaws:
            raise SourceBroken("; ".join(flaws))

    def _put_aside(self, path: Path, *, is_refused: bool) -> None:
        if not self.is_dry:
            put_aside(path, is_refused=is_refused)

    def _take_document(self, content: bytes) -> None:
        items = dispatches_in(content, format=self.wire.format)
        for item in islice(items, settings.TRIBUNA_WIRE_ITEMS):
            if isinstance(item, PassedOver):
                self._pass_over(item)
            else:
                self.taken.add(self._tried(item), title_of(item))
        if next(items, None) is not None:
            logger.warning("Wire %s: a document has more than %s items.", self.wire.name, settings.TRIBUNA_WIRE_ITEMS)

    def _pass_over(self, item: PassedOver) -> None:
        """Say that it came. It is no failure: a wire that fails is asked less and less often."""
        line = clean_line(f"{item.name or '–'}: {item.reason}")[:LINE_CHARACTERS]
        self.taken.add("passed", line)
        logger.info("Wire %s passed over %s", self.wire.name, line)

    def _tried(self, dispatch: Dispatch) -> str:
        """Return what became of *dispatch*; one that can't be stored is refused, and the others go on."""
        try:
            return self._take(dispatch)
        except (OperationalError, InterfaceError):  # of the database, not of this item
            raise
        except Exception:
            logger.exception("Item %s of wire %s could not be stored.", dispatch.key, self.wire.name)
            return "refused"

    def _take(self, dispatch: Dispatch) -> str:
        key = short_key(clean_line(dispatch.key))
        if not key:
            return "refused"
        item = self.wire.items.select_related("page").filter(key=key).first()
        outcome = _outcome(item, dispatch)
        if self.is_dry or outcome == "same":
            return outcome
        image, address = self._picture(item, dispatch) if outcome in {"created", "updated"} else (None, "")
        with transaction.atomic():
            Wire.objects.select_for_update().get(pk=self.wire.pk)  # one run at a time has the say
            item = self.wire.items.select_related("page").filter(key=key).first()
            outcome = _outcome(item, dispatch)
            if outcome != "same":
                self._store(item or WireItem(wire=self.wire, key=key), dispatch, outcome, image, address)
        return outcome

    def _picture(self, item: WireItem | None, dispatch: Dispatch) -> tuple[NewsImage | None, str]:
        """Return the picture and where it was; one that is there already is not fetched again."""
        if dispatch.picture is None or not self.wire.takes_pictures:
            return None, ""
        address = joined(dispatch.address or self.wire.address, dispatch.picture.url)
        if item is not None and item.picture is not None and item.picture_address == address[:ADDRESS_MAX_CHARACTERS]:
            return item.picture, address
        return fetch_picture(dispatch.picture, dispatch, address=address, folder=self.folder), address

    def _store(self, item: WireItem, dispatch: Dispatch, outcome: str, image: NewsImage | None, address: str) -> None:
        """Store what became of *dispatch*, and where its draft is from."""
        now = timezone.now()
        item.embargo = self._embargo(item, dispatch, now)
        item.state = dispatch.standing.value
        item.terms = dispatch.terms
        item.digest, item.fetched_at = dispatch.digest, now
        page = self._drafted(item, dispatch, outcome, image)
        if page is None:  # there is no draft, or it is an editor's by now
            item.newer_version = item.page is not None
            item.title = item.title or title_of(dispatch)
        else:
            item.page, item.revision_id, item.newer_version = page, page.latest_revision_id, False
            item.title, item.version = title_of(dispatch), dispatch.version[:VERSION_CHARACTERS]
            item.byline = clean_line(dispatch.byline)[:LINE_CHARACTERS]
            item.address = dispatch.address[:ADDRESS_MAX_CHARACTERS]
            item.picture, item.picture_address = image, address[:ADDRESS_MAX_CHARACTERS] if image else ""
        item.save()

    def _drafted(self, item: WireItem, dispatch: Dispatch, outcome: str, image: NewsImage | None) -> ArticlePage | None:
        """Return the draft as the wire has it now, None where there is none or the wire may not change it."""
        if outcome == "created":
            return make_draft(self.wire, self._section, dispatch, embargo=item.embargo, image=image)
        if item.page is None or not is_untouched(item.page, revision=item.revision_id):
            return None
        if outcome == "canceled":
            mark_as_canceled(item.page)
        else:
            bring_up_to_date(item.page, self.wire, dispatch, embargo=item.embargo, image=image)
        return item.page

    def _embargo(self, item: WireItem, dispatch: Dispatch, now: datetime) -> datetime | None:
        """Return until when nobody may publish it: the later of what the item says and what the wire holds it for.

        It ends with a minute: an editor's form knows no seconds, and would be a few too early.
        """
        moments = [dispatch.embargo] if dispatch.embargo else []
        if self.wire.hold_minutes:
            start = dispatch.published_at or item.fetched_at or now
            moments.append(start + timedelta(minutes=self.wire.hold_minutes))
        end = max(moments, default=None)
        return end and (end + timedelta(minutes=1, microseconds=-1)).replace(second=0, microsecond=0)


def _outcome(item: WireItem | None, dispatch: Dispatch) -> str:
    """Return what is to become of *dispatch*, of which *item* is known."""
    is_canceled = dispatch.standing == Standing.CANCELED
    if item is None:
        return "canceled" if is_canceled else "created"
    if item.digest == dispatch.digest or _is_older(dispatch.version, item.version):
        return "same"
    if is_canceled:
        return "canceled"
    is_ours = item.page is not None and is_untouched(item.page, revision=item.revision_id)
    return "updated" if is_ours else "left"


def _is_older(version: str, known: str) -> bool:
    numbers = [each for each in (version, known) if each.isascii() and each.isdigit() and len(each) <= VERSION_DIGITS]
    return len(numbers) == 2 and int(version) < int(known)
