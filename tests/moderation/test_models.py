from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.moderation.factories import comment, moderator
from tribuna.moderation.actions import decide, open_desk
from tribuna.moderation.models import AppendOnly, Decision, Rule, Trace, WordEntry, comment_languages

pytestmark = pytest.mark.django_db


def test_a_decision_is_neither_altered_nor_deleted() -> None:
    comment()
    decision = Decision.objects.get()
    decision.explanation = "Something else"
    with pytest.raises(AppendOnly):
        decision.save()
    with pytest.raises(AppendOnly):
        decision.delete()
    with pytest.raises(AppendOnly):
        Decision.objects.update(explanation="Something else")
    with pytest.raises(AppendOnly):
        Decision.objects.all().delete()
    assert Decision.objects.get().explanation == ""


def test_decisions_outlive_their_page_and_whoever_took_them() -> None:
    stored, mara = comment(), moderator()
    decide(stored, actor=mara, state="published")
    stored.page.delete()
    mara.delete()
    received, published = Decision.objects.order_by("pk")
    assert received.is_automatic
    assert not published.is_automatic
    assert published.actor_name == "Mara"
    assert published.comment_id == stored.pk
    assert not Trace.objects.exists()


def test_a_decision_is_undone_once() -> None:
    stored, mara = comment(), moderator()
    first = decide(stored, actor=mara, state="published")
    fields = {"comment": stored, "state_after": "held", "lang": "en", "at": first.at, "undoes": first}
    Decision.objects.create(action="undo", **fields)
    with pytest.raises(IntegrityError):
        Decision.objects.create(action="undo", **fields)


def test_things_of_the_desk_have_names() -> None:
    open_desk()
    stored = comment()
    assert str(Decision.objects.get()) == f"Received: #{stored.pk}"
    assert str(Trace.objects.get()) == f"#{stored.pk}"
    assert str(Rule.objects.get(code="topic", locale__language_code="en")) == "Keep to the subject"
    assert str(WordEntry(phrase="casino")) == "casino"


@pytest.mark.parametrize("phrase", ["", "  ", "!?", "\u200b"])
def test_a_word_needs_something_to_look_for(phrase: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WordEntry(phrase=phrase).full_clean()
    assert "phrase" in refused.value.message_dict


def test_a_word_with_a_letter_is_taken() -> None:
    WordEntry(phrase="ñ", language="ar").full_clean()


def test_words_may_be_kept_in_every_language_that_readers_write() -> None:
    assert [code for code, _name in comment_languages()] == ["en", "es", "fr", "pt", "ar"]
