"""What is read most: counted without knowing by whom, drawn up now and then."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories
from tests.press.printing import KEY
from tests.theme.factories import soup
from tribuna.newsroom.actions import (
    count_readings,
    draw_up_most_read,
    forget_old_readings,
    write_readings_down,
)
from tribuna.newsroom.models import DailyReading, MostRead
from tribuna.press.base import recorded
from tribuna.press.models import Purge
from tribuna.press.signals import pages_read

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def read(story, times: int) -> None:
    count_readings({story.url: times})
    assert write_readings_down()


def box(client, address: str) -> list[str]:
    found = soup(client.get(address)).find(class_="most-read")
    return [link.text for link in found.find_all("a")] if found else []


def test_readings_add_up_by_day(newsroom):
    story = factories.article()
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        read(story, 2)
    read(story, 1)
    read(story, 4)
    assert list(DailyReading.objects.order_by("day").values_list("story", "count")) == [(story.pk, 2), (story.pk, 5)]
    assert str(DailyReading.objects.order_by("day").last()).endswith(": 5")


def test_what_is_no_story_is_left_out(newsroom):
    story = factories.article(language="es")
    pages_read.send(
        None, readings={KEY: 3, KEY._replace(path=story.url): 2, KEY._replace(path=story.url, query="a=1"): 9}
    )
    count_readings({"/en/": 7, "/nowhere/": 1})
    write_readings_down()
    assert list(DailyReading.objects.values_list("story", "count")) == [(story.pk, 2)]


def test_the_box_stands_on_front_page_and_section_and_can_be_switched_off(newsroom, client):
    city, culture = newsroom.sections["en"], factories.section("Culture")
    one, two = factories.article(title="One"), factories.article(title="Two", parent=culture, story_language="fr")
    unread = factories.article(title="Unread")
    read(one, 3)
    read(two, 5)
    read(factories.article(title="Uno", language="es"), 9)
    assert draw_up_most_read() == 5
    assert (box(client, "/en/"), box(client, "/en/culture/"), box(client, "/es/")) == (["Two", "One"], ["Two"], ["Uno"])
    assert soup(client.get("/en/")).find(class_="most-read").a["lang"] == "fr"
    assert box(client, f"{city.url}?before=zzzzzzzzzzz-1") == []
    city.shows_most_read = False
    city.save_revision().publish()
    assert box(client, city.url) == []
    assert draw_up_most_read() == 1
    assert not MostRead.objects.filter(place=city).exists()
    assert unread.title not in box(client, "/en/")
    assert str(MostRead.objects.filter(place=culture).get()) == f"{culture.pk}, 0: {two.pk}"


def test_a_box_is_printed_again_only_when_it_changed(newsroom):
    one, two = factories.article(title="One"), factories.article(title="Two")
    read(one, 3)
    draw_up_most_read()
    Purge.objects.all().delete()
    read(one, 1)
    assert (draw_up_most_read(), Purge.objects.count()) == (0, 0)
    read(two, 9)
    assert draw_up_most_read() == 2
    home, section = newsroom.homes["en"], newsroom.sections["en"]
    said = [tag for purge in Purge.objects.all() for tag in purge.tags]
    assert sorted(said) == sorted([f"most-read:{home.pk}", f"most-read:{section.pk}"])


def test_pages_with_a_box_say_so_and_show_no_story_that_is_gone(newsroom, client):
    story = factories.article(title="One")
    read(story, 1)
    draw_up_most_read()
    with recorded() as notes:
        client.get("/en/city/")
    assert {f"most-read:{newsroom.sections['en'].pk}", f"page:{story.pk}"} <= notes.tags
    story.unpublish()
    assert box(client, "/en/city/") == []


def test_old_readings_count_no_more_and_are_deleted_in_the_end(newsroom, settings):
    story = factories.article()
    with time_machine.travel(timezone.now() - timedelta(days=settings.TRIBUNA_MOST_READ_DAYS)):
        read(story, 9)
    assert draw_up_most_read() == 0
    assert forget_old_readings() == 0
    with time_machine.travel(timezone.now() + timedelta(days=settings.TRIBUNA_READINGS_KEPT_DAYS)):
        assert forget_old_readings() == 1
