from __future__ import annotations

import time

import pytest

from tests.moderation.factories import draft
from tribuna.comments.base import Decision
from tribuna.moderation.judges import words
from tribuna.moderation.judges.words import WordsJudge
from tribuna.moderation.models import WordEntry

pytestmark = pytest.mark.django_db

HOLD, REJECT = WordEntry.Consequence.HOLD, WordEntry.Consequence.REJECT


def test_without_a_list_every_word_passes() -> None:
    verdict = WordsJudge().judge(draft("Anything at all"))
    assert verdict.decision is Decision.PUBLISH
    assert verdict.reasons == ()


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("canción", "una CANCION triste"),
        ("buy now", "Buy,\n  NOW!"),
        ("free", "it is fr\u200bee"),
        ("free", "𝐅𝐑𝐄𝐄 stuff"),  # noqa: RUF001
        ("f**k", "what the F**k"),
        ("spam", "spam"),
    ],
)
def test_a_word_is_found_whatever_its_dress(phrase: str, text: str) -> None:
    WordEntry.objects.create(phrase=phrase)
    verdict = WordsJudge().judge(draft(text))
    assert verdict.decision is Decision.HOLD
    assert [str(reason) for reason in verdict.reasons] == [f"“{phrase}” is on the list of words."]
    assert verdict.reasons[0].judge == "words"


def test_only_whole_words_count() -> None:
    WordEntry.objects.create(phrase="ass", decision=REJECT)
    assert WordsJudge().judge(draft("A classic assessment")).decision is Decision.PUBLISH


def test_a_name_is_read_too() -> None:
    WordEntry.objects.create(phrase="casino")
    assert WordsJudge().judge(draft(name="Casino King")).decision is Decision.HOLD


def test_a_word_of_another_language_does_not_count() -> None:
    WordEntry.objects.create(phrase="once", language="es")
    assert WordsJudge().judge(draft("once more", language="en")).decision is Decision.PUBLISH
    assert WordsJudge().judge(draft("once más", language="es")).decision is Decision.HOLD


def test_the_strictest_word_wins_and_all_are_named() -> None:
    WordEntry.objects.create(phrase="casino", decision=HOLD)
    WordEntry.objects.create(phrase="pills", decision=REJECT)
    verdict = WordsJudge().judge(draft("casino pills"))
    assert verdict.decision is Decision.REJECT
    assert [reason.values["phrase"] for reason in verdict.reasons] == ["casino", "pills"]


def test_figures_for_letters_hide_nothing() -> None:
    WordEntry.objects.create(phrase="casino")
    WordEntry.objects.create(phrase="c0ffee")
    for text in ("c4s1no", "c a s i n o", "C\u200bA\u200bS\u200bI\u200bN\u200bO", "c0ffee"):
        assert WordsJudge().judge(draft(f"Play {text} today")).decision is Decision.HOLD


def test_the_list_is_read_once_in_a_while_and_a_change_is_heard_of_at_once(django_assert_num_queries) -> None:
    word = WordEntry.objects.create(phrase="casino")
    for _ in range(2):
        with django_assert_num_queries(1):
            assert WordsJudge().judge(draft("A casino")).decision is Decision.HOLD
        with django_assert_num_queries(0):
            assert WordsJudge().judge(draft("A casino")).decision is Decision.HOLD
        word.save()
    word.delete()
    assert WordsJudge().judge(draft("A casino")).decision is Decision.PUBLISH


def test_what_another_process_changed_is_heard_of_after_a_moment(monkeypatch) -> None:
    monkeypatch.setattr(words, "KNOWN_SECONDS", 0.05)
    assert WordsJudge().judge(draft("A casino")).decision is Decision.PUBLISH
    WordEntry.objects.bulk_create([WordEntry(phrase="casino")])
    assert WordsJudge().judge(draft("A casino")).decision is Decision.PUBLISH
    time.sleep(0.06)
    assert WordsJudge().judge(draft("A casino")).decision is Decision.HOLD
