"""Writing a comment while the database is away: what was typed comes back, in words, and nothing is half done."""

from __future__ import annotations

import itertools

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext, override

from tests.comments.visits import form_url, written
from tests.outages import database_away
from tribuna.comments.models import Comment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("questions")]

STORED_NOTHING = "Your comment could not be stored just now. Please try again in a moment."
SHOWS_NOTHING = "This page can’t be shown just now"


def said(words, language):
    with override(language):
        return gettext(words)


def is_clear(response, words, language="en"):
    """Say whether the answer says *words*, that it will pass, and that it is not to be kept."""
    headers = (response["Retry-After"], response["Cache-Control"], response["X-Robots-Tag"])
    page = response.content.decode()
    return (
        response.status_code == 503
        and headers == ("30", "no-store", "noindex")
        and f'<html lang="{language}"' in page
        and said(words, language) in page
        and not response.cookies
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("error", [OperationalError, InterfaceError, ProgrammingError])
def test_the_text_comes_back_and_the_form_says_why_it_is_not_there(client, page, caplog, language, error):
    fields = written(client, page, language, text="Kept <b>text")
    with database_away(error=error):
        sent, asked = client.post(form_url(page, language), fields), client.get(form_url(page, language))
    assert is_clear(sent, STORED_NOTHING, language)
    assert 'readonly dir="auto">Kept &lt;b&gt;text</textarea>' in sent.text
    assert f'href="{form_url(page, language)}"' in sent.text
    assert is_clear(asked, SHOWS_NOTHING, language)
    assert "textarea" not in asked.text
    assert "could not be stored" in caplog.text


@pytest.mark.parametrize(
    ("changes", "status", "comments"),
    [({}, 303, 1), ({"answer": "blue"}, 422, 0), ({"reply_to": "9"}, 422, 0), ({"another": "person"}, 200, 0)],
)
def test_it_comes_back_wherever_in_our_work_the_database_goes_away(client, page, changes, status, comments):
    fields = written(client, page, text="Kept text", **changes)
    for after in itertools.count():
        with database_away(after):
            response = client.post(form_url(page), fields)
        if response.status_code != 503:
            break
        assert is_clear(response, STORED_NOTHING)
        assert "Kept text</textarea>" in response.text
    assert after > 5
    assert (response.status_code, Comment.objects.count()) == (status, comments)


def test_what_can_not_be_read_is_given_back_as_far_as_it_can(client, page):
    urlencoded = "application/x-www-form-urlencoded"
    bodies = {
        f"{urlencoded}; charset=latin-1": b"text=Kept+caf\xe9",
        urlencoded: b"x=&" * 1001 + b"text=Kept+caf%E9",
    }
    with database_away():
        for content_type, body in bodies.items():
            response = client.generic("POST", form_url(page), body, content_type=content_type)
            assert "Kept caf\ufffd</textarea>" in response.text
        for content_type in ("multipart/form-data", "application/json"):
            response = client.generic("POST", form_url(page), b"text=x", content_type=content_type)
            assert is_clear(response, SHOWS_NOTHING)
        assert is_clear(client.post(form_url(page), {"text": "x" * 1_000_000}), SHOWS_NOTHING)
