"""The form in which a reader writes."""

from __future__ import annotations

import pytest

from tests import factories as newsroom_factories
from tests.comments.factories import comment
from tribuna.comments.actions import hold_comment
from tribuna.comments.forms import REPLY_GONE, CommentForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]


def filled(page, **fields):
    """Return the form as a reader sends it, answered."""
    blank = CommentForm(page_id=page.pk, language="en")
    data = {
        "token": blank["token"].value(),
        "answer": "green",
        "name": "Ana",
        "language": "en",
        "text": "Good.",
        **fields,
    }
    return CommentForm(data, page_id=page.pk, language="en")


def test_a_filled_form_says_what_was_written_cleaned(page):
    form = filled(page, text=" Good\x00\r\nread. ", name="Ana\u202e\nMaría")
    assert form.is_valid(), form.errors
    assert form.comment == {"text": "Good\nread.", "name": "Ana María", "email": "", "language": "en", "reply_to": None}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", "\x00\u200b \n"),
        ("name", " "),
        ("email", "ana@"),
        ("email", "a" * 250 + "@b.example"),
        ("language", "xx"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(page, field, typed):
    form = filled(page, **{field: typed})
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert form[field].value() == typed


@pytest.mark.parametrize("length", [11, 10 * 4 + 1])
def test_a_text_that_is_too_long_is_told_its_length_and_what_is_possible(page, settings, length):
    settings.TRIBUNA_COMMENT_MAX_CHARACTERS = 10
    form = filled(page, text="x" * length)
    assert form.errors == {"text": [f"This has {length} characters; at most 10 are possible."]}


def test_what_can_not_be_seen_does_not_count(page, settings):
    settings.TRIBUNA_COMMENT_MAX_CHARACTERS = 10
    assert filled(page, text="0123456789\u200b\u200b\x00").is_valid()


def test_the_name_has_its_own_limit(page):
    assert filled(page, name="a" * 60).is_valid()
    assert filled(page, name="a" * 61).errors == {"name": ["This has 61 characters; at most 60 are possible."]}


def test_the_language_is_the_interfaces_unless_another_is_chosen(page):
    form = CommentForm(page_id=page.pk, language="es")
    assert form["language"].value() == "es"
    choices = dict(form.fields["language"].choices)
    assert (choices["es"], choices["en"], choices["ar"]) == ("Español", "English", "العربيّة")


def test_a_reply_knows_what_it_answers(page):
    answered = comment(page)
    assert CommentForm(page_id=page.pk, language="en", reply_to=str(answered.pk)).answered == answered
    form = filled(page, reply_to=str(answered.pk))
    assert form.is_valid()
    assert form.comment["reply_to"] == answered
    assert form.reply_gone == ""


def test_an_answer_to_what_is_not_there_is_told_once_and_may_then_stand_on_its_own(page):
    elsewhere, hidden = comment(newsroom_factories.article(title="Another")), comment(page)
    hold_comment(hidden)
    for wanted in ("x", "-1", "9" * 40, "9" * 5000, "4711", "\x00", "٣", str(elsewhere.pk), str(hidden.pk)):
        assert CommentForm(page_id=page.pk, language="en", reply_to=wanted).reply_gone == REPLY_GONE
        form = filled(page, reply_to=wanted)
        assert form.errors == {"__all__": [REPLY_GONE]}
        assert (form["reply_to"].value(), form["text"].value(), form.reply_gone) == ("", "Good.", "")
        again = CommentForm(form.data, page_id=page.pk, language="en")
        assert again.is_valid()
        assert again.comment["reply_to"] is None
