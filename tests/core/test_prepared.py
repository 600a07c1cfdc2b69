"""Queries that are put into words once, and say what the queryset would."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tribuna.core.prepared import RightNow, prepared, prepared_update
from tribuna.newsroom.models import ArticlePage, NewsImage

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def stories(newsroom):
    return [factories.article(title=title) for title in ("One", "Two", "100 %")]


def test_the_rows_are_those_of_the_queryset_in_one_query(stories, django_assert_num_queries):
    @prepared
    def called(title: str) -> QuerySet[ArticlePage]:
        return ArticlePage.objects.filter(title=title).select_related("locale").annotate(more=Value(7))

    for story in stories:
        with django_assert_num_queries(1):
            (found,) = called(story.title)
            assert (found, found.body, found.locale.language_code, found.more) == (story, story.body, "en", 7)
        assert found.published_at == story.published_at
        assert not found._state.adding
    assert called("None of them") == []


def test_the_words_are_made_once_for_each_set_of_facts_and_in_each_thread(stories):
    made = []

    @prepared
    def some(*, size: int) -> QuerySet[ArticlePage]:
        made.append(size)
        return ArticlePage.objects.order_by("pk")[:size]

    assert [len(some(size=size)) for size in (1, 2, 1, 2)] == [1, 2, 1, 2]
    assert made == [1, 2]

    def elsewhere() -> None:
        some(size=1)
        connections.close_all()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert made == [1, 2, 1]


@pytest.mark.parametrize("kind", [list, tuple, set])
def test_a_list_may_be_of_any_length(stories, kind):
    @prepared
    def among(ids: list[int], title: str) -> QuerySet[ArticlePage, int]:
        return ArticlePage.objects.filter(Q(pk__in=ids) | Q(title=title)).order_by("pk").values_list("pk", flat=True)

    ids = [story.pk for story in stories]
    for number in (0, 1, 3, 2, 0):
        assert among(kind(ids[:number]), "None of them") == ids[:number]
    assert among([], "Two") == [ids[1]]


def test_values_of_every_type_are_given_as_the_database_wants_them(stories):
    @prepared
    def of(key, moment) -> QuerySet[ArticlePage, tuple]:
        found = ArticlePage.objects.filter(translation_key__in=[key] if isinstance(key, str) else key)
        return found.filter(published_at__gte=moment).values_list("translation_key", "published_at", "live")

    one = ArticlePage.objects.get(pk=stories[0].pk)
    assert of([one.translation_key], one.published_at) == [(one.translation_key, one.published_at, True)]
    assert of([one.translation_key], one.published_at + timedelta(seconds=1)) == []


def test_a_percent_sign_in_the_words_stays_one(stories):
    @prepared
    def ends(title: str) -> QuerySet[ArticlePage, str]:
        sign = ArticlePage.objects.filter(title=title).annotate(said=Concat("title", Value("%s %d %% %(p0)s")))
        return sign.filter(title__endswith="%").values_list("said", flat=True)

    assert ends("100 %") == ["100 %%s %d %% %(p0)s"]


def test_what_can_have_no_row_asks_nothing(db, django_assert_num_queries):
    @prepared
    def none(title: str) -> QuerySet[ArticlePage]:
        return ArticlePage.objects.filter(title=title, pk__in=[])

    with django_assert_num_queries(0):
        assert none("One") == []


def test_a_prepared_update_changes_rows_and_says_how_many(stories, django_assert_num_queries):
    @prepared_update
    def called(title: str, more: int, moment: datetime) -> tuple[QuerySet[NewsImage], dict[str, Any]]:
        changes = {"width": F("width") + more, "created_at": moment, "description": "50 %"}
        return NewsImage.objects.filter(title=title), changes

    picture, other = factories.image(title="One"), factories.image(title="Two")
    moment = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
    for _ in range(2):
        with django_assert_num_queries(1):
            assert called("One", 3, moment) == 1
    assert called("None of them", 3, moment) == 0
    before = picture.width, other.width
    for image in (picture, other):
        image.refresh_from_db()
    assert (picture.width, picture.description, picture.created_at) == (before[0] + 6, "50 %", moment)
    assert (other.width, other.description) == (before[1], "A white ferry")


def test_an_update_of_what_can_have_no_row_asks_nothing(db, django_assert_num_queries):
    @prepared_update
    def none() -> tuple[QuerySet[NewsImage], dict[str, Any]]:
        return NewsImage.objects.filter(pk__in=[]), {"title": "None"}

    with django_assert_num_queries(0):
        assert none() == 0


def test_a_moment_in_the_words_is_refused(db):
    @prepared
    def before() -> QuerySet[ArticlePage]:
        return ArticlePage.objects.filter(published_at__lt=timezone.now())

    with pytest.raises(TypeError, match="would stand still"):
        before()


def test_right_now_moves_on_prepared_or_not(newsroom):
    def expired() -> QuerySet[ArticlePage]:
        return ArticlePage.objects.filter(expire_at__lte=RightNow())

    asked = prepared(expired)
    story = factories.article(expire_at=timezone.now() + timedelta(hours=1))
    assert (asked(), list(expired())) == ([], [])
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert (asked(), list(expired())) == ([story], [story])


def test_no_value_is_ever_part_of_the_words(stories):
    @prepared
    def called(title: str) -> QuerySet[ArticlePage]:
        return ArticlePage.objects.filter(title=title)

    assert called("' OR 1=1 --") == []
    assert called("%(p0)s %s") == []
    with CaptureQueriesContext(connection) as seen:
        called("One")
    assert "One" in seen.captured_queries[0]["sql"]


def test_a_moment_that_was_computed_is_one_too(stories):
    day = datetime(2022, 12, 2, 9, 30, tzinfo=UTC)

    @prepared
    def later(moment: datetime) -> QuerySet[ArticlePage, datetime]:
        computed = Coalesce(moment, "published_at", output_field=DateTimeField())
        return ArticlePage.objects.annotate(later=computed).values_list("later", flat=True)

    assert set(later(day)) == {day}
