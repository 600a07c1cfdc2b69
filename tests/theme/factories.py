"""Stories with everything in them, and ways to look at the pages they are on."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils.translation import gettext, override

DECEMBER = datetime(2022, 12, 2, 9, 30, tzinfo=UTC)

# A block as the editor stores it.
PARAGRAPH = ("paragraph", "<p>The ferry smelt of <b>oranges</b>.</p><ul><li>Forty on board</li></ul>")


def said(message, language, **values):
    with override(language):
        return gettext(message) % values


def body(*blocks):
    return json.dumps(
        [{"type": name, "value": value, "id": f"block-{place}"} for place, (name, value) in enumerate(blocks)]
    )


def soup(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def printed(client, address):
    """Print the pictures at *address*, which a publication does on its own, and forget everything else."""
    client.get(address)
    cache.clear()
    ContentType.objects.clear_cache()


def rich_body(picture, led_to):
    image = {"image": picture.pk, "alt": "", "caption": ""}
    other = {"image": picture.pk, "alt": "Gulls", "caption": "Gulls on the quay"}
    columns = [{"type": "text", "heading": "Month"}, {"type": "number", "heading": "Crossings"}]
    return body(
        PARAGRAPH,
        ("heading", "What the water remembers"),
        ("image", image),
        ("gallery", [{"type": "item", "id": f"picture-{n}", "value": each} for n, each in enumerate([image, other])]),
        ("quote", {"text": "We came to see the edge.", "attribution": "A passenger"}),
        ("quote", {"text": "So did we.", "attribution": ""}),
        ("embed", {"url": "https://vimeo.com/12345678", "title": "The ramp comes down"}),
        ("embed", {"url": "https://example.org/film", "title": "Another film"}),
        ("table", {"caption": "Crossings", "columns": columns, "rows": [{"values": ["January", "4.5"]}]}),
        ("table", {"caption": "", "columns": columns, "rows": [{"values": ["March", None]}]}),
        ("read_more", led_to.pk),
        ("read_more", 999_999),
    )
