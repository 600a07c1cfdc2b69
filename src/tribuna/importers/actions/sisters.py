"""Translations of one another: pages that share a key, one in each edition."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext_noop
from wagtail.models import Locale, Page

from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.base import Article, Note, Record, Term

COPY = "copy"  # what was made besides: a section in another edition, the first of several translations
SISTERS_APART = gettext_noop("It could not be linked with its translations: two of them stand in the same edition.")


def _name(record: Record) -> str:
    sister = record.sister if isinstance(record, Article | Term) else ""
    return f"{record.kind}:sister:{sister}" if sister else ""


def sister_keys(ledger: Ledger, records: Sequence[Record], locales: Sequence[Locale]) -> dict[str, UUID]:
    """Return a translation key for each of *records*, by their keys; two of one edition never share one."""
    first = ledger.targets(COPY, {_name(record) for record in records})
    known = dict(Page.objects.filter(pk__in=first.values()).values_list("pk", "translation_key"))
    shared = {name: known[pk] for name, pk in first.items() if pk in known}
    used = set(Page.objects.filter(translation_key__in=shared.values()).values_list("translation_key", "locale_id"))
    keys = {}
    for record, locale in zip(records, locales, strict=True):
        name = _name(record)
        key = shared.setdefault(name, uuid4()) if name else uuid4()
        if (key, locale.pk) in used:
            ledger.note(record.kind, record.key, [Note(SISTERS_APART, name, is_lost=False)])
            key = uuid4()
        used.add((key, locale.pk))
        keys[record.key] = key
    return keys


def enter_sisters(ledger: Ledger, records: Sequence[Record], pks: Sequence[int]) -> None:
    """Write down which page is the first of each set of translations."""
    first: dict[str, int] = {}
    for record, pk in zip(records, pks, strict=True):
        if name := _name(record):
            first.setdefault(name, pk)
    known = ledger.targets(COPY, first)
    ledger.enter(COPY, [(name, pk, "") for name, pk in first.items() if name not in known], counted="")
