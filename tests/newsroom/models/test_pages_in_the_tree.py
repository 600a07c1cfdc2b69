"""What a page is told from its place: its address, and for a story the page above it."""

from __future__ import annotations

import pytest
from django.db.models.signals import post_init, pre_init
from django.utils.translation import override
from wagtail.models import Page, Site

from tests import factories
from tribuna.newsroom.models import ArticlePage, HomePage
from tribuna.newsroom.models.pages import address_of


def above(story) -> Page:
    return ArticlePage.objects.select_related("page_above").get(pk=story.pk).page_above.specific


def test_nothing_but_what_is_known_happens_when_a_page_is_made():
    """``OutOfRow.from_db`` passes these by for pages out of the database; if there are more, look at them."""
    makers = [kind.__name__ for kind in ArticlePage.__mro__ if "__init__" in vars(kind)]
    assert not any(each.has_listeners(kind) for each in (pre_init, post_init) for kind in ArticlePage.__mro__)
    assert makers == ["AbstractPage", "ClusterableModel", "ShowInMenusMixin", "Model", "object"]


def test_a_new_page_knows_its_kind_and_one_that_is_read_its_inlines(newsroom):
    author = factories.author()
    story = factories.article(authors=[author])
    assert ArticlePage(title="New").content_type.model == "articlepage"
    assert [line.author for line in ArticlePage.objects.get(pk=story.pk).authors.all()] == [author]


def test_a_story_knows_the_page_above_however_it_is_moved(newsroom):
    city, sport = newsroom.sections["en"], factories.section("Sport")
    story = factories.article()
    assert above(story) == city
    story.move(sport, pos="last-child")
    assert above(story) == sport
    sport.move(city, pos="left")
    assert above(story) == sport


def test_so_do_copies_translations_aliases_and_drafts(newsroom):
    sport = factories.section("Sport")
    story = factories.article()
    assert above(story.copy(to=sport, update_attrs={"slug": "copy"})) == sport
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    assert above(alias) == newsroom.sections["es"]
    revision = story.save_revision()
    story.move(sport, pos="last-child")
    revision.publish()
    story.refresh_from_db()
    story.save_revision().publish()
    assert (above(story), above(alias)) == (sport, newsroom.sections["es"])


def test_a_section_goes_with_its_stories(newsroom):
    sport = factories.section("Sport")
    story = factories.article(parent=sport)
    sport.delete()
    assert not ArticlePage.objects.filter(pk=story.pk).exists()


def test_a_page_of_two_sites_is_at_the_one_that_asks(newsroom, rf, settings):
    settings.ALLOWED_HOSTS = ["testserver", "second.example"]
    Site.objects.create(hostname="second.example", root_page=newsroom.homes["en"])
    story = factories.article()
    plain = Page.objects.get(pk=story.pk)
    for host in ("testserver", "second.example"):
        request = rf.get("/", headers={"host": host})
        assert story.get_full_url(request) == plain.get_full_url(request) == f"http://{host}/en/city/ferry-returns/"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("sites", [0, 1, 2])
def test_addresses_are_those_that_wagtail_makes(newsroom, rf, language, sites):
    if sites == 0:
        Site.objects.all().delete()
    elif sites == 2:
        home = newsroom.homes["en"]
        other = home.get_parent().add_child(instance=HomePage(title="Other", slug="other", locale=home.locale))
        Site.objects.create(hostname="other.example", root_page=other)
    story = factories.article(title="Ñandú y más", slug="ñandú-y-más", language="es")
    plain, request = Page.objects.get(pk=story.pk), rf.get("/")
    with override(language):
        assert story.get_url_parts() == plain.get_url_parts()
        assert story.get_url(request) == plain.get_url(request)
        assert story.url == plain.url == address_of(story.url_path, Site.get_site_root_paths())
        assert story.full_url == plain.full_url
