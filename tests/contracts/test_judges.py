"""What every judge keeps to, whoever wrote it."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.moderation.factories import article, comment, draft, moderator
from tribuna.comments.base import Decision, Draft, Judge, Verdict
from tribuna.comments.models import State
from tribuna.core.plug import plug, plugs
from tribuna.moderation.actions import decide
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.words import WORDS
from tribuna.moderation.models import Trace, WordEntry

LANGUAGES = [code for code, _name in settings.LANGUAGES]
HIDDEN = "М\u200bу n\u200be\u200bw ѕ\u200bһ\u200bор: "  # noqa: RUF001
FOREIGN = "Dies ist eine Werbung in einer Sprache, die hier niemand spricht und niemand liest. " * 2
SUSPICIOUS = "Buy at cheap-pills.com, a.net, b.org and c.info, write to x@example.org or call +34 612 345 678. " * 2

pytestmark = pytest.mark.django_db


@pytest.fixture(params=settings.TRIBUNA_JUDGES)
def judge(request) -> Judge:
    return plug(request.param)


@pytest.fixture
def _suspicions(settings, monkeypatch) -> None:
    """Everything that any judge could hold against the suspicious draft."""
    settings.TRIBUNA_PACE_AUTHOR_MAXIMUM = settings.TRIBUNA_PACE_NETWORK_MAXIMUM = 1
    WordEntry.objects.create(phrase="pills")
    page = article(body=[("paragraph", f"<p>{SUSPICIOUS}</p>")])
    sent = comment(page, text=HIDDEN + SUSPICIOUS, email="ana@example.org", network="192.0.2.0/24")
    decide(sent, actor=moderator(), state=State.SPAM)
    monkeypatch.setattr("tribuna.moderation.judges._memory._wave", lambda: 2.0)  # asked once for twenty comments
    MEMORY.forget()
    MEMORY.current()  # what is remembered between two comments is not asked for with each


def suspicious(text: str = HIDDEN + SUSPICIOUS) -> Draft:
    """Return a draft that looks like the last comment, with everything in it."""
    last = Trace.objects.get()
    refs = {"author_ref": last.author_ref, "network_ref": last.network_ref}
    return draft(text, is_newcomer=True, page_id=last.comment.page_id, **refs)


def test_it_lets_a_plain_comment_pass(judge):
    assert judge.judge(draft("The ferry was late, but the crew was kind.")) == Verdict(Decision.PUBLISH)


@pytest.mark.usefixtures("_suspicions")
def test_it_gives_reasons_in_words_when_it_does_not(judge):
    verdict = judge.judge(suspicious(FOREIGN) if judge.name == "tongue" else suspicious())
    assert verdict.decision > Decision.PUBLISH
    assert verdict.reasons
    for reason in verdict.reasons:
        assert reason.judge == judge.name
        assert json.loads(json.dumps(dict(reason.values))) == reason.values
        for language in LANGUAGES:
            with translation.override(language):
                assert "%(" not in str(reason)


@pytest.mark.usefixtures("_suspicions")
def test_it_says_the_same_of_the_same(judge):
    assert judge.judge(suspicious()) == judge.judge(suspicious())


@pytest.mark.usefixtures("_suspicions")
def test_it_says_of_many_what_it_says_of_each(judge):
    asked = [suspicious(FOREIGN), draft("The ferry was late."), suspicious(), draft("The crew was kind.")]
    if judge.name in {"pace", "repeats"}:  # for them the second of a kind comes after the first
        asked = asked[:2]
    of_each = [judge.judge(each) for each in asked]
    assert judge.judge_together(asked) == of_each
    with CaptureQueriesContext(connection) as queries:
        judge.judge_together(asked)
    assert len(queries) <= 2


@pytest.mark.usefixtures("_suspicions")
def test_it_reads_and_never_writes(judge):
    asked = suspicious()
    with CaptureQueriesContext(connection) as queries:
        judge.judge(asked)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert len(queries) <= 2


@pytest.mark.usefixtures("_suspicions")
def test_all_of_them_together_ask_three_questions_and_now_and_then_for_the_words(django_assert_num_queries):
    asked = suspicious()
    WORDS.forget()
    for questions in (4, 3):
        with django_assert_num_queries(questions):
            for each in plugs(settings.TRIBUNA_JUDGES):
                each.judge(asked)


def test_their_names_tell_them_apart():
    names = [judge.name for judge in plugs(settings.TRIBUNA_JUDGES)]
    assert all(name.isidentifier() for name in names)
    # Decisions keep the names side by side and are searched for one.
    assert not [(one, other) for one in names for other in names if one != other and one in other]


class AnyTextTest(TestCase):
    @given_settings(max_examples=50)
    @given(st.text(max_size=300), st.text(max_size=60), st.booleans())
    def test_they_read_whatever_is_typed(self, text: str, name: str, is_newcomer: bool) -> None:
        for judge in plugs(settings.TRIBUNA_JUDGES):
            assert isinstance(judge.judge(draft(text, name=name, is_newcomer=is_newcomer)), Verdict)


@pytest.mark.parametrize(
    "unit", ["a", "a.", "1 ", "@", "a@", "a-", "( ", " . ", "whatsapp ", "http://", "1-", "A.", "1.000."]
)
def test_nothing_that_is_typed_keeps_it_busy(judge, unit):
    text = unit * (settings.TRIBUNA_COMMENT_MAX_CHARACTERS // len(unit))
    assert isinstance(judge.judge(draft(text, is_newcomer=True)), Verdict)
