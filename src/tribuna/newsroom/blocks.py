"""What the body of a story is made of. Each block has its template in the theme, ``newsroom/blocks/<name>.html``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models.sites import SiteRootPath
from wagtail.rich_text import RichText

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded for a whole story at once: things by model and primary key, and where each site begins."""

    things: Mapping[type[Model], Mapping[int | None, Model]]
    roots: Sequence[SiteRootPath] | None


# While a story's body is unpacked, choosers and links take things from here; else they ask the database themselves.
at_hand: ContextVar[Loaded | None] = ContextVar("at_hand", default=None)


class AtHand(blocks.ChooserBlock):
    """A chooser that looks at what is at hand first."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        """Return the chosen things in the order of *values*, None for one that is not to be had."""
        loaded = at_hand.get()
        if loaded is None:
            return super().bulk_to_python(values)
        return [loaded.things[self.model_class].get(pk) for pk in values]


class PictureChooserBlock(AtHand, ImageChooserBlock):
    """Chooses a picture."""


class StoryChooserBlock(AtHand, blocks.PageChooserBlock):
    """Chooses a story."""


class PrintedText(RichText):
    """Rich text whose links have been looked up already."""

    def __init__(self, source: str, html: str) -> None:
        super().__init__(source)
        self.html = html

    def __html__(self) -> str:
        return SafeString(self.html)


class PictureBlock(blocks.StructBlock):
    """One picture."""

    image = PictureChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alt text"), required=False, max_length=255, help_text=_("Only if it differs from the image's own.")
    )
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, help_text=_("Only if it differs from the image's own.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "newsroom/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "newsroom/blocks/quote.html"


@dataclass(frozen=True, slots=True)
class Film:
    """Where a video is to be seen. *player* is the address of a frame that sets no cookie, empty if there is none."""

    host: str
    player: str = ""


_PLAYERS = {
    "YouTube": "https://www.youtube-nocookie.com/embed/{}",
    "Vimeo": "https://player.vimeo.com/video/{}?dnt=1",
}
_HOSTS = {
    "youtu.be": "YouTube",
    "youtube.com": "YouTube",
    "m.youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "vimeo.com": "Vimeo",
    "player.vimeo.com": "Vimeo",
}
_NUMBERS = {"YouTube": re.compile(r"[\w-]{11}", re.ASCII), "Vimeo": re.compile(r"[0-9]{6,12}")}


def film_at(url: str) -> Film:
    """Return what stands at *url*, told from the address alone: nothing is fetched."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    house = _HOSTS.get(host)
    if house is None:
        return Film(host)
    steps = [*parse_qs(parts.query).get("v", []), *parts.path.strip("/").split("/")[::-1]]
    number = next((step for step in steps if _NUMBERS[house].fullmatch(step)), None)
    return Film(house, _PLAYERS[house].format(number) if number else "")


class EmbedValue(blocks.StructValue):
    """A video, with what its address tells."""

    @property
    def film(self) -> Film:
        """Where it is to be seen."""
        return film_at(self["url"])


class EmbedBlock(blocks.StructBlock):
    """A video that stands elsewhere; nothing is fetched from there until a reader asks for it."""

    url = blocks.URLBlock(label=_("Address"), help_text=_("Of a video at YouTube or Vimeo, or of any page to link to."))
    title = blocks.CharBlock(label=_("Title"), help_text=_("What it shows, in a few words."))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "newsroom/blocks/embed.html"
        value_class = EmbedValue

    def clean(self, value: dict[str, Any]) -> EmbedValue:
        """Refuse an address of a house we know that leads to no video there."""
        cleaned: EmbedValue = super().clean(value)
        film = cleaned.film
        if film.host in _PLAYERS and not film.player:
            message = _("This leads to %(host)s but not to a video. Open the video there and copy its address.")
            error = ValidationError(message, params={"host": film.host})
            raise blocks.StructBlockValidationError(block_errors={"url": error})
        return cleaned


class LiveBlock(blocks.StreamBlock):
    """The text of a post in a live blog."""

    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="newsroom/blocks/paragraph.html"
    )
    quote = QuoteBlock()
    embed = EmbedBlock()


class BodyBlock(blocks.StreamBlock):
    """The body of a story."""

    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="newsroom/blocks/paragraph.html"
    )
    heading = blocks.CharBlock(label=_("Heading"), icon="h2", template="newsroom/blocks/heading.html")
    image = PictureBlock()
    gallery = blocks.ListBlock(
        PictureBlock(), label=_("Gallery"), icon="image", min_num=2, template="newsroom/blocks/gallery.html"
    )
    quote = QuoteBlock()
    embed = EmbedBlock()
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
        icon="table",
        template="newsroom/blocks/table.html",
    )
    read_more = StoryChooserBlock(
        page_type="newsroom.ArticlePage",
        label=_("Read more"),
        icon="link",
        help_text=_("A line that leads to another story."),
        template="newsroom/blocks/read_more.html",
    )
