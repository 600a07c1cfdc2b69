"""What machines are told they may do."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from tribuna.press.actions import shows
from tribuna.press.base import SITE
from tribuna.syndication.queries import desk_of, terms_of
from tribuna.syndication.views.answers import document, in_one_language
from tribuna.syndication.writers import terms as writer


@in_one_language
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with robots.txt."""
    shows(SITE)
    terms, origin = terms_of(request), desk_of(request).origin
    text = writer.robots(
        kept_out=terms.kept_out,
        closed=["/admin/", "/*/search/", "/human/"],
        sitemaps=[f"{origin}{reverse('syndication:sitemaps')}"],
        licence=f"{origin}{reverse('syndication:licence')}",
    )
    return document(request, text, "text/plain")


@in_one_language
def tdm(request: HttpRequest) -> HttpResponse:
    """Answer with the reservation for text and data mining."""
    shows(SITE)
    return document(request, writer.tdm(terms_of(request)), "application/json")


@in_one_language
def licence(request: HttpRequest) -> HttpResponse:
    """Answer with the RSL licence."""
    shows(SITE)
    return document(request, writer.licence(terms_of(request), origin=desk_of(request).origin), writer.RSL_KIND)


@in_one_language
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the operator's key for IndexNow, which shows that what is told in its name is told by us."""
    if not constant_time_compare(key, settings.TRIBUNA_INDEXNOW_KEY):
        raise Http404
    shows(SITE)
    return document(request, key, "text/plain")
