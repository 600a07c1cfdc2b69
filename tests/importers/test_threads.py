from __future__ import annotations

import json

import pytest

from tests.importers.factories import about, archive, article, bring, comment, told
from tribuna.comments.models import Comment
from tribuna.comments.queries import drifts
from tribuna.importers.actions.threads import GONE, IN_A_RING, NO_ARTICLE, NO_PARENT, NO_WORDS
from tribuna.importers.base import Said
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom")]


def test_a_thread_of_which_nothing_is_left_is_none():
    assert told(bring(article("1"), comment("1", state=Said.GONE)), "comment") == {"read": 1, "left": 1}


def test_comments_keep_their_thread_and_their_states():
    bring(*archive())
    first, held, below, other = Comment.objects.order_by("pk")
    assert (held.parent, below.root, below.depth) == (first, first, 2)
    assert (first.visible, held.visible, below.visible, below.hidden_by) == (True, False, False, held)
    assert bytes(below.path).startswith(bytes(held.path))
    assert (other.name, other.lang, other.author_ref != "") == ("Anónimo", "es", True)
    assert "example" not in json.dumps(list(Comment.objects.values("name", "body_source", "author_ref"))).lower()
    assert drifts() == []


def test_what_is_wrong_in_a_thread_is_mended():
    records = [
        comment("gone", state=Said.GONE),
        comment("empty", text=" ", parent="gone"),
        comment("child", parent="empty"),
        comment("a", parent="b"),
        comment("b", parent="c"),
        comment("c", parent="a"),
        comment("self", parent="self"),
        comment("orphan", parent="nowhere"),
        comment("dateless", created_at=None, name="x" * 99, text="caf\u00c3\u00a9"),
        comment("lost", article="99"),
    ]
    outcome = bring(article("1"), *records)
    assert told(outcome, "comment") == {"read": 10, "created": 7, "left": 3}
    roots = Comment.objects.filter(parent=None).values_list("body_source", flat=True)
    assert sorted(roots) == ["Said a", "Said child", "Said orphan", "Said self", "café"]
    assert Comment.objects.get(body_source="Said b").depth == 2
    said = dict(about("comment"))
    assert said["gone"] == GONE
    assert said["empty"] == NO_WORDS
    assert (said["a"], said["self"]) == (IN_A_RING, IN_A_RING)
    assert (said["orphan"], said["lost"]) == (NO_PARENT, NO_ARTICLE)
    assert len(about("comment")) == 9
    assert drifts() == []


def test_a_thread_deeper_than_ours_goes_on_beside_its_deepest():
    bring(article("1"), *(comment(str(n), parent=str(n - 1) if n else "") for n in range(20)))
    assert Comment.objects.order_by("-depth").first().depth == 15
    assert Comment.objects.filter(depth=15).count() == 5


def test_later_comments_hang_below_earlier_ones():
    bring(article("1"), comment("1"))
    bring(article("1"), comment("1"), comment("2", parent="1"), comment("3", parent="1", state=Said.SPAM))
    first = Comment.objects.get(body_source="Said 1")
    assert first.replies == 1
    assert drifts() == []


def test_comments_find_articles_by_where_these_stand_or_stood():
    bring(article("1", addresses=("/old/1", "/old?id=1")))
    story = ArticlePage.objects.get()
    records = [
        comment("1", article="", address="https://old.example/old/1/?utm=1"),
        comment("2", article="", address=f"http://testserver{story.url}"),
        comment("3", article="", address="/nowhere"),
        comment("4", article="", address=""),
        comment("5", article="", address="/en/"),
        comment("6", article="", address="/old?id=1"),
    ]
    assert told(bring(*records, name="disqus"), "comment") == {"read": 6, "created": 3, "left": 3}
    assert told(bring(comment("1", article="", address="/nowhere"), name="other"), "comment")["left"] == 1
