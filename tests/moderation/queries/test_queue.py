from __future__ import annotations

import pytest

from tests import factories as newsroom_factories
from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment
from tribuna.moderation.actions import decide, open_desk
from tribuna.moderation.models import Decision, Rule
from tribuna.moderation.queries import (
    Filters,
    audit_page,
    latest_decision,
    moderators,
    queue_page,
    record_of,
    row_of,
    rule_in,
    rules,
    sections,
    waiting_count,
)

pytestmark = pytest.mark.django_db


def names(filters: Filters, **options) -> list[str]:
    """Return the names under the comments found."""
    return [row.comment.name for row in queue_page(filters, **options).rows]


def test_the_queue_shows_what_waits_oldest_first() -> None:
    page = article()
    for name in ("Ana", "Ben", "Cleo"):
        comment(page, name=name, text=f"I am {name}")
    comment(page, name="Dora", state="published")
    assert names(Filters()) == ["Ana", "Ben", "Cleo"]
    assert names(Filters(newest_first=True)) == ["Cleo", "Ben", "Ana"]
    assert names(Filters(state="published")) == ["Dora"]
    assert names(Filters(state="")) == ["Ana", "Ben", "Cleo", "Dora"]
    assert waiting_count() == 3


@pytest.mark.parametrize(("newest_first", "second"), [(False, ["Cleo"]), (True, ["Ana"])])
def test_the_next_page_follows_the_last_comment(newest_first: bool, second: list[str], settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 2
    page = article()
    for name in ("Ana", "Ben", "Cleo"):
        comment(page, name=name, text=f"I am {name}")
    filters = Filters(newest_first=newest_first)
    first = queue_page(filters)
    assert len(first.rows) == 2
    assert first.next_cursor == first.rows[-1].comment.pk
    last = queue_page(filters, after=first.next_cursor)
    assert [row.comment.name for row in last.rows] == second
    assert last.next_cursor is None


def test_a_page_that_is_just_full_has_no_next_one(settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    comment()
    assert queue_page(Filters()).next_cursor is None


def test_the_queue_is_narrowed_by_section_article_language_judge_and_author() -> None:
    town, culture = article(), article(parent=newsroom_factories.section("Culture"))
    ana = comment(town, name="Ana", email="ana@example.org")
    comment(culture, name="Ben", language="es", text="See cheap.com", email="ben@example.org")
    assert names(Filters(section=culture.section)) == ["Ben"]
    assert names(Filters(page_id=town.pk)) == ["Ana"]
    assert names(Filters(language="es")) == ["Ben"]
    assert names(Filters(judge="links")) == ["Ben"]
    assert names(Filters(judge="pace")) == []
    assert names(Filters(author_ref=ana.author_ref)) == ["Ana"]


def test_a_row_knows_why_it_waits_and_what_became_of_the_authors_others() -> None:
    page = article()
    for state in ("published", "published", "rejected", "spam"):
        comment(page, state=state, email="ana@example.org")
    waiting = comment(page, email="ana@example.org")
    row = row_of(waiting.pk)
    assert (row.published, row.rejected) == (2, 2)
    assert [str(reason) for reason in row.reasons] == [
        "A moderator reads all comments on this article before they appear."
    ]


def test_what_became_of_an_authors_first_comment_counts_however_long_ago() -> None:
    page = article()
    comment(page, state="rejected", email="ana@example.org")
    for number in range(5):
        comment(page, text=f"Comment {number}", state="published", email="ana@example.org")
    row = row_of(comment(page, email="ana@example.org").pk)
    assert (row.published, row.rejected) == (5, 1)
    assert [other.body_source for other in row.earlier] == ["Comment 4", "Comment 3", "Comment 2"]


def test_people_of_whom_nothing_is_known_have_no_history() -> None:
    comment(state="published")
    waiting = comment()
    row = row_of(waiting.pk)
    assert (row.published, row.rejected) == (0, 0)


def test_a_comment_without_a_record_has_no_reasons() -> None:
    stored = comment()
    lone = Comment.objects.create(
        page_id=stored.page_id, path=b"\0" * 7 + b"\x7f", created_at=stored.created_at, name="Import", lang="en"
    )
    row = row_of(lone.pk)
    assert (row.latest, row.reasons) == (None, [])


def test_there_is_no_row_of_a_comment_that_is_gone() -> None:
    assert row_of(1) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_five_questions_however_many_wait(count: int, django_assert_num_queries) -> None:
    page = article()
    root = comment(page, state="published")
    for number in range(count):
        comment(page, text=f"Comment {number}", reply_to=root, email=f"{number}@example.org")
    with django_assert_num_queries(5):
        found = queue_page(Filters())
        assert [row.comment.page.title + row.comment.reply_to.name for row in found.rows]
    assert len(found.rows) == count


def test_the_record_of_a_comment_is_told_in_order() -> None:
    stored, mara = comment(), moderator()
    decide(stored, actor=mara, state="rejected", rule="topic")
    received, rejected = record_of(stored)
    assert received.decision.action == "receive"
    assert received.rule is None
    assert rejected.rule.title == "Keep to the subject"
    assert rejected.comment == stored
    assert latest_decision(stored.pk) == rejected.decision
    assert latest_decision(stored.pk, before=rejected.decision.pk) == received.decision
    assert latest_decision(0) is None


def test_the_audit_shows_the_newest_first_page_by_page_and_by_whom_and_what(settings) -> None:
    mara, otto = moderator(), moderator("otto@example.org", "Otto")
    page = article()
    for actor, state in ((mara, "published"), (otto, "spam")):
        decide(comment(page), actor=actor, state=state)
    everything = audit_page()
    assert [entry.decision.action for entry in everything.entries] == ["spam", "receive", "publish", "receive"]
    assert everything.next_cursor is None
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 3
    first = audit_page()
    assert first.next_cursor == first.entries[-1].decision.pk
    assert len(audit_page(before=first.next_cursor).entries) == 1
    assert [entry.decision.actor_name for entry in audit_page(actor_id=otto.pk).entries] == ["Otto"]
    assert [entry.decision.actor_name for entry in audit_page(action="publish").entries] == ["Mara"]
    assert set(moderators()) == {mara, otto}


@pytest.mark.parametrize("count", [1, 3])
def test_the_audit_asks_three_questions_however_much_was_decided(count: int, django_assert_num_queries) -> None:
    mara, page = moderator(), article()
    for number in range(count):
        decide(comment(page, text=f"Comment {number}"), actor=mara, state="rejected", rule="topic")
    with django_assert_num_queries(3):
        found = audit_page(action="reject")
        assert [entry.rule.title + entry.comment.page.title for entry in found.entries]
    assert len(found.entries) == count


def test_the_audit_keeps_what_went_with_its_page() -> None:
    stored = comment()
    stored.page.delete()
    (entry,) = audit_page().entries
    assert entry.comment is None
    assert entry.decision == Decision.objects.get()


def test_rules_are_read_in_the_first_language_that_has_them() -> None:
    open_desk()
    Rule.objects.get(code="topic", locale__language_code="es").delete()
    titles = {rule.code: rule.title for rule in rules("es")}
    assert list(titles) == ["respect", "hatred", "privacy", "topic", "advertising"]
    assert titles["hatred"] == "Sin odio"
    assert titles["topic"] == "Keep to the subject"
    assert {rule.code: rule.title for rule in rules()}["hatred"] == "No hatred"
    assert rule_in("hatred", "fr", "es").title == "Sin odio"
    with pytest.raises(Rule.DoesNotExist):
        rule_in("nothing", "es")


def test_sections_of_every_language_can_be_chosen() -> None:
    article()
    assert [section.title for section in sections()] == ["City", "Ciudad"]
