"""What each change of the paper says to the press: the tags of all that readers may see something else of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published

from tests import factories
from tribuna.core.inserts import insert
from tribuna.newsroom.actions import announce_page
from tribuna.newsroom.models import ArticlePage, AuthorIndexPage, TopicIndexPage
from tribuna.newsroom.queries import articles_in
from tribuna.press.models import Purge

NOON, HOUR = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)


@pytest.fixture
def said(newsroom):
    """Return what was said since the last time: (tags, withdrawn), in order."""

    def rows():
        found = [(set(purge.tags), purge.withdrawn) for purge in Purge.objects.all()]
        Purge.objects.all().delete()
        return found

    rows()
    return rows


def tags(page, *lists):
    """The tags of a page that stands in the lists of *lists*, and those of a story's archive and front page."""
    own = {f"page:{page.pk}", f"versions:{page.translation_key}", *(f"list:{each.pk}" for each in lists)}
    return own | {f"archive:{page.locale_id}", f"list:{page.get_ancestors()[1].pk}"}


def everywhere(page):
    """The tags of a page that stands on every page."""
    return {f"page:{page.pk}", f"versions:{page.translation_key}", "site"}


# --- stories ----------------------------------------------------------------------------------------------------------
def test_a_publication_names_the_page_its_lists_and_those_of_byline_and_topics(newsroom, said):
    author, topic = factories.author(), factories.topic()
    spanish = author.copy_for_translation(newsroom.homes["es"].locale)
    story = factories.article(live=False, authors=[author], topics=[topic])
    said()
    story.save_revision().publish()
    assert said() == [(tags(story, newsroom.sections["en"], author, spanish, topic), False)]


def test_a_story_that_gets_its_date_with_its_publication_says_it_once(newsroom, said):
    story = factories.article(live=False, published_at=None)
    story.save_revision().publish()
    assert said() == [(tags(story, newsroom.sections["en"]), False)]
    assert ArticlePage.objects.get().published_at is not None


def test_publishing_in_sport_leaves_world_alone(newsroom, said):
    sport, world = factories.section("Sport"), factories.section("World")
    elsewhere = factories.article(parent=world, authors=[factories.author()])
    untouched = tags(elsewhere, world, elsewhere.byline[0]) - {"archive:1", f"list:{newsroom.homes['en'].pk}"}
    said()
    factories.article(parent=sport, title="Final", live=False).save_revision().publish()
    assert not untouched & said()[0][0]


def test_a_draft_says_nothing(newsroom, said):
    story = factories.article()
    said()
    story.title = "Ferry returns at last"
    story.save_revision()
    factories.article(title="Draft", live=False).save()
    story.locked = True
    story.save(update_fields=["locked", "locked_by", "locked_at"])
    ArticlePage.objects.get(title="Draft").delete()
    assert said() == []


def test_a_story_that_waits_for_its_hour_says_nothing_until_it_comes(newsroom, said):
    story = factories.article(live=False, go_live_at=NOON + HOUR)
    with time_machine.travel(NOON, tick=False):
        story.save_revision().publish()
        assert said() == []
    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        call_command("publish_scheduled")
    assert said() == [(tags(story, newsroom.sections["en"]), False)]


def test_a_live_story_that_is_made_to_wait_is_taken_down(newsroom, said):
    story = factories.article()
    said()
    story.go_live_at = timezone.now() + HOUR
    story.save_revision().publish()
    assert said() == [(tags(story, newsroom.sections["en"]), True)]


@pytest.mark.parametrize("kind", [Page, ArticlePage])
def test_what_is_taken_down_takes_its_aliases_along(newsroom, said, kind):
    author = factories.author()
    story = factories.article(authors=[author])
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    said()
    kind.objects.get(pk=story.pk).unpublish()
    assert said() == [
        (tags(story, newsroom.sections["en"], author), True),
        (tags(alias, newsroom.sections["es"], author), True),
    ]


def test_a_story_whose_time_is_over_is_taken_down(newsroom, said):
    story = factories.article(expire_at=timezone.now() - HOUR)
    said()
    call_command("publish_scheduled")
    assert said() == [(tags(story, newsroom.sections["en"]), True)]


def test_an_alias_follows_its_original(newsroom, said):
    topic = factories.topic()
    story = factories.article(topics=[topic])
    said()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    assert said() == [(tags(alias, newsroom.sections["es"], topic), False)]
    story.save_revision().publish()
    both = [(tags(story, newsroom.sections["en"], topic), False), (tags(alias, newsroom.sections["es"], topic), False)]
    assert said() == both


def test_a_translation_names_its_sisters(newsroom, said):
    story = factories.article()
    translation = story.copy_for_translation(newsroom.homes["es"].locale)
    said()
    translation.save_revision().publish()
    [(named, _)] = said()
    assert named == tags(translation, newsroom.sections["es"])
    assert f"versions:{story.translation_key}" in named


def test_a_story_that_moves_names_the_section_it_stands_in_now(newsroom, said):
    story, sport = factories.article(), factories.section("Sport")
    said()
    Page.objects.get(pk=story.pk).move(sport, pos="last-child")
    story.refresh_from_db()
    assert said() == [(tags(story, sport), False)]
    assert (story.page_above, articles_in(sport).items) == (sport.page_ptr, [story])
    assert articles_in(newsroom.sections["en"]).items == []


def test_a_new_address_and_a_copy_are_changes_like_any_other(newsroom, said):
    story = factories.article()
    said()
    story.slug = "boat-returns"
    story.save()
    copy = story.copy(update_attrs={"slug": "copy"})
    named = [each for each, _ in said()]
    assert named[0] == tags(story, newsroom.sections["en"])
    assert named[1] == tags(copy, newsroom.sections["en"])


def test_half_of_a_page_out_of_a_fixture_says_nothing(newsroom, said):
    story = factories.article()
    story.save_base(raw=True)
    story.page_ptr.save_base(raw=True)
    assert len(said()) == 1


# --- what stands around them ------------------------------------------------------------------------------------------
def test_an_author_and_a_topic_stand_in_their_list(newsroom, said):
    for page, index in ((factories.author(), AuthorIndexPage), (factories.topic(), TopicIndexPage)):
        said()
        page.save()
        lists = {f"list:{index.objects.parent_of(page).get().pk}"}
        own = {f"page:{page.pk}", f"versions:{page.translation_key}"}
        assert said() == [(own | lists, False)]
        Page.objects.get(pk=page.pk).unpublish()
        assert said() == [(own | lists, True)]


def test_what_stands_on_every_page_changes_every_page(newsroom, said):
    section, home = newsroom.sections["en"], newsroom.homes["en"]
    factories.article()
    for page in (home, section, AuthorIndexPage.objects.child_of(home).get()):
        said()
        page.slug = f"{page.slug}-2"
        page.save()
        assert said() == [(everywhere(page), False)]
    sport = factories.section("Sport")
    said()
    sport.move(section, pos="left")
    assert said() == [(everywhere(sport), False)]


def test_a_section_goes_with_its_stories(newsroom, said):
    sport = factories.section("Sport")
    live, draft = (factories.article(parent=sport, title=f"Match {live}", live=live) for live in (True, False))
    gone, lost = everywhere(sport), tags(live, sport)
    said()
    sport.delete()
    assert sorted(said(), key=lambda row: "site" in row[0]) == [(lost, True), (gone, True)]
    assert not Page.objects.filter(pk__in=[sport.pk, live.pk, draft.pk]).exists()


def test_pictures(newsroom, said):
    image = factories.image()
    image.get_rendition("width-10")
    image.get_file_hash()
    assert said() == []
    image.credit = "Harbour office"
    image.save()
    image.save(update_fields=["focal_point_x"])
    tag = {f"image:{image.pk}"}
    image.delete()
    assert said() == [(tag, False), (tag, False), (tag, True)]


def test_documents(newsroom, said):
    document = Document.objects.create(title="Timetable", file=ContentFile(b"12:00", "ferry.txt"))
    document.get_file_hash()
    assert said() == []
    document.save()
    document.delete()
    assert said() == [({"site"}, False)] * 2


def test_sites_and_languages(newsroom, said):
    newsroom.site.save()
    Locale.objects.create(language_code="pt").delete()
    newsroom.site.delete()
    assert said() == [({"site"}, False)] * 4


def test_privacy(newsroom, said):
    restriction = PageViewRestriction.objects.create(page=newsroom.sections["en"], restriction_type="login")
    restriction.delete()
    assert said() == [({"site"}, True)] * 2


# --- what it costs, and that it is stored with the change ------------------------------------------------------------
@pytest.mark.storage
@pytest.mark.parametrize("number", [1, 3])
def test_what_is_said_takes_one_to_four_queries(newsroom, said, number):
    authors = [factories.author(f"Author {each}") for each in range(number)]
    story = factories.article(authors=authors, topics=[factories.topic(f"Topic {each}") for each in range(number)])
    published, stored = story.save_revision().as_object(), ArticlePage.objects.get()
    for page, queries in ((newsroom.sections["en"], 1), (authors[0], 2), (published, 2), (stored, 4)):
        with CaptureQueriesContext(connection) as asked:
            announce_page(page)
        # PostgreSQL's NOTIFY is the press's own to count.
        assert len([query for query in asked if "pg_notify" not in query["sql"]]) == queries


@pytest.mark.django_db(transaction=True)
def test_what_is_said_goes_if_the_change_goes():
    def fail(**_):
        assert connection.in_atomic_block
        raise RuntimeError("power cut")

    factories.newsroom()
    story = factories.article(live=False)
    Purge.objects.all().delete()
    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="power cut"):
            story.save_revision().publish()
    finally:
        page_published.disconnect(fail)
    story.refresh_from_db()
    assert (story.live, Purge.objects.exists()) == (False, False)


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_what_is_said_is_part_of_the_change_whichever_way_wagtail_goes(monkeypatch):
    def listen(row):
        inside.append(connection.in_atomic_block)
        insert(row)

    newsroom, inside = factories.newsroom(), []
    story, sport = factories.article(), factories.section("Sport")
    monkeypatch.setattr("tribuna.press.actions.saying.insert", listen)
    Page.objects.get(pk=story.pk).move(sport, pos="last-child")
    Page.objects.get(pk=story.pk).unpublish()
    sport.move(newsroom.sections["en"], pos="left")
    Page.objects.get(pk=sport.pk).delete()
    assert inside == [True] * 4
