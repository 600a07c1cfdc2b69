from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from tests.comments import factories as readers
from tests.moderation.factories import article, comment, moderator
from tribuna.comments.models import Comment
from tribuna.core.chain import follow
from tribuna.moderation.actions import decide, decide_many, open_appeal, settle_appeal, undo
from tribuna.moderation.models import AppendOnly, Decision, LedgerEntry, LedgerHead
from tribuna.moderation.queries import LedgerFlaw, check_ledger, ledger_end, ledger_lines

WRITERS, STEPS = 6, 8


def kinds() -> list[str]:
    """Return what the ledger's lines are about."""
    import json

    return [json.loads(line)["kind"] for line in ledger_lines()]


@pytest.mark.django_db
def test_decisions_undoings_and_appeals_are_chained_without_a_name_or_a_word():
    mara, otto, stored = moderator(), moderator("otto@example.org", "Otto"), comment(name="Reader 1")
    undo(decide(stored, actor=mara, state="published"), actor=mara)
    decide(stored, actor=mara, state="rejected", rule="topic", explanation="Off the point.")
    settle_appeal(open_appeal(stored, text="It is to the point."), actor=otto, outcome="reversed", answer="So it is.")
    assert kinds() == ["decision", "decision", "decision", "appeal", "decision", "outcome"]
    lines = "".join(ledger_lines())
    for word in ("Mara", "Otto", "Reader 1", "point", "So it is", "ferry"):
        assert word not in lines
    assert check_ledger() == follow(ledger_lines()) == ledger_end()


@pytest.mark.django_db
def test_what_comes_in_is_in_the_ledger_only_if_a_judge_kept_it_from_the_readers(settings):
    settings.TRIBUNA_JUDGES = [readers.SEVERE]
    page = article()
    comment(page, state="published")
    comment(page)
    assert ledger_end().number == 0
    page.comments_policy = "open"
    readers.comment(page, "SHOUTING")
    (line,) = ledger_lines()
    assert '"action":"receive"' in line
    assert '"by":"machine"' in line
    assert Decision.objects.latest("pk").appealable_until


@pytest.mark.django_db
def test_a_decision_that_fails_leaves_no_line():
    stored, mara = comment(), moderator()
    Comment.objects.filter(pk=stored.pk).update(state="spam")
    decided = decide_many({stored.pk: "held"}, actor=mara, state="published")
    assert not decided.decisions
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_the_lines_are_neither_altered_nor_deleted_nor_forked():
    decide(comment(), actor=moderator(), state="published")
    entry = LedgerEntry.objects.get()
    assert str(entry) == str(LedgerHead.objects.get()) == "1"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(IntegrityError):
        LedgerEntry.objects.create(
            number=2, decision=entry.decision, body="{}", prev_hash=entry.prev_hash, hash="f" * 64
        )


def _tamper(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def three(db):
    """Three decisions in the ledger."""
    page, mara = article(), moderator()
    return [decide(comment(page, text=f"Comment {n}"), actor=mara, state="published") for n in range(3)]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE moderation_ledgerentry SET body = replace(body, 'publish', 'reject') WHERE number = 2", "line 2"),
        ("DELETE FROM moderation_ledgerentry WHERE number = 2", "line 2"),
        ("DELETE FROM moderation_ledgerentry WHERE number = 3", "2 entries, and 3 were written"),
        ("DELETE FROM moderation_ledgerentry", "0 entries, and 3 were written"),
    ],
)
def test_whoever_goes_to_the_database_itself_is_found(three, statement, problem):
    _tamper(statement)
    with pytest.raises(LedgerFlaw, match=problem):
        check_ledger()


def test_a_decision_that_is_no_longer_what_the_ledger_says_is_found(three):
    _tamper("UPDATE moderation_decision SET rule = 'topic' WHERE id = %s", three[1].pk)
    with pytest.raises(LedgerFlaw, match=f"decision {three[1].pk} is not what entry 2 says"):
        check_ledger()


@pytest.mark.django_db
def test_a_decision_that_is_gone_is_found():
    decide(comment(), actor=moderator(), state="published")
    entry = LedgerEntry.objects.get()
    with connection.constraint_checks_disabled():
        _tamper("UPDATE moderation_ledgerentry SET decision_id = 0 WHERE number = %s", entry.number)
        with pytest.raises(LedgerFlaw, match="decision 0 is not what entry 1 says"):
            check_ledger()
        _tamper("UPDATE moderation_ledgerentry SET decision_id = %s", entry.decision_id)


def test_a_copy_is_compared_with_the_newsrooms_own(three):
    lines = list(ledger_lines())
    assert check_ledger(lines) == ledger_end()
    assert check_ledger(lines[:2]).number == 2
    assert check_ledger([]).number == 0
    with pytest.raises(LedgerFlaw, match="line 1: it was altered"):
        check_ledger([lines[0].replace("held", "spam"), *lines[1:]])
    with pytest.raises(LedgerFlaw, match="number 3 does not follow number 1"):
        check_ledger([lines[0], lines[2]])
    _tamper("DELETE FROM moderation_ledgerentry WHERE number = 3")
    with pytest.raises(LedgerFlaw, match="another entry 3, or none"):
        check_ledger(lines)


def test_lines_are_read_in_batches_and_from_any_place(three, monkeypatch):
    monkeypatch.setattr("tribuna.moderation.queries.ledger.CHUNK_LINES", 2)
    lines = list(ledger_lines())
    assert len(lines) == 3
    assert list(ledger_lines(after=1)) == lines[1:]
    assert list(ledger_lines(after=3)) == []
    assert list(ledger_lines(until=2)) == lines[:2]
    assert list(ledger_lines(until=9)) == lines
    assert check_ledger().number == 3


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_the_chain_does_not_fork_with_six_writers():
    page, mara, otto = article(), moderator(), moderator("otto@example.org", "Otto")
    ids = [comment(page, text=f"Comment {n}").pk for n in range(WRITERS * STEPS)]

    def write(number: int) -> None:
        try:
            own = ids[number::WRITERS]
            for pk in own[: STEPS // 2]:
                decision = decide(Comment.objects.get(pk=pk), actor=mara, state="rejected", explanation="No.")
                settle_appeal(open_appeal(decision.comment, text="Why?"), actor=otto, outcome="upheld")
            decide_many(dict.fromkeys(own[STEPS // 2 :], "held"), actor=otto, state="spam")
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert check_ledger().number == WRITERS * (STEPS // 2 * 3 + STEPS // 2)
    assert Decision.objects.by_people().count() == len(ids)
