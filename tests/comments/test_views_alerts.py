"""Mail about answers over HTTP: asked for in the form and on the receipt, confirmed and stopped from the mails."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from tests.comments.factories import BEGINNING
from tests.comments.post import READER, paths_in, sent_after
from tests.comments.visits import form_url, sent
from tribuna.comments.actions import submit_comment
from tribuna.comments.models import Alert, Comment
from tribuna.comments.views import alerts as alert_views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]

CONSOLE = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@pytest.fixture
def receipt(page):
    """The address of a fresh comment's receipt."""
    written = submit_comment(page, text="A good read.", name="Ana", language="en", at=BEGINNING)
    return f"/en/receipts/{written.secret}/"


def link_of(message):
    return paths_in(message)[0]


def asked(client, receipt, **fields):
    return client.post(f"{receipt}alerts/", {"email": READER, "pace": "daily", **fields})


def test_a_reader_asks_in_the_form_and_confirms_from_the_mail(client, page):
    response = sent(client, page, email=READER, alerts="at-once")
    assert response.status_code == 303
    assert "We have sent a mail to the address you gave." in client.get(response["Location"]).text
    (message,) = sent_after()
    url = link_of(message)
    shown = client.get(url)
    assert {name: shown[name] for name in PRIVATE} == PRIVATE
    assert "Do you want mail about your comment?" in shown.text
    assert Alert.objects.get().confirmed_at is None
    assert client.head(url).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url, {"confirm": "1"})["Location"] == url
    assert Alert.objects.get().confirmed_at is not None
    assert "You get mail about your comment" in client.get(url).text
    receipt = client.get(response["Location"])
    assert "You get mail when somebody answers" in receipt.text
    assert READER not in receipt.text


def test_without_a_wish_no_address_is_kept(client, page):
    sent(client, page, email=READER, alerts="")
    assert not Alert.objects.exists()
    assert Comment.objects.get().author_ref


@pytest.mark.parametrize("email", ["", "nonsense"])
def test_a_wish_without_an_address_is_said_before_anything_is_stored(client, page, email):
    response = sent(client, page, email=email, alerts="daily")
    assert response.status_code == 422
    assert ">\nGood.</textarea>" in response.text
    assert not Comment.objects.exists()


def test_too_many_wishes_are_said_before_anything_is_stored(client, page, settings):
    settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 0
    response = sent(client, page, email=READER, alerts="daily")
    assert response.status_code == 422
    assert "Please try again tomorrow." in response.text


def test_a_wish_that_comes_too_late_leaves_the_comment_stored(client, page, settings, monkeypatch):
    monkeypatch.setattr("tribuna.comments.forms.address_flaw", lambda *args, **named: "")
    settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 0
    assert sent(client, page, email=READER, alerts="daily").status_code == 303
    assert not Alert.objects.exists()


def test_where_no_mail_can_be_sent_none_is_offered(client, page, receipt, settings):
    assert "alerts" in client.get(form_url(page)).text
    assert not [found for found in run_checks(tags=["tribuna"]) if found.id == "tribuna.comments.W002"]
    settings.MAILERS = CONSOLE
    assert "alerts" not in client.get(form_url(page)).text
    assert "alerts" not in client.get(receipt).text
    assert asked(client, receipt).status_code == 422
    assert [found for found in run_checks(tags=["tribuna"]) if found.id == "tribuna.comments.W002"]


def test_the_receipt_turns_mail_on_changes_it_and_turns_it_off(client, receipt):
    assert "Send me mail" in client.get(receipt).text
    strict = Client(enforce_csrf_checks=True)
    assert asked(strict, receipt)["Location"] == receipt
    alert = Alert.objects.get()
    assert (alert.pace, alert.confirmed_at, alert.language) == ("daily", None, "en")
    assert "No mail, and forget my address" in client.get(receipt).text
    asked(client, receipt, pace="at-once", email="other@example.org")
    alert.refresh_from_db()
    assert (alert.pace, alert.email) == ("at-once", READER)
    asked(client, receipt, pace="never")
    alert.refresh_from_db()
    assert alert.pace == "at-once"
    assert asked(client, receipt, stop="1").status_code == 303
    assert not Alert.objects.exists()


@pytest.mark.parametrize("email", ["", "nonsense"])
def test_the_receipt_says_what_is_wrong(client, receipt, email):
    response = asked(client, receipt, email=email)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert f'href="{receipt}"' in response.text


def test_the_receipt_says_when_it_is_too_much(client, receipt, settings):
    settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 0
    assert "Please try again tomorrow." in asked(client, receipt).text


def test_only_who_has_a_receipt_turns_mail_on(client, page):
    assert asked(client, "/en/receipts/unknown/").status_code == 404
    assert client.get("/en/receipts/unknown/alerts/").status_code == 405


def _link(client, receipt):
    asked(client, receipt)
    return link_of(sent_after()[0])


def test_from_the_mail_the_pace_is_changed_and_the_mail_stopped(client, receipt):
    url = _link(client, receipt)
    client.post(url, {"confirm": "1"})
    assert client.post(url, {"pace": "at-once"}).status_code == 303
    assert Alert.objects.get().pace == "at-once"
    stopped = client.post(url, {"stop": "1"})
    assert "No more mail is sent to you" in stopped.text
    assert not Alert.objects.exists()
    gone = client.get(url)
    assert gone.status_code == 404
    assert "leads nowhere any more" in gone.text


def test_one_click_in_a_mail_program_stops_the_mail(receipt):
    client = Client(enforce_csrf_checks=True)
    url = f"{_link(client, receipt)}stop/"
    assert "Stop the mail, and forget my address" in client.get(url).text
    assert Alert.objects.exists()
    response = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, response.cookies) == (200, {})
    assert not Alert.objects.exists()
    assert "No more mail is sent to you" in client.get(url).text
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("token", ["x", "1-2.3", "1-" + "0" * 32])
def test_a_made_up_token_opens_nothing(client, receipt, token):
    asked(client, receipt)
    assert client.get(reverse("comments:alert", args=[token])).status_code == 404
    client.post(reverse("comments:stop_alert", args=[token]))
    assert Alert.objects.exists()


def test_an_older_mail_does_not_confirm_a_newer_wish(client, receipt):
    older = _link(client, receipt)
    asked(client, receipt, stop="1")
    asked(client, receipt, email="other@example.org")
    assert client.post(older, {"confirm": "1"}).status_code == 404
    assert Alert.objects.get().confirmed_at is None


def test_the_page_of_a_mail_says_less_when_the_article_is_gone(client, receipt, page):
    url = _link(client, receipt)
    page.unpublish()
    assert page.title in client.get(url).text
    client.post(url, {"confirm": "1"})
    assert f'href="{page.url}"' not in client.get(url).text
    page.view_restrictions.create(restriction_type="login")
    assert page.title not in client.get(url).text


def test_what_the_receipt_is_told(receipt, settings):
    settings.MAILERS = CONSOLE
    told = alert_views.alerts_of(Comment.objects.get().receipt)
    assert (told["alert"], told["alerts_offered"]) == (None, False)
