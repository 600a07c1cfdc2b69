"""Markdown: the twin of a story, and the guide to the paper that language models look for (llmstxt.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from markdownify import MarkdownConverter

from tribuna.newsroom.models import ArticlePage, Correction, LivePost
from tribuna.syndication.base import Person
from tribuna.syndication.writers.prose import figure, in_full

KIND = "text/markdown"
_GAP = re.compile(r"\n{3,}")


class _Converter(MarkdownConverter):
    """Markdown of our own plain HTML."""

    def convert_figure(self, _element: Any, text: str, **_: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_figcaption(self, _element: Any, text: str, **_: Any) -> str:
        return f"\n\n*{text.strip()}*\n\n"


_converter = _Converter(heading_style="ATX", bullets="-", escape_misc=True, newline_style="backslash")


def markdown(html: str) -> str:
    """Return plain *html* as Markdown."""
    return _GAP.sub("\n\n", _converter.convert(html).strip()) + "\n"


def write(
    story: ArticlePage,
    *,
    prose: str,
    posts: Iterable[tuple[LivePost, str]],
    address: str,
    authors: Iterable[Person],
    corrections: list[Correction],
) -> str:
    """Return *story* as a document, with its *prose* and that of the *posts* of its live blog.

    Labels are in the active language.
    """
    image = story.main_image
    parts = [
        f"<p>{escape(story.kicker)}</p>" if story.kicker else "",
        f"<h1>{escape(story.title)}</h1>",
        f"<p><strong>{escape(story.standfirst)}</strong></p>" if story.standfirst else "",
        *_facts(story, authors),
        figure(image, alt=story.image_alt, caption=story.image_caption) if image else "",
        prose,
        *(_post(post, html) for post, html in posts),
        _corrections(corrections),
        f'<p>{_("Original:")} <a href="{escape(address)}">{escape(address)}</a></p>',
    ]
    return markdown(in_full("\n".join(filter(None, parts)), address))


def _facts(story: ArticlePage, authors: Iterable[Person]) -> list[str]:
    names = ", ".join(f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in authors)
    published, updated = story.published_at and localtime(story.published_at), story.updated_at
    facts = [
        _("By {names}").format(names=names) if names else "",
        f"{_('Publication date:')} {date_format(published)}" if published else "",
        f"{_('Updated:')} {_moment(updated)}" if updated else "",
        f"{_('Topics:')} {escape(', '.join(topic.title for topic in story._topics))}" if story._topics else "",
    ]
    return [f"<p>{fact}</p>" for fact in facts if fact]


def _post(post: LivePost, html: str) -> str:
    title = f": {escape(post.title)}" if post.title else ""
    return f"<h2>{_moment(post.at)}{title}</h2>\n{html}"


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")


def _corrections(corrections: list[Correction]) -> str:
    items = "".join(f"<li>{date_format(each.date)}: {escape(each.text)}</li>" for each in corrections)
    return f"<h2>{_('Corrections')}</h2><ul>{items}</ul>" if items else ""


def guide(name: str, *, tagline: str, parts: Iterable[tuple[str, Iterable[tuple[str, str, str]]]]) -> str:
    """Return the guide to a paper: *parts* are a heading and its links, each with title, address and a note."""
    html = [f"<h1>{escape(name)}</h1>", f"<blockquote><p>{escape(tagline)}</p></blockquote>" if tagline else ""]
    for heading, links in parts:
        items = "".join(
            f'<li><a href="{escape(address)}">{escape(title)}</a>{": " if note else ""}{escape(note)}</li>'
            for title, address, note in links
        )
        html.append(f"<h2>{escape(heading)}</h2><ul>{items}</ul>" if items else "")
    return markdown("\n".join(filter(None, html)))
