"""Printing pages before a reader asks for them, and at which addresses they stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.models import PageViewRestriction, Site

from tests import factories
from tests.press.printing import KEY, Application, ask, environ
from tribuna.press.front import Front, warming
from tribuna.press.front.warming import PRINTED, THERE, warm_pages
from tribuna.press.queries import pages_at, public_addresses
from tribuna.press.stores.null import NullStore

AT = "http://news.test/en/city/"


def test_pages_are_printed_that_are_not_there(own_store):
    application = Application()
    front = Front(application, own_store)
    assert list(warm_pages(front, [AT, "http://news.test/es/d%C3%ADa/"])) == [PRINTED, PRINTED]
    assert own_store.find(KEY._replace(path="/es/día/"))
    assert list(warm_pages(front, [AT])) == [THERE]
    assert len(application.asked) == application.closed == 2


def test_readers_get_what_was_printed_ahead(own_store):
    list(warm_pages(Front(Application(), own_store), [AT]))
    assert ask(Front(Application("never asked"), own_store), environ()).body == b"ferry"


@pytest.mark.parametrize(
    ("application", "why_not"),
    [
        (Application(status="404 Not Found"), "status 404"),
        (Application(headers=(("Set-Cookie", "a=b"),)), "it sets a cookie"),
        (Application(tags=()), "the press did not keep it"),
    ],
)
def test_what_is_not_stored_says_why(own_store, application, why_not):
    assert list(warm_pages(Front(application, own_store), [AT])) == [why_not]
    assert application.closed == 1


def test_an_address_that_nobody_can_read_is_left_alone(own_store):
    application = Application()
    assert list(warm_pages(Front(application, own_store), ["http://news.test/%ff/"])) == ["its address can't be read"]
    assert not application.asked


def test_a_store_that_keeps_nothing_says_so(own_store):
    front = Front(lambda environ, start_response: Application()(environ, start_response)[:], NullStore())
    assert list(warm_pages(front, [AT])) == ["the press did not keep it"]


def test_nothing_is_printed_that_would_push_out_what_was(own_store, settings, monkeypatch):
    monkeypatch.setattr(warming, "LOOKS_EVERY", 1)
    front = Front(Application(), own_store)
    list(warm_pages(front, [AT]))
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = own_store.status().size
    assert list(warm_pages(front, [f"{AT}b/"])) == []
    assert own_store.find(KEY)


def test_somebody_elses_outdated_copy_will_not_do(own_store):
    front = Front(Application(), own_store)
    list(warm_pages(front, [AT]))
    own_store.forget({"page:1"})
    assert list(warm_pages(Front(Application("new"), own_store), [AT])) == [PRINTED]
    assert own_store.find(KEY).bodies["identity"] == b"new"


# --- addresses --------------------------------------------------------------------------------------------------------
def test_front_pages_come_first_and_then_the_newest(newsroom):
    old, new = (
        factories.article(title=title, published_at=datetime(year, 1, 1, tzinfo=UTC))
        for title, year in (("Old", 2020), ("New", 2024))
    )
    alias = factories.article(title="En español", language="es", published_at=datetime(2022, 1, 1, tzinfo=UTC))
    found = public_addresses()
    assert set(found[:2]) == {"http://testserver/en/", "http://testserver/es/"}
    assert found[-3:] == [page.full_url for page in (new, alias, old)]
    assert f"http://testserver{newsroom.sections['es'].url}" in found[2:-3]


def test_only_what_all_readers_may_see_has_an_address(newsroom):
    factories.article(title="Draft", live=False)
    private = factories.article(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    newsroom.sections["en"].add_child(instance=factories.ArticlePage(title="Shown", locale=private.locale))
    assert [url.split("/")[-2] for url in public_addresses() if "/city/" in url] == ["city", "shown"]


@pytest.mark.parametrize("count", [1, 3])
def test_addresses_cost_as_much_for_any_number_of_pages(newsroom, django_assert_num_queries, count):
    for number in range(count):
        factories.article(title=f"Story {number}")
    public_addresses()
    with django_assert_num_queries(3):
        assert len(public_addresses()) >= count


def test_the_site_stands_where_the_operator_says_and_others_where_they_say(newsroom, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.org"
    other = factories.HomePage(title="Other", slug="other", locale=newsroom.homes["en"].locale)
    newsroom.homes["en"].get_parent().add_child(instance=other)
    Site.objects.create(hostname="other.example.org", port=443, root_page=other)
    found = public_addresses()
    assert "https://news.example.org/es/" in found
    assert "https://other.example.org/en/" in found


def test_a_page_that_hangs_nowhere_has_no_address(newsroom):
    before = public_addresses()
    lost = factories.HomePage(title="Lost", slug="lost", locale=newsroom.homes["en"].locale)
    newsroom.homes["en"].get_parent().add_child(instance=lost)
    assert public_addresses() == before


@pytest.mark.parametrize("start", ["http://testserver", "https://elsewhere.example.org", ""])
def test_a_page_is_found_by_its_address(newsroom, start):
    story = factories.article(title="Día", slug="día", language="es", live=False)
    for path in ("/es/ciudad/d%C3%ADa/", "/es/ciudad/día", "/es/ciudad/día/?before=1"):
        assert [page.pk for page in pages_at(f"{start}{path}")] == [story.pk]
    assert [page.pk for page in pages_at(f"{start}/es/")] == [newsroom.homes["es"].pk]


@pytest.mark.parametrize("url", ["/", "/en/nothing/", "/admin/", "", "/en/archive/"])
def test_other_addresses_are_no_pages(newsroom, url):
    assert pages_at(url) == []
