"""Where a page's files lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribuna.press.base import Key
from tribuna.press.stores.files.layout import may_lie, place_of

HOST = "news.example.org"


@pytest.mark.parametrize(
    ("key", "file"),
    [
        (Key("https", HOST, "/", ""), "pages/https/news.example.org/@.html"),
        (Key("https", HOST, "/en/city/", ""), "pages/https/news.example.org/en/city/@.html"),
        (Key("http", "127.0.0.1:8000", "/es/día/", "before=1"), "pages/http/127.0.0.1:8000/es/día/@before=1.html"),
        (Key("https", HOST, "/robots.txt", ""), "pages/https/news.example.org/robots.txt/@.document"),
        (Key("https", HOST, "/en/city/rss.xml", ""), "pages/https/news.example.org/en/city/rss.xml/@.document"),
        (Key("https", HOST, "/.well-known/a.json", ""), "pages/https/news.example.org/.well-known/a.json/@.document"),
        (Key("http", "[::1]:8000", "/en/", ""), "pages/http/[::1]:8000/en/@.html"),
    ],
)
def test_the_address_is_the_path(key, file):
    assert may_lie(key)
    assert place_of(Path("/srv"), "pages", key) == Path("/srv") / file


@pytest.mark.parametrize(
    "key",
    [
        Key("ftp", HOST, "/en/", ""),
        Key("http", "", "/en/", ""),
        Key("http", "..", "/en/", ""),
        Key("http", "a/b", "/en/", ""),
        Key("http", "-", "/en/", ""),
        Key("http", HOST, "/en", ""),
        Key("http", HOST, "/en/rss.exe", ""),
        Key("http", HOST, "/en//rss.xml", ""),
        Key("http", HOST, "/en/../rss.xml", ""),
        Key("http", HOST, "/@.xml", ""),
        Key("http", HOST, "rss.xml", ""),
        Key("http", HOST, f"/{'a' * 201}.xml", ""),
        Key("http", HOST, "en/", ""),
        Key("http", HOST, "//", ""),
        Key("http", HOST, "/en//city/", ""),
        Key("http", HOST, "/../", ""),
        Key("http", HOST, "/en/./", ""),
        Key("http", HOST, "/@.html/", ""),
        Key("http", HOST, "/a\0b/", ""),
        Key("http", HOST, f"/{'a' * 201}/", ""),
        Key("http", HOST, "/a" * 501 + "/", ""),
        Key("http", HOST, "/en/", "a/b"),
        Key("http", HOST, "/en/", "a" * 101),
    ],
)
def test_what_has_no_place(key):
    assert not may_lie(key)


_PIECES = st.text(st.sampled_from("/.@ab%\0é:-[]=&"), max_size=12)


@given(st.builds(Key, st.sampled_from(["http", "https"]), _PIECES, _PIECES.map("/{}/".format), _PIECES))
def test_nothing_lies_outside_of_the_folder(key):
    if may_lie(key):
        folder = Path("/srv/press")
        place = place_of(folder, "pages", key)
        assert place.is_relative_to(folder / "pages" / key.scheme / key.host)
        assert ".." not in place.parts
        assert place.name == f"@{key.query}.html"
