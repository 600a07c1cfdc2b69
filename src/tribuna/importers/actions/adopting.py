"""Sections and topics that the newsroom has already, which those of an archive by the same name and language become."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext_noop
from wagtail.models import Locale, Page

from tribuna.core.mojibake import mended
from tribuna.core.text import clean_line
from tribuna.importers.actions.addresses import send_on
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.actions.sisters import COPY, enter_sisters
from tribuna.importers.base import Note, Record, Term
from tribuna.importers.models import Origin

ADOPTED = gettext_noop("There was one of this name here already; stories stand in that, and it stays as it is.")


def adopt(ledger: Ledger, records: Sequence[Term], model: type[Page], locale: Locale) -> set[str]:
    """Let those of *records*, new ones, that have a namesake in the edition *locale* be that; return their keys.

    Of two in the archive the first gets it: what they tell apart stays apart. What came from the archive is nobody's
    namesake. Belongs into the transaction that stores the others.
    """
    here = _namesakes(model, locale, [_name(record) for record in records])
    ours = Origin.objects.filter(archive_id=ledger.archive.pk, kind=Term.kind, target__in=[p.pk for p in here.values()])
    taken = set(ours.values_list("target", flat=True))
    found: dict[str, Page] = {}
    for record in records:
        page = here.pop(_name(record), None)
        if page is not None and page.pk not in taken:
            found[record.key] = page
            _note(ledger, record, page)
    adopted = [record for record in records if record.key in found]
    if ledger.is_dry:
        ledger.counts[Term.kind].update(adopted=len(adopted), created=-len(adopted))
    elif adopted:
        _enter(ledger, adopted, [found[record.key] for record in adopted])
    return set(found)


def _enter(ledger: Ledger, records: Sequence[Term], pages: Sequence[Page]) -> None:
    pairs = list(zip(records, pages, strict=True))
    ledger.enter(Term.kind, [(r.key, page.pk, r.digest) for r, page in pairs], counted="adopted")
    ledger.enter(COPY, [(_mark(r), page.pk, "") for r, page in pairs], counted="")
    enter_sisters(ledger, records, [page.pk for page in pages])
    send_on(ledger, [(address, page.pk) for r, page in pairs for address in r.addresses])


def was_here(ledger: Ledger, record: Record, page: Page) -> bool:
    """Say whether *page*, which *record* became, was here before; that is noted as when it was adopted."""
    is_adopted = bool(ledger.targets(COPY, [_mark(record)]))
    if is_adopted:
        _note(ledger, record, page)
    return is_adopted


def _note(ledger: Ledger, record: Record, page: Page) -> None:
    ledger.note(record.kind, record.key, [Note(ADOPTED, page.title, is_lost=False)])


def namesakes(pages: Iterable[Page], model: type[Page], locale: Locale) -> dict[int, Page]:
    """Return the pages of *model* in the edition *locale* that are called like *pages*, by the keys of these."""
    names = {page.pk: page.title.casefold() for page in pages}
    found = _namesakes(model, locale, names.values())
    return {pk: found[name] for pk, name in names.items() if name in found}


def _namesakes(model: type[Page], locale: Locale, names: Collection[str]) -> dict[str, Page]:
    """Return those pages that readers see, by name; the oldest of those called the same."""
    wanted = set(names) - {""}
    if not wanted:
        return {}
    titles = model.objects.live().filter(locale=locale).order_by("-pk").values_list("title", "pk")
    pks = {title.casefold(): pk for title, pk in titles if title.casefold() in wanted}
    pages = model.objects.in_bulk(pks.values())
    return {name: pages[pk] for name, pk in pks.items()}


def _name(record: Term) -> str:
    return clean_line(mended(record.name)).casefold()


def _mark(record: Record) -> str:
    return f"{record.kind}:adopted:{record.key}"
