"""Formats, given facts that no page of ours has."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.syndication.reading import ATOM, MEDIA, NEWS
from tribuna.syndication.base import Channel, Entry, News, Person, Picture
from tribuna.syndication.writers import atom, rss, sitemaps

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHANNEL = Channel(
    id="urn:uuid:0",
    title="The Tribune",
    description="News",
    url="https://news.example/",
    feed_url="https://news.example/atom.xml",
    publisher=Person("The Tribune", "https://news.example/"),
    language="en",
    updated=NOON,
    hubs=(),
    entries=(
        Entry(
            id="urn:uuid:1",
            url="https://news.example/1/",
            title="Ferry returns",
            summary="",
            html="",
            language="en",
            published=NOON,
            updated=NOON,
            authors=(Person("Harbour desk", ""),),
            picture=Picture("https://news.example/1.jpg", "image/jpeg", 1, 4, 3, "", ""),
        ),
    ),
)


def test_an_author_without_a_page_has_a_name_alone():
    author = ElementTree.fromstring(atom.write(CHANNEL)).find(f"{ATOM}entry/{ATOM}author")
    assert [child.tag for child in author] == [f"{ATOM}name"]


def test_a_picture_without_words_is_a_picture_alone():
    for text, place in ((rss.write(CHANNEL), "channel/item"), (atom.write(CHANNEL), f"{ATOM}entry")):
        (content,) = ElementTree.fromstring(text).find(place).findall(f"{MEDIA}content")
        assert list(content) == []


@pytest.mark.parametrize(
    ("code", "said"), [("pt-br", "pt"), ("zh-hans", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-hk", "zh-tw"), ("gsw", "gsw")]
)
def test_google_knows_languages_by_few_letters(code, said):
    text = sitemaps.news([News("https://news.example/1/", "Ferry", code, NOON)], publication="The Tribune")
    assert [each.text for each in ElementTree.fromstring(text).iter(f"{NEWS}language")] == [said]
