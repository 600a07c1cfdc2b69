"""Reporting a comment or an error, over HTTP: what has to be said, and what the reader is told."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.comments.factories import comment
from tests.comments.post import READER, paths_in, sent_after
from tests.comments.visits import token_in
from tests.factories import article
from tribuna.comments.actions import confirm_notice, reject_comment, settle_notice
from tribuna.comments.models import Letter, Notice
from tribuna.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]

SAID = {"ground": "rule", "text": "It insults the ferry.", "good_faith": "on", "answer": "green"}
ILLEGAL = {"ground": "illegal", "name": "Reader 9", "email": READER, "cited": "Section 5"}


@pytest.fixture
def mara(db):
    return User.objects.create_user("mara@example.org", "a long password", first_name="Mara")


@pytest.fixture
def comment_url(page):
    return f"/en/comments/{comment(page, 'Silly ferry.').pk}/report/"


@pytest.fixture
def error_url(page):
    return f"/en/articles/{page.pk}/error/"


def report(client, url, **fields):
    return client.post(url, {"token": token_in(client.get(url)), **SAID, **fields})


def test_a_comment_is_reported_and_the_receipt_says_what_becomes_of_it(comment_url, mara):
    client = Client(enforce_csrf_checks=True)
    shown = client.get(comment_url)
    assert "Silly ferry." in shown.text
    assert f"http://testserver{comment_url.removesuffix('report/')}" in shown.text
    assert (shown["Cache-Control"], shown.cookies) == ("no-store", {})
    response = report(client, comment_url, **ILLEGAL)
    assert response.status_code == 303
    notice = Notice.objects.get()
    assert (notice.ground, notice.cited, notice.name, notice.email) == ("illegal", "Section 5", "Reader 9", READER)
    assert (notice.good_faith, notice.language, notice.is_open, notice.is_error) == (True, "en", True, False)
    receipt = client.get(response["Location"])
    assert "A moderator will read it and decide" in receipt.text
    assert READER not in receipt.text
    settle_notice(notice, outcome="dismissed", answer="It is an opinion.", actor=mara)
    receipt = client.get(response["Location"])
    assert "Stays as it is" in receipt.text
    assert "It is an opinion." in receipt.text
    assert "out of court" in receipt.text


def test_who_confirms_the_address_is_sent_the_outcome(client, comment_url, mara):
    report(client, comment_url, **ILLEGAL)
    (question,) = sent_after()
    assert "has arrived" in question.subject
    (url,) = paths_in(question)
    assert "Do you want the outcome of your report by mail?" in client.get(url).text
    assert Notice.objects.get().confirmed_at is None
    assert client.post(url)["Location"].startswith("/en/your-reports/")
    assert "We will send you the outcome" in client.get(url).text
    client.post(url)
    settle_notice(Notice.objects.get(), outcome="upheld", answer="It is an insult.", actor=mara)
    (told,) = sent_after()
    assert "Taken down" in told.subject
    assert "It is an insult." in told.body
    assert client.get(paths_in(told)[0]).status_code == 200


def test_who_confirms_after_the_decision_is_sent_the_outcome_then(client, comment_url, mara):
    report(client, comment_url, **ILLEGAL)
    (question,) = sent_after()
    settle_notice(Notice.objects.get(), outcome="upheld", answer="It is an insult.", actor=mara)
    assert sent_after() == []
    client.post(paths_in(question)[0])
    assert len(sent_after()) == 1


def test_who_confirmed_before_the_mail_went_out_is_not_asked(client, comment_url):
    report(client, comment_url, **ILLEGAL)
    confirm_notice(Notice.objects.get())
    assert sent_after() == []


def test_who_reports_too_often_is_told_on_the_receipt_alone(client, comment_url, settings):
    settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 0
    assert report(client, comment_url, **ILLEGAL).status_code == 303
    assert not Letter.objects.exists()


def test_without_a_mail_server_nothing_waits(client, comment_url, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    report(client, comment_url, **ILLEGAL)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("missing", ["name", "email"])
def test_something_illegal_is_reported_with_a_name_and_an_address(client, comment_url, missing):
    response = report(client, comment_url, **{**ILLEGAL, missing: ""})
    assert response.status_code == 422
    assert "A report of something illegal needs this" in response.text
    assert "It insults the ferry." in response.text


def test_an_address_that_is_none_is_said_once(client, comment_url):
    response = report(client, comment_url, **{**ILLEGAL, "email": "nonsense"})
    assert "A report of something illegal needs this" not in response.text


@pytest.mark.parametrize("ground", ["minors", "rule"])
def test_other_reports_need_no_name(client, comment_url, ground):
    assert report(client, comment_url, ground=ground).status_code == 303


@pytest.mark.parametrize("missing", ["ground", "text", "good_faith", "answer"])
def test_what_is_missing_is_said(client, comment_url, missing):
    response = report(client, comment_url, **{missing: ""})
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert not Notice.objects.exists()


def test_the_same_form_sent_twice_leads_to_the_same_receipt(client, comment_url):
    fields = {"token": token_in(client.get(comment_url)), **SAID}
    first, second = client.post(comment_url, fields), client.post(comment_url, fields)
    assert first["Location"] == second["Location"]
    assert Notice.objects.count() == 1
    Notice.objects.all().delete()
    third = client.post(comment_url, fields)
    assert third.status_code == 422
    assert "sent once already" in third.text


def test_another_challenge_is_no_mistake(client, comment_url):
    fields = {"token": token_in(client.get(comment_url)), **SAID, "another": "person"}
    assert client.post(comment_url, fields).status_code == 200


def test_what_is_not_to_be_seen_is_not_to_be_reported(client, page, comment_url):
    hidden = comment(page)
    reject_comment(hidden)
    assert client.get(f"/en/comments/{hidden.pk}/report/").status_code == 404
    assert client.get("/en/articles/4711/error/").status_code == 404
    page.unpublish()
    assert client.get(comment_url).status_code == 410


def test_a_form_on_another_site_reports_nothing(client, comment_url):
    response = client.post(comment_url, SAID, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_an_error_in_an_article_goes_to_the_newsroom(client, error_url, page, mara, settings):
    settings.TRIBUNA_ERRORS_MAIL = "newsroom@example.org"
    assert error_url in client.get(page.url).text
    response = report(client, error_url, cited="at six", text="It left at seven.")
    notice = Notice.objects.get()
    assert (notice.is_error, notice.cited, notice.explanation) == (True, "at six", "It left at seven.")
    (told,) = sent_after()
    assert told.to == ["newsroom@example.org"]
    assert "It left at seven." in told.body
    assert f"/admin/errors-in-articles/{notice.pk}/" in told.body
    assert "The newsroom will read it." in client.get(response["Location"]).text
    settle_notice(notice, outcome="upheld", answer="Thank you.", actor=mara)
    receipt = client.get(response["Location"])
    assert "Corrected" in receipt.text
    assert "out of court" not in receipt.text


def test_the_newsroom_is_written_to_only_where_it_wants_to_be(client, error_url, settings):
    report(client, error_url)
    assert not Letter.objects.exists()
    settings.TRIBUNA_ERRORS_MAIL = "newsroom@example.org"
    report(client, error_url)
    settings.TRIBUNA_ERRORS_MAIL = ""
    assert sent_after() == []


def test_a_closed_article_may_still_be_wrong(client, newsroom):
    closed = article(comments_policy="closed")
    assert client.get(f"/en/articles/{closed.pk}/error/").status_code == 200


@pytest.mark.parametrize("path", ["x/", "x/confirm/"])
def test_a_made_up_receipt_opens_nothing(client, db, path):
    assert client.get(f"/en/your-reports/{path}").status_code == 404
    assert client.post("/en/your-reports/x/confirm/").status_code == 404
