"""What an editor lets machines do at a site."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from tribuna.core.prepared import prepared
from tribuna.newsroom.queries import frame_of
from tribuna.press.base import printing
from tribuna.syndication.models import Terms


class _Latest:
    """What was read last by this process: (epoch of the press, terms by site)."""

    terms: tuple[Hashable, Mapping[int, Terms]] = (None, {})


_latest = _Latest()


def terms_of(request: HttpRequest) -> Terms:
    """Return the terms of the site at the request's host, or those that hold where nobody has set any.

    One query, and none where it was asked in this epoch of the press: a change of terms makes it forget every page.
    """
    terms: Terms | None = getattr(request, "terms", None)
    if terms is None:
        terms = request.terms = _terms_at(frame_of(request).site)  # type: ignore[attr-defined]  # the name is ours
    return terms


def _terms_at(site: Site | None) -> Terms:
    notes = printing.get()
    epoch, known = _latest.terms
    if notes is None or notes.epoch is None or notes.epoch != epoch:
        known = {terms.site_id: terms for terms in _all_terms()}
        if notes is not None:
            _latest.terms = (notes.epoch, known)
    return (known.get(site.pk) if site else None) or _nothing_said()


@prepared
def _all_terms() -> QuerySet[Terms]:
    found: QuerySet[Terms] = Terms.objects.all()
    return found


@cache
def _nothing_said() -> Terms:
    """Return the terms that hold where nobody has set any, of no site. Not to be changed."""
    return Terms()
