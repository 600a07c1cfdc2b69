"""What sources say: plain records, in an order, and nothing of our tables.

The order of a stream: authors, terms and files first, then articles, then comments; those of one article one after the
other. Whatever a record refers to is named by its key in the source, and came before or is on the same page.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext_noop

DIGEST_BYTES = 16

MENDED = gettext_noop("Broken characters were mended.")
SHORTCODE_LEFT_OUT = gettext_noop("A shortcode was left out; the words within it stay.")
SHORTCODE_UNSURE = gettext_noop("This may be a shortcode; it stays in the text.")
KIND_LEFT_OUT = gettext_noop("Records of this kind have no place here.")
BROKEN_OFF = gettext_noop("The source can't be read any further.")
PRIVATE = gettext_noop("It was not public and came as a draft.")
PRIVATE_FILE = gettext_noop("It was not public; here only the newsroom may open it.")
SCHEDULED = gettext_noop("It was to be published later and came as a draft.")
DATE_UNKNOWN = gettext_noop("It has no date that can be read.")
FIELD_LEFT_OUT = gettext_noop("The mapping has no place for this field.")
FORMAT_UNSAFE = gettext_noop("Its text format runs programs; it came as a draft, its text as it was.")
PARENT_TERM = gettext_noop("It stood below another term; sections and topics here stand side by side.")


class SourceBroken(Exception):  # noqa: N818
    """A source can't be opened or read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Note:
    """What became of something that could not come as it was: an untranslated message id, and the *original*.

    *is_lost*: readers see less than before. Else it was only changed.
    """

    about: str
    detail: str = ""
    original: str = ""
    is_lost: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Anything that comes: its key tells it from all others of its kind in the same archive, for ever."""

    kind: ClassVar[str] = ""
    key: str
    notes: tuple[Note, ...] = ()

    @property
    def digest(self) -> str:
        """What changes whenever anything of the record does."""
        return blake2b(repr(self).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author(Record):
    """Somebody whose name stands over stories. *addresses* are old ones, as of every record that has them."""

    kind: ClassVar[str] = "author"
    name: str
    bio: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A section or a topic. *sister*: what its translations have in common."""

    kind: ClassVar[str] = "term"
    name: str
    slug: str = ""
    description: str = ""
    is_section: bool = False
    language: str = ""
    sister: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Record):
    """A picture or a document: *path* within the folder of files, *url* where it can be fetched."""

    kind: ClassVar[str] = "file"
    path: str
    url: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    is_private: bool = False
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """A story. *html* as its source would show it; *breaks*: its line ends are meant."""

    kind: ClassVar[str] = "article"
    title: str
    html: str
    breaks: bool = False
    slug: str = ""
    kicker: str = ""
    standfirst: str = ""
    language: str = ""
    sister: str = ""
    is_live: bool = True
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    section: str = ""
    topics: tuple[str, ...] = ()
    main_image: str = ""
    main_image_alt: str = ""
    pictures: tuple[str, ...] = ()  # that stand after the text
    takes_comments: bool = True
    addresses: tuple[str, ...] = ()


class Said(StrEnum):
    """What had been decided about a comment. *gone*: only its place in the thread is left."""

    PUBLISHED = "published"
    HELD = "held"
    REJECTED = "rejected"
    SPAM = "spam"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Record):
    """What a reader said, as plain text, under the article with that key, or that stands at *address*."""

    kind: ClassVar[str] = "comment"
    text: str
    article: str = ""
    address: str = ""
    parent: str = ""
    name: str = ""
    email: str = ""  # only its keyed hash is stored
    language: str = ""
    state: Said = Said.PUBLISHED
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Record):
    """Something that has no place here at all; its notes say why and keep it."""

    kind: ClassVar[str] = "other"


class Standing(StrEnum):
    """What a wire lets be done with an item (IPTC's publishing status)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class WirePicture:
    """A picture that goes with an item. *url* may be relative to where the item came from."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(Record):
    """An item of a wire. Its key is what the standard calls guid, id or uri; *version* counts up where there is one."""

    kind: ClassVar[str] = "dispatch"
    version: str = ""
    title: str = ""
    kicker: str = ""
    summary: str = ""
    html: str = ""
    language: str = ""
    byline: str = ""
    credit: str = ""
    terms: str = ""
    address: str = ""
    published_at: datetime | None = None
    embargo: datetime | None = None
    standing: Standing = Standing.USABLE
    picture: WirePicture | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something in a wire's document that is no story, and why. Agencies send much else; none of it is a mistake."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that has been opened: what will come, how many records about, and the mapping it proposes.

    *home* is the path of its front page, where that was not the root of its host.
    """

    records: Iterable[Record]
    total: int | None = None
    proposal: str = ""
    home: str = ""


class Source(Protocol):
    """Turns an archive into records. It reads, and never touches our tables."""

    name: str  # the word after `tribuna import`
    summary: str

    def offer(self, parser: ArgumentParser) -> None:
        """Add the arguments of its own to *parser*."""
        ...

    def open(self, options: Mapping[str, Any]) -> Reading:
        """Return what *options* ask for. Raises SourceBroken, also later while it is read."""
        ...
