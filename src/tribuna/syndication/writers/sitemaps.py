"""Sitemaps (sitemaps.org 0.9), with the versions of a page (xhtml:link), and Google's sitemap of news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from tribuna.syndication.base import News, Stop
from tribuna.syndication.writers.rss import cleaned

KIND = "application/xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
_CHINESE = {
    "zh-hans": "zh-cn",
    "zh-cn": "zh-cn",
    "zh-sg": "zh-cn",
    "zh-hant": "zh-tw",
    "zh-tw": "zh-tw",
    "zh-hk": "zh-tw",
}
_BEGIN = '<?xml version="1.0" encoding="utf-8"?>\n'


def index(maps: Iterable[tuple[str, datetime | None]]) -> str:
    """Return the list of all sitemaps, each with its address and when something in it last changed."""
    items = "\n".join(f"<sitemap><loc>{escape(url)}</loc>{_changed(moment)}</sitemap>" for url, moment in maps)
    return f'{_BEGIN}<sitemapindex xmlns="{SITEMAP}">\n{items}\n</sitemapindex>\n'


def pages(stops: Iterable[Stop]) -> str:
    """Return a sitemap."""
    return _set("\n".join(map(_page, stops)), f'xmlns:xhtml="{XHTML}"')


def news(stories: Iterable[News], *, publication: str) -> str:
    """Return the sitemap of news of a paper called *publication*."""
    return _set("\n".join(_story(story, publication) for story in stories), f'xmlns:news="{NEWS}"')


def _set(items: str, vocabulary: str) -> str:
    return f'{_BEGIN}<urlset xmlns="{SITEMAP}" {vocabulary}>\n{items}\n</urlset>\n'


def _page(stop: Stop) -> str:
    versions = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(url)}/>'
        for language, url in stop.versions
    )
    return f"<url><loc>{escape(stop.url)}</loc>{_changed(stop.changed)}{versions}</url>"


def _story(story: News, publication: str) -> str:
    paper = f"<news:name>{_text(publication)}</news:name><news:language>{_language(story.language)}</news:language>"
    date = f"<news:publication_date>{_moment(story.published)}</news:publication_date>"
    told = f"<news:publication>{paper}</news:publication>{date}<news:title>{_text(story.title)}</news:title>"
    return f"<url><loc>{escape(story.url)}</loc><news:news>{told}</news:news></url>"


def _language(code: str) -> str:
    """Return a language as Google has it: two or three letters, and Chinese in two ways of writing."""
    return _CHINESE.get(code.lower()) or code.partition("-")[0].lower()


def _text(text: str) -> str:
    return escape(cleaned(text))


def _changed(moment: datetime | None) -> str:
    return f"<lastmod>{_moment(moment)}</lastmod>" if moment else ""


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
