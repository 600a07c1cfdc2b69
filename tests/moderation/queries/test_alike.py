from __future__ import annotations

import pytest

from tests.moderation.factories import article, comment
from tribuna.comments.models import Comment, State
from tribuna.moderation.queries import Filters, alike, alike_waiting, groups_of, queue_page, row_of

TEXT = "Visit our new shop in the old town today and get two pairs of {} for the price of one, only this week"
THINGS = ("shoes", "boots", "gloves", "hats")

pytestmark = pytest.mark.django_db


def waiting():
    return Comment.objects.filter(state=State.HELD).order_by("pk")


def campaign(page, things=THINGS) -> list[int]:
    return [comment(page, text=TEXT.format(thing), name=thing).pk for thing in things]


def test_what_says_nearly_the_same_is_a_group_in_the_order_of_the_queue() -> None:
    page = article()
    shoes, *others = campaign(page)
    honest = comment(page, text="The shop in the old town was closed when I wanted to buy a pair of shoes there")
    thanks, again = (comment(page, text=text).pk for text in ("Thank you", "thank  YOU"))
    assert groups_of(waiting()) == {shoes: others, honest.pk: [], thanks: [again]}
    assert groups_of(waiting().order_by("-pk")) == {again: [thanks], honest.pk: [], others[-1]: [*others[1::-1], shoes]}
    assert alike_waiting(others[0]) == [shoes, *others[1:]]
    assert alike_waiting(honest.pk) == alike_waiting(0) == []


def test_a_group_goes_on_without_the_one_it_began_with() -> None:
    shoes, *others = campaign(article())
    groups_of(waiting())
    Comment.objects.filter(pk=shoes).update(state=State.SPAM)
    assert groups_of(waiting()) == {others[0]: others[1:]}
    assert alike_waiting(shoes) == []


def test_texts_are_read_once_and_again_when_they_were_changed(django_assert_num_queries) -> None:
    shoes, *others = campaign(article())
    groups_of(waiting())
    with django_assert_num_queries(1):
        groups_of(waiting())
    changed = Comment.objects.get(pk=shoes)
    Comment.objects.filter(pk=shoes).update(body_source="Something else", edited_at=changed.created_at)
    with django_assert_num_queries(2):
        assert groups_of(waiting()) == {shoes: [], others[0]: others[1:]}


def test_what_no_longer_waits_is_forgotten_in_the_end(monkeypatch) -> None:
    monkeypatch.setattr(alike, "FORGOTTEN_MAXIMUM", 2)
    page = article()
    first = campaign(page)
    groups_of(waiting())
    Comment.objects.filter(pk__in=first[:3]).update(state=State.SPAM)
    assert groups_of(waiting()) == {first[3]: []}
    assert list(alike._texts._known) == first[3:]


def test_a_page_shows_the_first_of_each_group_and_how_many_follow(settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    page = article()
    group = campaign(page)
    alone = comment(page, text="Where is the ferry?")
    first = queue_page(Filters())
    assert [(row.comment.pk, row.alike) for row in first.rows] == [(group[0], group[1:])]
    second = queue_page(Filters(), after=first.next_cursor)
    assert [row.comment for row in second.rows] == [alone]
    assert second.next_cursor is None
    newest = queue_page(Filters(newest_first=True), after=alone.pk)
    assert [(row.comment.pk, row.alike) for row in newest.rows] == [(group[3], group[2::-1])]
    assert [row.comment.pk for row in queue_page(Filters(alike_id=group[1]), after=group[1]).rows] == [group[2]]
    assert row_of(group[1]).alike == [group[0], *group[2:]]
    assert row_of(comment(page, state="published", text=TEXT.format("socks")).pk).alike == []
