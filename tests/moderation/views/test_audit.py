from __future__ import annotations

import pytest

from tests.moderation.factories import article, comment
from tests.moderation.views.pages import DECISIONS, soup, text_of
from tribuna.moderation.actions import decide
from tribuna.moderation.models import Decision, Rule

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_audit_costs_the_same_however_much_was_decided(desk, mara, count: int, django_assert_num_queries) -> None:
    page = article()
    for number in range(count):
        decide(comment(page, text=f"Comment {number}"), actor=mara, state="rejected", rule="topic")
    desk.get(DECISIONS)
    with django_assert_num_queries(16):
        response = desk.get(f"{DECISIONS}?action=reject")
    assert len(soup(response).select("tbody tr")) == count


def test_the_audit_log_says_who_did_what_when_and_why(desk, mara) -> None:
    stored = comment(name="Ana", text="About nothing.")
    decide(stored, actor=mara, state="rejected", rule="topic", explanation="It is about the ferry.")
    shown = soup(desk.get(f"{DECISIONS}?moderator={mara.pk}&action=reject"))
    (row,) = shown.select("tbody tr")
    text = text_of(row)
    assert "Mara Rejected Waiting → Rejected Ana About nothing. Keep to the subject (1) It is about the ferry." in text
    assert row.select_one("time")["datetime"]


def test_the_audit_log_goes_on_with_older_decisions(desk, mara, settings) -> None:
    settings.TRIBUNA_DESK_ROWS_PER_PAGE = 1
    comment(name="Ana")
    comment(name="Ben")
    shown = soup(desk.get(f"{DECISIONS}?action=receive"))
    assert "Ben" in shown.select_one("tbody").get_text()
    older = shown.select_one(".desk-pages a")["href"]
    shown = soup(desk.get(DECISIONS + older))
    assert "Ana" in shown.select_one("tbody").get_text()
    assert not shown.select(".desk-pages a")


def test_the_audit_log_names_what_is_gone(desk, mara) -> None:
    stored = comment()
    decide(stored, actor=mara, state="rejected", rule="topic")
    Rule.objects.filter(code="topic").delete()
    stored.page.delete()
    text = text_of(soup(desk.get(DECISIONS)).select_one("tbody"))
    assert f"No. {stored.pk}, deleted with its page Keep to the subject (1)" in text


def test_the_audit_log_gives_the_code_of_a_rule_whose_text_was_never_kept(desk, mara) -> None:
    stored = comment()
    Decision.objects.create(
        comment=stored, action="reject", state_after="rejected", rule="lost", lang="en", at=stored.created_at
    )
    assert "lost" in text_of(soup(desk.get(DECISIONS)).select_one("tbody"))


def test_an_empty_audit_log_says_so(desk) -> None:
    article()
    assert "There is nothing here." in desk.get(DECISIONS).content.decode()
