"""What an editor lets machines do at a site."""

from __future__ import annotations

from functools import cache

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from tribuna.core.prepared import prepared
from tribuna.newsroom.queries import frame_of
from tribuna.press.actions import remembered
from tribuna.press.base import SITE
from tribuna.syndication.models import Terms


def terms_of(request: HttpRequest) -> Terms:
    """Return the terms of the site at the request's host, or those that hold where nobody has set any.

    One query, and none where the press has not forgotten every page since, as it does when terms are changed.
    """
    terms: Terms | None = getattr(request, "terms", None)
    if terms is None:
        terms = request.terms = _terms_at(frame_of(request).site)  # type: ignore[attr-defined]  # the name is ours
    return terms


def _terms_at(site: Site | None) -> Terms:
    known = remembered("terms", lambda: ({terms.site_id: terms for terms in _all_terms()}, [SITE]))
    return (known.get(site.pk) if site else None) or _nothing_said()


@prepared
def _all_terms() -> QuerySet[Terms]:
    found: QuerySet[Terms] = Terms.objects.all()
    return found


@cache
def _nothing_said() -> Terms:
    """Return the terms that hold where nobody has set any, of no site. Not to be changed."""
    return Terms()
