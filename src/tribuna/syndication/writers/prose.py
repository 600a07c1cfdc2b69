"""The body of a story as plain HTML, without our own styles: for feeds, and for what is made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.utils.html import escape
from django.utils.translation import gettext, override
from wagtail.blocks import StreamValue
from wagtail.models.sites import SiteRootPath

from tribuna.newsroom.models import ArticlePage, NewsImage
from tribuna.newsroom.models.images import Print
from tribuna.newsroom.models.pages import address_of

_RELATIVE = re.compile(r'(<(?:a|img)\b[^<>]*?\s(?:href|src)=")(?![A-Za-z][A-Za-z0-9+.-]*:)([^"]*)"')
_INLINE = re.compile(r"</?(?:a|b|i|em|strong|cite|span)\b[^>]*>")
_ELEMENT = re.compile(r"<[^>]+>")


def prose(body: StreamValue, *, language: str, address: str, roots: Sequence[SiteRootPath]) -> str:
    """Return what stands in a loaded *body*, with addresses in full: it is read away from its own *address*."""
    writer = Prose(roots)
    with override(language):  # a story is in one language, with all the words that stand in it
        html = "\n".join(filter(None, (getattr(writer, block.block_type)(block.value) for block in body)))
    return in_full(html, address)


def in_full(html: str, base: str) -> str:
    """Return *html* with its links and pictures in full, as they are meant at *base* (RFC 3986, 5)."""
    return _RELATIVE.sub(lambda found: f'{found[1]}{escape(_joined(base, unescape(found[2])))}"', html)


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:  # such as a host in broken brackets
        return url


def words_of(html: str) -> str:
    """Return *html* as one line of text: what stands in two blocks is two words."""
    return " ".join(unescape(_ELEMENT.sub(" ", _INLINE.sub("", html))).split())


def excerpt(html: str, *, maximum: int) -> str:
    """Return the beginning of *html* as text, cut between words."""
    text = words_of(html)
    if len(text) <= maximum:
        return text
    return text[:maximum].rpartition(" ")[0] + "…"


def largest(image: NewsImage, shape: str) -> Print:
    """Return the largest JPEG of *image* in *shape*: what every program can show."""
    prints = [each for spec, each in image.prints(shape).items() if spec.endswith("format-jpeg")]
    return max(prints, key=lambda each: each.width)


def figure(image: NewsImage, *, alt: str, caption: str) -> str:
    """Return a picture with what stands beneath it."""
    drawn = largest(image, "story")
    credit = gettext("Image: %(credit)s") % {"credit": image.credit} if image.credit else ""
    below = " ".join(escape(text) for text in (caption, credit) if text)
    size = f'width="{drawn.width}" height="{drawn.height}"'
    told = f"<figcaption>{below}</figcaption>" if below else ""
    return f'<figure><img src="{escape(drawn.url)}" alt="{escape(alt)}" {size}>{told}</figure>'


@dataclass(frozen=True, slots=True)
class Prose:
    """Writes blocks; each kind of them has a method of its name."""

    roots: Sequence[SiteRootPath]

    def paragraph(self, value: Any) -> str:
        """Return rich text as it stands in the page."""
        return str(value.__html__())

    def heading(self, value: str) -> str:
        """Return a heading; those of the story itself are above it."""
        return f"<h2>{escape(value)}</h2>"

    def image(self, value: Any) -> str:
        """Return a picture; nothing of one that is gone."""
        image = value["image"]
        if image is None:
            return ""
        return figure(image, alt=value["alt"] or image.description, caption=value["caption"] or image.caption)

    def gallery(self, value: Any) -> str:
        """Return pictures, one below the other."""
        return "\n".join(filter(None, map(self.image, value)))

    def quote(self, value: Any) -> str:
        """Return what somebody said, and who."""
        who = f"<p><cite>{escape(value['attribution'])}</cite></p>" if value["attribution"] else ""
        said = escape(value["text"]).replace("\n", "<br>")
        return f"<blockquote><p>{said}</p>{who}</blockquote>"

    def embed(self, value: Any) -> str:
        """Return a link to a video: nothing of another house's is loaded."""
        return f'<p><a href="{escape(value["url"])}">{escape(value["title"])}</a> ({escape(value.film.host)})</p>'

    def table(self, value: Any) -> str:
        """Return a table."""
        caption = f"<caption>{escape(value.caption)}</caption>" if value.caption else ""
        head = "".join(f"<th>{escape(column['heading'])}</th>" for column in value.columns)
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in value.rows)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def read_more(self, value: ArticlePage | None) -> str:
        """Return a line that leads to another story; nothing of one that isn't public."""
        if value is None:
            return ""
        address = address_of(value.url_path, self.roots) or ""
        return f'<p><strong>{gettext("READ MORE:")}</strong> <a href="{escape(address)}">{escape(value.title)}</a></p>'


def _cell(cell: Any) -> str:
    return f"<td>{'' if cell.value is None else escape(cell.value)}</td>"
