"""Copies and erasure over HTTP: by a receipt, and by the proof of an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.comments.factories import BEGINNING, comment
from tests.comments.post import READER, alert_for, paths_in, sent_after
from tests.comments.visits import token_in
from tribuna.comments.actions import submit_comment
from tribuna.comments.models import Alert, Comment, Letter, Notice, Receipt
from tribuna.comments.queries.letters import address_ref

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]

PROVE = "/en/your-comments/"


@pytest.fixture
def receipt(page):
    """The address of a fresh comment's receipt."""
    return f"/en/receipts/{submit_comment(page, text='A good read.', name='Ana', language='en', at=BEGINNING).secret}/"


def asked(client, **fields):
    fields = {"email": READER, "answer": "green", "token": token_in(client.get(PROVE)), **fields}
    return client.post(PROVE, fields)


def way_in(client):
    asked(client)
    (message,) = sent_after()
    assert message.to == [READER]
    return paths_in(message)[0]


def test_the_receipt_hands_out_a_copy(client, receipt):
    assert f"{receipt}export/" in client.get(receipt).text
    copy = client.get(f"{receipt}export/")
    assert copy.json()["comments"][0]["text"] == "A good read."
    assert copy["Content-Disposition"] == 'attachment; filename="comments.json"'
    assert (copy["Cache-Control"], copy["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get("/en/receipts/unknown/export/").status_code == 404


def test_by_the_receipt_a_text_is_erased_and_the_receipt_goes(receipt):
    client = Client(enforce_csrf_checks=True)
    number = Comment.objects.get().pk
    shown = client.get(f"{receipt}erase/")
    assert "A good read." in shown.text
    assert Comment.objects.get().body_source
    assert client.post(f"{receipt}erase/", {"what": "text"}).status_code == 422
    done = client.post(f"{receipt}erase/", {"what": "text", "comments": number})
    assert "The text and the name of 1 comment are gone" in done.text
    assert Comment.objects.get().body_source == ""
    assert client.get(receipt).status_code == 404


def test_by_the_receipt_only_the_name_goes_and_the_receipt_stays(client, receipt):
    done = client.post(f"{receipt}erase/", {"what": "name", "comments": Comment.objects.get().pk})
    assert "The name on 1 comment is gone" in done.text
    assert "A reader" in client.get(receipt).text


def test_by_a_receipt_nobody_erases_the_comment_of_another(client, page, receipt):
    other = comment(page)
    assert client.post(f"{receipt}erase/", {"what": "text", "comments": other.pk}).status_code == 422
    assert Comment.objects.get(pk=other.pk).body_source


def test_who_reads_the_mail_of_an_address_sees_what_is_under_it(client, page):
    own = comment(page, "With my address.", email=READER)
    alerted = comment(page, "With mail.")
    alert_for(alerted)
    comment(page, "Of another.", email="other@example.org")
    Notice.objects.create(
        page=page, explanation="Wrong", email=READER, address_ref=address_ref(READER), language="en", at=own.created_at
    )
    url = way_in(client)
    shown = client.get(url)
    assert shown["Cache-Control"] == "no-store"
    assert all(words in shown.text for words in ("With my address.", "With mail.", "Your reports"))
    assert "Of another." not in shown.text
    copy = client.get(f"{url}export/").json()
    assert [len(copy[kind]) for kind in ("comments", "reports")] == [2, 1]


def test_all_comments_under_an_address_are_erased_at_once(page):
    client = Client(enforce_csrf_checks=True)
    for number in range(2):
        comment(page, f"Number {number}", email=READER)
    url = way_in(client)
    assert "Number 1" in client.get(f"{url}erase/").text
    ids = list(Comment.objects.values_list("pk", flat=True))
    first = client.post(f"{url}erase/", {"what": "name", "comments": ids[:1]})
    assert "The name on 1 comment is gone" in first.text
    assert Comment.objects.filter(author_ref="").count() == 1
    done = client.post(f"{url}erase/", {"what": "text", "comments": ids[1:]})
    assert "The text and the name of 1 comment are gone" in done.text
    assert "Nothing is kept under your address." in client.get(url).text
    assert not Receipt.objects.filter(comment=ids[1]).exists()
    assert not Alert.objects.exists()


def test_the_way_in_is_open_for_a_day(client, page):
    comment(page, email=READER)
    url = way_in(client)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(url).status_code == 404
    assert client.get("/en/your-comments/nonsense/").status_code == 404


def test_nobody_learns_whether_there_is_something_under_an_address(client, page):
    unknown = asked(client)
    assert not Letter.objects.exists()
    comment(page, email=READER)
    known = asked(client)
    assert unknown.status_code == known.status_code == 200
    assert "If anything is kept under that address" in known.text
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("email", ""), ("email", "nonsense"), ("answer", "blue")])
def test_what_is_wrong_is_said(client, db, field, value):
    response = asked(client, **{field: value})
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_another_challenge_is_no_mistake(client, db):
    assert asked(client, another="person").status_code == 200


def test_the_same_form_asks_once(client, page):
    comment(page, email=READER)
    fields = {"email": READER, "answer": "green", "token": token_in(client.get(PROVE))}
    assert client.post(PROVE, fields).status_code == 200
    assert client.post(PROVE, fields).status_code == 422
    assert Letter.objects.count() == 1


def test_too_often_is_said_or_if_it_was_close_kept_to_ourselves(client, page, settings, monkeypatch):
    comment(page, email=READER)
    settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 0
    assert "Please try again tomorrow." in asked(client).text
    monkeypatch.setattr("tribuna.comments.forms.mail.address_flaw", lambda *args, **named: "")
    assert asked(client).status_code == 200
    assert not Letter.objects.exists()


def test_without_a_mail_server_the_receipts_are_named(client, db, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    assert "This site sends no mail" in client.get(PROVE).text
    assert "This site sends no mail" in client.post(PROVE, {"email": READER}).text


def test_a_form_on_another_site_asks_nothing(client, db):
    assert client.post(PROVE, {}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
