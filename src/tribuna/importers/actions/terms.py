"""Authors, sections and topics: each once in its own edition, and in another as soon as a story there needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import Locale, Page

from tribuna.core.mojibake import mended
from tribuna.core.text import clean_line, clean_text
from tribuna.importers.actions.addresses import send_on
from tribuna.importers.actions.adopting import adopt, namesakes, was_here
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.actions.planting import plant
from tribuna.importers.actions.sisters import COPY, enter_sisters, sister_keys
from tribuna.importers.base import Author, Note, Term
from tribuna.newsroom.models import AuthorIndexPage, AuthorPage, HomePage, SectionPage, TopicIndexPage, TopicPage

TITLE_CHARACTERS = 255
DEFAULT_SECTION = "~default"
NAMELESS = gettext_noop("It had no name; its key stands for it.")
SHORTENED = gettext_noop("It was too long and was cut.")

_ABOVE: dict[type[Page], type[Page]] = {AuthorPage: AuthorIndexPage, TopicPage: TopicIndexPage, SectionPage: HomePage}


def store_authors(ledger: Ledger, records: list[Author]) -> None:
    """Store authors."""
    new, changed = ledger.sorted(Author.kind, records)
    _note_names(ledger, [*new, *(record for record, _pk in changed)])
    if ledger.is_dry:
        return
    locale, _is_same = ledger.edition("")
    pages = [AuthorPage(title=title_of(r), bio=_prose(r.bio), locale=locale, live=True) for r in new]
    _keep(ledger, new, pages, locale)
    for record, pk in changed:
        _bring_up_to_date(ledger, record, pk, AuthorPage, bio=_prose(record.bio))
    ledger.write_notes(again=[(Author.kind, record.key) for record, _pk in changed])


def store_terms(ledger: Ledger, records: list[Term]) -> None:
    """Store sections and topics; what the newsroom has already by the same name is taken instead."""
    new, changed = ledger.sorted(Term.kind, records)
    _note_names(ledger, [*new, *(record for record, _pk in changed)])
    for (is_section, language), group in groupby(
        sorted(new, key=lambda term: (term.is_section, term.language)), lambda term: (term.is_section, term.language)
    ):
        some, model = list(group), SectionPage if is_section else TopicPage
        locale, _is_same = ledger.edition(language)
        adopted = adopt(ledger, some, model, locale)
        if not ledger.is_dry:
            _store_terms(ledger, [record for record in some if record.key not in adopted], model, locale)
    if ledger.is_dry:
        return
    for record, pk in changed:
        model = SectionPage if record.is_section else TopicPage
        _bring_up_to_date(ledger, record, pk, model, intro=_prose(record.description))
    ledger.write_notes(again=[(Term.kind, record.key) for record, _pk in changed])


def _store_terms(ledger: Ledger, records: Sequence[Term], model: type[SectionPage | TopicPage], locale: Locale) -> None:
    keys = sister_keys(ledger, records, [locale] * len(records))
    pages: list[Page] = [
        model(
            title=title_of(r),
            slug=r.slug,
            intro=_prose(r.description),
            locale=locale,
            live=True,
            translation_key=keys[r.key],
        )
        for r in records
    ]
    _keep(ledger, records, pages, locale)


def _keep[R: (Author, Term)](ledger: Ledger, records: Sequence[R], pages: list[Page], locale: Locale) -> None:
    """Plant the *pages* of *records* and write both down, with their old addresses."""
    if not pages:
        return
    plant(shelf(type(pages[0]), locale), pages)
    ledger.enter(records[0].kind, [(r.key, page.pk, r.digest) for r, page in zip(records, pages, strict=True)])
    enter_sisters(ledger, records, [page.pk for page in pages])
    send_on(ledger, [(a, page.pk) for r, page in zip(records, pages, strict=True) for a in r.addresses])


def _bring_up_to_date(ledger: Ledger, record: Author | Term, pk: int, model: type[Page], **fields: str) -> None:
    """Take over what changed in the source, unless an editor has worked on the page since."""
    page = model.objects.filter(pk=pk).first()
    if page is None or was_here(ledger, record, page) or page.latest_revision_id is not None:
        ledger.enter(record.kind, [(record.key, pk, record.digest)], counted="kept")
        return
    page.title = page.draft_title = title_of(record)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(clean=False)
    ledger.enter(record.kind, [(record.key, pk, record.digest)], counted="updated")
    send_on(ledger, [(address, pk) for address in record.addresses])


def shelf(model: type[Page], locale: Locale) -> Page:
    """Return the page in *locale* that pages of *model* stand below."""
    page: Page = _ABOVE[model].objects.get(locale=locale)
    return page


def _note_names(ledger: Ledger, records: Iterable[Author | Term]) -> None:
    for record in records:
        name = clean_line(record.name)
        notes = list(record.notes)
        if not name:
            notes.append(Note(NAMELESS, is_lost=False))
        if len(name) > TITLE_CHARACTERS:
            notes.append(Note(SHORTENED, original=record.name, is_lost=False))
        ledger.note(record.kind, record.key, notes)


def title_of(record: Author | Term) -> str:
    """Return the name of *record* as a page's title."""
    return (clean_line(mended(record.name)) or record.key)[:TITLE_CHARACTERS]


def _prose(text: str) -> str:
    return clean_text(mended(text))


def in_edition(ledger: Ledger, kind: str, keys: Iterable[str], model: type[Page], locale: Locale) -> dict[str, Page]:
    """Return the pages of the records with *keys* in the edition *locale*; there they are made if they are missing."""
    known = ledger.targets(kind, keys)
    pages = model.objects.in_bulk(set(known.values()))
    here = {key: pages[pk] for key, pk in known.items() if pk in pages}
    away = {key: page for key, page in here.items() if page.locale_id != locale.pk}
    if away:
        here |= _sisters(ledger, kind, away, model, locale)
    return here


def _sisters(ledger: Ledger, kind: str, away: dict[str, Page], model: type[Page], locale: Locale) -> dict[str, Page]:
    wanted = {page.translation_key: page for page in away.values()}
    found = {page.translation_key: page for page in model.objects.filter(translation_key__in=wanted, locale=locale)}
    if kind == Term.kind:
        missing = [page for key, page in wanted.items() if key not in found]
        called_so = namesakes(missing, model, locale)
        found |= {page.translation_key: called_so[page.pk] for page in missing if page.pk in called_so}
    made = [
        model(title=page.title, slug=page.slug, locale=locale, live=True, translation_key=key)
        for key, page in wanted.items()
        if key not in found
    ]
    if made:
        plant(shelf(model, locale), made)
        names = {page.translation_key: key for key, page in away.items()}
        entries = [(f"{kind}:{names[p.translation_key]}@{locale.language_code}", p.pk, "") for p in made]
        ledger.enter(COPY, entries)
        found |= {page.translation_key: page for page in made}
    return {key: found[page.translation_key] for key, page in away.items()}


def default_section(ledger: Ledger, locale: Locale) -> Page:
    """Return the section in *locale* for stories that stand in none; it is made when it is first needed."""
    key = f"{DEFAULT_SECTION}@{locale.language_code}"
    pk = ledger.targets(COPY, [key]).get(key)
    page = SectionPage.objects.filter(pk=pk).first() if pk else None
    if page is None:
        with override(locale.language_code), transaction.atomic():
            title = ledger.wishes.section or gettext("Archive")
            page = SectionPage.objects.child_of(shelf(SectionPage, locale)).filter(title=title).first()
            if page is None:
                page = SectionPage(title=title, locale=locale, live=True)
                plant(shelf(SectionPage, locale), [page])
            ledger.enter(COPY, [(key, page.pk, "")])
    return page
