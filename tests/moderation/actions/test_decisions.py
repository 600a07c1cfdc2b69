from __future__ import annotations

import pytest

from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment, Receipt, ThreadStat
from tribuna.comments.queries import comment_counts
from tribuna.moderation.actions import StaleDecision, decide, decide_many, undo, undo_many
from tribuna.moderation.models import Decision, Rule

pytestmark = pytest.mark.django_db


def state(stored: Comment) -> str:
    """Return the state as it is stored."""
    return Comment.objects.get(pk=stored.pk).state


def told(stored: Comment) -> list[str]:
    """Return what the author's receipt gives as reasons."""
    return [str(reason) for reason in Receipt.objects.get(comment=stored).why]


def visible(stored: Comment) -> int:
    """Return the count under the comment's page."""
    return comment_counts([stored.page_id])[stored.page_id]


@pytest.mark.parametrize(
    ("wanted", "action", "count"),
    [("published", "publish", 1), ("rejected", "reject", 0), ("spam", "spam", 0)],
)
def test_deciding_changes_the_state_the_count_and_the_record(wanted: str, action: str, count: int) -> None:
    stored, mara = comment(), moderator()
    decision = decide(stored, actor=mara, state=wanted)
    assert state(stored) == wanted
    assert visible(stored) == count
    assert decision.action == action
    assert (decision.state_before, decision.state_after) == ("held", wanted)
    assert (decision.actor, decision.actor_name, decision.lang) == (mara, "Mara", "en")
    assert Decision.objects.latest("pk") == decision


def test_a_published_comment_can_go_back_to_the_queue() -> None:
    stored = comment(state="published")
    decision = decide(stored, actor=moderator(), state="held")
    assert decision.action == "hold"
    assert state(stored) == "held"
    assert visible(stored) == 0


def test_the_author_is_told_the_rule_and_the_words_in_the_comments_language() -> None:
    stored, mara = comment(article(language="es"), language="es"), moderator()
    decision = decide(stored, actor=mara, state="rejected", rule="topic", explanation="Hable del puerto.")
    assert told(stored) == [
        "It breaks a rule of this site: Cíñase al tema. Un comentario trata del artículo o responde a otro comentario.",
        "The moderator writes: Hable del puerto.",
    ]
    assert [str(reason) for reason in decision.why] == told(stored)
    assert (decision.rule, decision.explanation) == ("topic", "Hable del puerto.")


def test_a_rule_that_is_not_there_is_refused_and_nothing_changes() -> None:
    stored = comment()
    with pytest.raises(Rule.DoesNotExist):
        decide(stored, actor=moderator(), state="rejected", rule="nothing")
    assert state(stored) == "held"


def test_whoever_is_slower_is_told_who_decided_what_and_nothing_changes() -> None:
    mara, otto = moderator(), moderator("otto@example.org", "Otto")
    page = article()
    as_mara_sees_it = comment(page)
    as_otto_sees_it = Comment.objects.get(pk=as_mara_sees_it.pk)
    decide(as_mara_sees_it, actor=mara, state="published")
    with pytest.raises(StaleDecision) as refused:
        decide(as_otto_sees_it, actor=otto, state="rejected", explanation="No.")
    assert refused.value.comment.state == "published"
    assert refused.value.latest.actor_name == "Mara"
    assert state(as_mara_sees_it) == "published"
    assert Decision.objects.by_people().count() == 1
    assert ThreadStat.objects.get(page_id=page.pk).visible_count == 1


def test_what_a_comment_is_already_can_not_be_decided() -> None:
    with pytest.raises(ValueError, match="held already"):
        decide(comment(), actor=moderator(), state="held")


def test_undoing_gives_back_the_state_the_count_and_what_the_author_was_told() -> None:
    stored, mara = comment(), moderator()
    before = told(stored)
    rejected = decide(stored, actor=mara, state="rejected", rule="respect")
    undone = undo(rejected, actor=moderator("otto@example.org", "Otto"))
    assert state(stored) == "held"
    assert told(stored) == before == ["A moderator reads all comments on this article before they appear."]
    assert undone.action == "undo"
    assert (undone.state_before, undone.state_after) == ("rejected", "held")
    assert (undone.undoes, undone.actor_name) == (rejected, "Otto")
    assert rejected.undone_by == undone


def test_undoing_brings_back_the_branch_that_was_hidden() -> None:
    page = article()
    root = comment(page, state="published")
    comment(page, state="published", reply_to=root)
    decision = decide(root, actor=moderator(), state="spam")
    assert visible(root) == 0
    undo(decision, actor=decision.actor)
    assert visible(root) == 2


def test_an_undoing_can_be_undone() -> None:
    stored, mara = comment(), moderator()
    rejected = decide(stored, actor=mara, state="rejected", explanation="Not so.")
    undo(undo(rejected, actor=mara), actor=mara)
    assert state(stored) == "rejected"
    assert told(stored) == ["The moderator writes: Not so."]


def test_what_was_followed_by_another_decision_is_not_undone() -> None:
    stored, mara = comment(), moderator()
    first = decide(stored, actor=mara, state="published")
    decide(stored, actor=moderator("otto@example.org", "Otto"), state="spam")
    with pytest.raises(StaleDecision) as refused:
        undo(first, actor=mara)
    assert refused.value.latest.actor_name == "Otto"
    assert state(stored) == "spam"


def test_the_first_decision_has_nothing_before_it() -> None:
    comment()
    with pytest.raises(ValueError, match="nothing before"):
        undo(Decision.objects.get(), actor=moderator())


def test_a_decision_on_a_comment_without_a_record_is_undone_too() -> None:
    stored, mara = comment(), moderator()
    lone = Comment.objects.create(
        page_id=stored.page_id, path=b"\0" * 7 + b"\x7f", created_at=stored.created_at, name="Import", lang="en"
    )
    undo(decide(lone, actor=mara, state="published"), actor=mara)
    assert state(lone) == "held"


def test_many_are_decided_at_once_and_those_that_moved_are_left() -> None:
    mara, otto = moderator(), moderator("otto@example.org", "Otto")
    page = article()
    first, moved, last = (comment(page, text=f"Comment {number}") for number in range(3))
    published = comment(page, state="published")
    decide(moved, actor=otto, state="rejected")
    seen = {first.pk: "held", moved.pk: "held", last.pk: "held", published.pk: "published", 999_999: "held"}
    decided = decide_many(seen, actor=mara, state="published")
    assert [decision.comment_id for decision in decided.decisions] == [first.pk, last.pk]
    assert [stale.comment.pk for stale in decided.stale] == [moved.pk]
    assert state(moved) == "rejected"
    assert visible(first) == 3


def test_many_are_undone_at_once_and_those_that_moved_are_left() -> None:
    mara = moderator()
    page = article()
    seen = {comment(page, text=f"Comment {number}").pk: "held" for number in range(3)}
    decided = decide_many(seen, actor=mara, state="spam")
    moved = decided.decisions[1].comment
    decide(moved, actor=mara, state="published")
    undone = undo_many(decided.decisions, actor=mara)
    assert len(undone.decisions) == 2
    assert [stale.comment.pk for stale in undone.stale] == [moved.pk]
    assert state(moved) == "published"
