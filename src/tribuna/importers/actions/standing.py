"""Where comments stand: under an article of the same archive, or under any page that an old address leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tribuna.importers.actions.addresses import old_path
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.base import Article, Comment
from tribuna.newsroom.models import ArticlePage


def pages_for(ledger: Ledger, records: Sequence[Comment]) -> dict[str, int]:
    """Return the pages of *records* by their ``article`` or, without one, by their ``address``."""
    by_key = ledger.targets(Article.kind, {record.article for record in records})
    if not ledger.is_dry:
        there = set(Page.objects.filter(pk__in=set(by_key.values())).values_list("pk", flat=True))
        by_key = {key: pk for key, pk in by_key.items() if pk in there}
    return by_key | _pages_at({record.address for record in records if not record.article})


def _pages_at(addresses: Iterable[str]) -> dict[str, int]:
    """Return the articles that stand at *addresses*, or did."""
    paths = {address: path for address in addresses if (path := old_path(address))}
    if not paths:
        return {}
    asked = {each for path in paths.values() for each in (path, path.partition("?")[0])}
    sent_on = dict(
        Redirect.objects.filter(old_path__in=asked, redirect_page__isnull=False).values_list(
            "old_path", "redirect_page_id"
        )
    )
    own = _own_pages(asked)
    found: dict[str, int] = {}
    for address, path in paths.items():
        for each in (path, path.partition("?")[0]):
            pk = own.get(each) or sent_on.get(each)
            if pk is not None:
                found.setdefault(address, pk)
    articles = set(ArticlePage.objects.filter(pk__in=set(found.values())).values_list("pk", flat=True))
    return {address: pk for address, pk in found.items() if pk in articles}


def _own_pages(paths: Iterable[str]) -> dict[str, int]:
    """Return our own pages at *paths*: the language of an edition, then the way down from its front page."""
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths()}
    asked = {}
    for path in paths:
        language, _slash, rest = unquote(urlsplit(path).path).strip("/").partition("/")
        if language in roots and rest:
            asked[f"{roots[language]}{rest}/"] = path
    pages = Page.objects.filter(url_path__in=asked).values_list("url_path", "pk")
    return {asked[url_path]: pk for url_path, pk in pages}
