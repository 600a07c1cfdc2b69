"""What readers see of the desk, and how they appeal."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.moderation.factories import article, comment, moderator
from tests.moderation.views.pages import soup, text_of
from tribuna.comments.actions import submit_comment
from tribuna.moderation.actions import decide, open_appeal, settle_appeal
from tribuna.moderation.models import Appeal, Rule
from tribuna.press.actions import recorded

pytestmark = pytest.mark.django_db

FIGURES, RULES, LEDGER = "/en/moderation/", "/en/moderation/rules/", "/moderation/ledger.jsonl"


@pytest.fixture
def rejected():
    """A comment that was rejected under a rule, and the secret of its receipt."""
    page = article(comments_policy="premoderated")
    submitted = submit_comment(page, text="Never mind the ferry.", name="Reader 1", language="en")
    decide(submitted.comment, actor=moderator(), state="rejected", rule="topic", explanation="Another matter.")
    return submitted


def receipt(client, submitted) -> str:
    """Return what the section about the decision says."""
    section = soup(client.get(reverse("comments:receipt", args=[submitted.secret]))).select_one("#decision")
    return text_of(section) if section else ""


def appeal_url(submitted) -> str:
    return reverse("rights:appeal", args=[submitted.secret])


def figure(page, name: str) -> str:
    return page.select_one(f"[data-figure={name}]").get_text()


def test_the_receipt_states_the_reasons_and_how_to_appeal(client, rejected):
    said = receipt(client, rejected)
    for part in (
        "It was not published.",
        "Keep to the subject (version 1) A comment is about the article",
        "The facts Another matter.",
        "A moderator, not a machine.",
        "entry 1",
        "You can appeal until",
    ):
        assert part in said
    rule = Rule.objects.get(code="topic", locale__language_code="en")
    rule.text = "Something else altogether."
    rule.save()
    assert "A comment is about the article" in receipt(client, rejected)


def test_an_appeal_is_taken_without_a_cookie_and_its_outcome_told(client, rejected):
    answer = client.post(appeal_url(rejected), {"text": "It is about the quay."})
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{reverse('comments:receipt', args=[rejected.secret])}#decision",
    )
    assert not answer.cookies
    assert "It waits for another moderator." in receipt(client, rejected)
    settle_appeal(Appeal.objects.get(), actor=moderator("otto@example.org", "Otto"), outcome="upheld", answer="No.")
    said = receipt(client, rejected)
    assert "upheld the decision" in said
    assert "out-of-court" in said
    assert "Otto" not in said


def test_a_decision_that_was_changed_before_the_appeal_says_so(client, rejected):
    open_appeal(rejected.comment, text="Why?")
    decide(rejected.comment, actor=moderator("otto@example.org", "Otto"), state="published")
    assert "changed before anybody came to the appeal" in receipt(client, rejected)


def test_the_form_shows_the_statement_and_an_empty_appeal_comes_back(client, rejected):
    page = soup(client.get(appeal_url(rejected)))
    assert "Keep to the subject" in text_of(page.main)
    assert page.select_one("form.comment-form textarea")
    answer = client.post(appeal_url(rejected), {"text": " "})
    assert answer.status_code == 422
    assert "This field is required." in text_of(soup(answer).select_one("[role=alert]"))
    assert not Appeal.objects.exists()
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_second_appeal_is_refused_and_what_was_typed_is_kept(client, rejected):
    client.post(appeal_url(rejected), {"text": "Once."})
    answer = client.post(appeal_url(rejected), {"text": "Twice."})
    assert answer.status_code == 410
    assert soup(answer).select_one("textarea").get_text() == "Twice."
    assert Appeal.objects.get().text == "Once."
    assert "There is nothing to appeal against" in text_of(soup(client.get(appeal_url(rejected))).main)


def test_there_is_no_appeal_at_an_address_that_was_made_up(client, rejected):
    assert client.get(reverse("rights:appeal", args=["0" * 40])).status_code == 404
    assert client.post(reverse("rights:appeal", args=["0" * 40]), {"text": "Hm."}).status_code == 404


def test_when_the_time_is_over_the_receipt_says_so(client, rejected, settings):
    with time_machine.travel(timezone.now() + timedelta(days=settings.TRIBUNA_APPEAL_DAYS + 1)):
        assert "The time to appeal is over." in receipt(client, rejected)


def test_of_what_readers_see_there_is_no_statement(client):
    page = article(comments_policy="open")
    assert receipt(client, submit_comment(page, text="Good.", name="Reader 1", language="en")) == ""


def test_spam_and_what_a_judge_rejected_are_stated_too(client, settings):
    settings.TRIBUNA_JUDGES = ["tests.comments.factories.Severe"]
    page = article(comments_policy="open")
    said = receipt(client, submit_comment(page, text="BUY NOW", name="Reader 1", language="en"))
    assert "By an automatic check. Who decided An automatic check; no person has looked at it yet." in said
    assert "It is all capitals." in said
    page.comments_policy = "premoderated"
    spam = submit_comment(page, text="Cheap pills", name="Reader 2", language="en")
    decide(spam.comment, actor=moderator(), state="spam")
    assert "Advertising and spam are not published." in receipt(client, spam)


def test_the_figures_add_up(client, rejected, settings):
    settings.TRIBUNA_JUDGES = ["tribuna.moderation.judges.links.LinksJudge"]
    page = rejected.comment.page.specific
    mara = moderator("mara2@example.org")
    comment(page, text="Fine.", state="published")
    decide(comment(page, text="See cheap.com"), actor=mara, state="spam")
    decide(comment(page, text="Other."), actor=mara, state="published")
    comment(page, text="One that waits.")
    settle_appeal(open_appeal(rejected.comment, text="Why?"), actor=mara, outcome="upheld")
    shown = soup(client.get(FIGURES))
    expected = {"received": 5, "published-at-once": 1, "held": 4, "published": 1, "removed": 2, "spam": 1}
    expected |= {"removed-at-once": 0, "waiting": 1, "appeals": 1, "upheld": 1, "reversed": 0, "superseded": 0}
    assert {name: figure(shown, name) for name in expected} == {name: str(n) for name, n in expected.items()}
    words = text_of(shown.main)
    assert "Keep to the subject 1" in words
    assert "Links 1" in words
    assert "A moderator 1" in words
    assert "Half within less than a minute" in words
    assert "The ledger, 5 lines" in words


def test_what_was_undone_counts_nowhere(client, rejected):
    from tribuna.moderation.actions import undo
    from tribuna.moderation.models import Decision

    undo(Decision.objects.latest("pk"), actor=moderator("otto@example.org", "Otto"))
    assert figure(soup(client.get(FIGURES)), "removed") == "0"


def test_a_newsroom_without_comments_has_figures_and_rules_too(client, newsroom):
    shown = text_of(soup(client.get(FIGURES)).main)
    assert "Nothing was held and decided yet." in shown
    assert "There are no rules yet." in text_of(soup(client.get(RULES)).main)


def test_a_median_of_hours_is_said_in_hours(client, rejected):
    held = comment(rejected.comment.page.specific, text="Late.")
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=5)):
        decide(held, actor=moderator("otto@example.org", "Otto"), state="published")
        assert figure(soup(client.get(FIGURES)), "ninetieth").replace("\xa0", " ") == "3 hours, 5 minutes"


def test_the_figures_are_printed_at_most_once_a_minute_and_the_rules_when_they_change(client, newsroom):
    with time_machine.travel(timezone.now(), tick=False), recorded() as notes:
        client.get(FIGURES)
        assert notes.until == timezone.now() + timedelta(minutes=1)
    assert {"moderation", "rules"} <= notes.tags
    with recorded() as notes:
        client.get(RULES)
    assert "rules" in notes.tags
    assert notes.until is None


def test_the_rules_are_shown_with_what_they_said_before(client, rejected, settings):
    rule = Rule.objects.get(code="topic", locale__language_code="en")
    rule.text = "Stay with the article."
    rule.save()
    section = soup(client.get(RULES)).select_one("#topic")
    assert "Version 2, since" in text_of(section)
    assert "A comment is about the article" in text_of(section.select_one("details"))
    assert "Links" in text_of(soup(client.get(RULES)).main)
    settings.TRIBUNA_JUDGES = []
    assert "automatic checks" not in text_of(soup(client.get(RULES)).main)
    assert "Cíñase al tema" in client.get("/es/moderation/rules/").content.decode()


def test_a_rule_without_a_version_is_shown_all_the_same(client, rejected):
    Rule.objects.filter(code="topic").update(code="bare")
    assert "Version" not in text_of(soup(client.get(RULES)).select_one("#bare"))


def test_the_ledger_is_streamed_from_any_line_and_not_sent_twice(client, rejected):
    open_appeal(rejected.comment, text="Why?")
    answer = client.get(LEDGER)
    assert answer.streaming
    assert answer.headers["Content-Type"] == "application/jsonl"
    lines = answer.getvalue().decode().splitlines()
    assert len(lines) == 2
    assert client.get(f"{LEDGER}?after=1").getvalue().decode().splitlines() == lines[1:]
    assert client.get(LEDGER, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(f"{LEDGER}?after=x").status_code == 404
    assert not answer.cookies
