"""The benchmark of comments: its rows, and the newsroom that it fills in bulk."""

from __future__ import annotations

import pytest

from bench import comments, comments_fill, comments_inside
from bench.harness import ROOT, Goal, said
from bench.inside import COMMENTS
from bench.load import Target
from bench.prose import answered
from tests import factories
from tests.comments.factories import comment
from tribuna.comments.models import Comment
from tribuna.comments.queries import drifts, thread_page


@pytest.mark.parametrize("quick", [True, False])
def test_every_row_has_a_goal_and_a_name_of_its_own(quick):
    plans = [plan for vendor in comments.VENDORS.values() for plan in comments.plans(vendor, quick=quick)]
    names = [plan.name for plan in plans]
    assert len(set(names)) == len(names)
    assert all(str(Goal.of_text(plan.goal)) for plan in plans)
    assert any(("50,000" if quick else "1,000,000") in name for name in names)


def test_the_table_has_a_place_in_the_reference():
    page = comments.DOCUMENT.read_text(encoding="utf-8")
    assert "<!-- comments: made by ./dev bench comments --docs -->" in page
    assert comments.DOCUMENT.is_relative_to(ROOT)


def test_what_is_found_is_said_at_once(capsys):
    assert [key for key, _ in said(iter([("first", ValueError("none"))]))] == ["first"]
    assert capsys.readouterr().out == "first: none\n"


def test_a_load_may_have_fewer_connections():
    command = Target("http://127.0.0.1/", connections=6).command(1)
    assert command[command.index("-c") + 1] == "6"


@pytest.mark.django_db
@pytest.mark.storage
def test_a_newsroom_that_is_filled_in_bulk_has_a_thread_as_readers_would_write_it(newsroom):
    model, hot = (factories.article(title=title) for title in ("Model", "Hot"))
    written: list[Comment] = []
    for number in range(COMMENTS // 5):
        above = written[-answered(number)] if answered(number) else None
        written.append(comment(model, f"Remark {number}", reply_to=above))
    comments_fill.fill(400, hot=100, hot_page=hot.pk, model_page=model.pk)

    assert Comment.objects.count() == len(written) + 400
    assert Comment.objects.values("page").distinct().count() == 5
    assert drifts() == []
    seen, cursor = 0, None
    while True:
        page = thread_page(hot.pk, cursor, 30)
        seen, cursor = seen + len(_flat(page.nodes)), page.next_cursor
        if cursor is None:
            break
    assert (page.total, seen) == (100, 100)
    for each in Comment.objects.filter(page=hot):
        assert bytes(each.path)[-8:] == each.pk.to_bytes(8)
        assert each.parent_id is None or bytes(each.path)[-16:-8] == each.parent_id.to_bytes(8)
    assert comment(hot).pk > Comment.objects.filter(page=hot).order_by("pk")[0].pk


def _flat(nodes):
    return [node for each in nodes for node in (each, *_flat(each.replies))]


def test_every_order_of_the_benchmark_is_known():
    assert set(comments_inside._ORDERS) == {"fill", "read", "look", "forms", "hammer", "drift", "sent"}
