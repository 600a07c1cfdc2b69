"""Documents through the press: kept like pages, forgotten as soon as a story in them changes."""

from __future__ import annotations

import pytest

from tests import factories
from tests.press.printing import ask, asked
from tribuna.press.base import Key
from tribuna.syndication.models import Terms

KEPT = [
    *(
        "/rss.xml",
        "/feed.json",
        "/en/rss.xml",
        "/en/atom.xml",
        "/en/city/feed.json",
        "/en/authors/harbour-desk/rss.xml",
    ),
    *("/en/topics/ferries/rss.xml", "/en/languages/en/rss.xml", "/robots.txt", "/.well-known/tdmrep.json"),
    *("/license.xml", "/sitemap.xml", "/en/sitemap-1.xml", "/en/sitemap-news.xml", "/llms.txt"),
    "/en/city/the-night-the-ferry-came-back/index.md",
]


@pytest.fixture
def kept(front, own_store, django_capture_on_commit_callbacks):
    """Return whether each of some addresses is still kept after a change; they are printed before it."""

    def after(change, *addresses):
        for address in addresses:
            ask(front, asked(address))
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return [own_store.find(Key("http", "news.test", address, "")) is not None for address in addresses]

    return after


@pytest.mark.parametrize("address", KEPT)
def test_a_document_is_kept_and_answered_304(full, front, own_store, address):
    first = ask(front, asked(address))
    assert first.status == 200
    assert own_store.find(Key("http", "news.test", address, "")) is not None
    again = ask(front, asked(address, if_none_match=first.headers["ETag"]))
    assert (again.status, again.body) == (304, b"")
    packed = ask(front, asked(address, accept_encoding="gzip"))
    assert packed.headers["Content-Type"] == first.headers["Content-Type"]
    assert packed.headers["Content-Encoding"] == "gzip"


def test_it_is_the_same_whatever_language_the_reader_prefers(full, front):
    one = ask(front, asked("/robots.txt", accept_language="es"))
    assert (one.headers["Content-Language"], one.headers["Vary"]) == ("en", "Accept-Encoding")
    assert ask(front, asked("/llms.txt", accept_language="es")).headers["Content-Language"] == "en"


FEEDS = ("/rss.xml", "/en/rss.xml", "/en/city/rss.xml", "/en/sitemap-1.xml", "/en/sitemap-news.xml", "/llms.txt")
OTHERS = ("/es/rss.xml", "/en/sport/rss.xml", "/robots.txt")


def test_a_publication_forgets_the_feeds_it_stands_in_and_no_others(newsroom, kept):
    factories.section("Sport")
    story = factories.article(live=False)
    assert kept(lambda: story.save_revision().publish(), *FEEDS, *OTHERS) == [False] * len(FEEDS) + [True] * len(OTHERS)


def test_a_withdrawal_forgets_them_too(newsroom, kept):
    factories.section("Sport")
    story = factories.article()
    twin = "/en/city/ferry-returns/index.md"
    assert kept(story.unpublish, *FEEDS, twin, *OTHERS) == [False] * (len(FEEDS) + 1) + [True] * len(OTHERS)


def test_a_move_forgets_both_sections(newsroom, kept):
    sport = factories.section("Sport")
    culture = factories.section("Culture")
    story = factories.article()
    addresses = ("/en/city/rss.xml", "/en/sport/rss.xml", "/en/rss.xml", "/en/sitemap-1.xml", "/en/culture/rss.xml")
    assert culture.slug == "culture"
    assert kept(lambda: story.move(sport, pos="last-child"), *addresses) == [False, False, False, False, True]


def test_a_picture_and_a_name_forget_what_shows_them(full, kept):
    image, author = full.main_image, full.byline[0]
    addresses = ("/en/rss.xml", f"{full.url}index.md")
    assert kept(lambda: image.save(), *addresses) == [False, False]
    assert kept(lambda: author.save(), *addresses) == [False, False]


def test_new_terms_forget_everything(newsroom, kept):
    new = Terms(site=newsroom.site, training=Terms.Use.ALLOWED)
    assert kept(new.save, "/robots.txt", "/en/rss.xml", "/en/") == [False, False, False]
    assert kept(new.delete, "/robots.txt", "/en/rss.xml", "/en/") == [False, False, False]


def test_new_terms_are_told_at_once(newsroom, front, django_capture_on_commit_callbacks):
    reserved = ask(front, asked("/.well-known/tdmrep.json"))
    with django_capture_on_commit_callbacks(execute=True):
        Terms.objects.create(site=newsroom.site, training=Terms.Use.ALLOWED)
    assert (reserved.body, ask(front, asked("/.well-known/tdmrep.json")).body) == (
        b'[{"location": "/", "tdm-reservation": 1}]',
        b'[{"location": "/", "tdm-reservation": 0}]',
    )
    assert b'name="tdm-reservation" content="0"' in ask(front, asked("/en/")).body


def test_an_oembed_card_is_never_kept(full, front, own_store):
    address = f"http://news.test{full.url}"
    answer = ask(front, asked("/oembed.json", query=f"url={address}"))
    assert answer.status == 200
    assert own_store.status().entries == 0
