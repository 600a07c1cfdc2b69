"""Editing and taking back over HTTP: no cookie, no script."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from tests.comments.factories import comment
from tests.comments.test_editing import INTERRUPTING
from tests.comments.visits import sent
from tribuna.comments.models import Comment, State
from tribuna.comments.queries import receipt_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client, page, questions):
    """Where the receipt of a comment is."""
    return sent(client, page, text="Good read.")["Location"]


def test_the_receipt_leads_to_editing_and_taking_back_as_long_as_that_is_possible(client, address, settings):
    assert f"{address}edit/" in client.get(address).text
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        late = client.get(address).text
    assert f"{address}edit/" not in late
    assert f"{address}withdraw/" in late


def test_an_author_edits_without_cookie_or_script(client, address):
    form = client.get(f"{address}edit/")
    assert ">\nGood read.</textarea>" in form.text
    assert form["Cache-Control"] == "no-store"
    assert (form["Referrer-Policy"], form["X-Robots-Tag"]) == ("no-referrer", "noindex")
    saved = client.post(f"{address}edit/", {"text": "Better read."})
    assert (saved.status_code, saved["Location"]) == (303, address)
    assert not saved.cookies
    assert "Better read." in client.get(address).text
    assert "edited" in client.get(Comment.objects.get().page.url).text


def test_an_empty_edit_comes_back_and_changes_nothing(client, address):
    response = client.post(f"{address}edit/", {"text": " "})
    assert response.status_code == 422
    assert Comment.objects.get().body_source == "Good read."


def test_too_late_an_edit_keeps_what_was_typed(client, address):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        response = client.post(f"{address}edit/", {"text": "Kept words"})
    assert response.status_code == 403
    assert "Kept words</textarea>" in response.text
    assert "can no longer be changed" in response.text


def test_an_edit_that_a_moderator_overtakes_keeps_what_was_typed(client, address, settings):
    settings.TRIBUNA_JUDGES = [INTERRUPTING]
    response = client.post(f"{address}edit/", {"text": "Kept words"})
    assert response.status_code == 403
    assert "Kept words</textarea>" in response.text


def test_what_another_site_sends_is_not_taken(client, address):
    for way in ("edit", "withdraw"):
        response = client.post(f"{address}{way}/", {"text": "Bad"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 403
    assert Comment.objects.get().body_source == "Good read."


def test_without_the_database_what_was_typed_comes_back(client, address, monkeypatch):
    def fail(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr("tribuna.comments.views.receipts.edit_comment", fail)
    response = client.post(f"{address}edit/", {"text": "Kept words"})
    assert response.status_code == 503
    assert "Kept words</textarea>" in response.text


def test_an_author_takes_a_comment_back(client, page, address):
    asked = client.get(f"{address}withdraw/")
    assert "Good read." in asked.text
    assert Comment.objects.get().state == State.PUBLISHED
    done = client.post(f"{address}withdraw/")
    assert (done.status_code, done["Location"]) == (303, address)
    after = client.get(address).text
    assert "Withdrawn" in after
    assert "data-passes=" not in after
    assert "withdraw/" not in after
    assert "already" in client.get(f"{address}withdraw/").text
    assert client.post(f"{address}withdraw/").status_code == 303


def test_the_empty_comment_offers_nothing_to_do(client, page, address):
    stored = Comment.objects.get()
    comment(page, reply_to=stored)
    client.post(f"{address}withdraw/")
    article = client.get(page.url).text
    assert "took this comment back" in article
    assert f"reply_to={stored.pk}" not in article
    assert f"/en/comments/{stored.pk}/respect/" not in article
    assert "Withdrawn" in client.get(address).text


@pytest.mark.parametrize("way", ["edit", "withdraw"])
def test_at_a_guessed_address_there_is_nothing(client, newsroom, way):
    assert client.get(f"/en/receipts/{'0' * 40}/{way}/").status_code == 404
    assert receipt_for("0" * 40) is None
