"""Writing a comment over HTTP: what comes back, and what changed."""

from __future__ import annotations

from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.comments.factories import comment
from tests.comments.visits import form_url, sent, token_in, written
from tests.humans.factories import WITNESSES, evidence
from tribuna.comments.actions import hold_comment
from tribuna.comments.base import Decision, Verdict
from tribuna.comments.models import Comment, Receipt, State
from tribuna.comments.signals import comment_submitted
from tribuna.humans.models import SpentNonce

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]


def test_a_comment_is_stored_and_leads_to_its_receipt(client, page):
    response = sent(client, page, text="Good\r\n\r\nread.", email="ana@example.org")
    assert response.status_code == 303
    stored = Comment.objects.get()
    assert (stored.body_source, stored.state, stored.lang) == ("Good\n\nread.", State.PUBLISHED, "en")
    assert urlsplit(response["Location"]).path.startswith("/en/receipts/")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    receipt = client.get(response["Location"])
    assert receipt.status_code == 200
    assert "Good</p><p>read." in receipt.text
    assert "ana@example.org" not in receipt.text


def test_the_form_is_never_cached_nor_found_and_sets_no_cookie(client, page):
    response = client.get(form_url(page))
    assert response.status_code == 200
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert not response.cookies
    assert client.head(form_url(page)).status_code == 200
    assert client.put(form_url(page)).status_code == 405


def test_the_form_needs_no_cookie_to_be_sent(page):
    strict = Client(enforce_csrf_checks=True)
    assert sent(strict, page).status_code == 303


def test_the_form_speaks_the_language_of_the_address(client, page):
    response = sent(client, page, "es")
    assert urlsplit(response["Location"]).path.startswith("/es/receipts/")
    assert Comment.objects.get().lang == "en"


def test_a_reply_shows_what_it_answers_and_stands_below_it(client, page):
    answered = comment(page, "The ferry is late.")
    response = client.get(form_url(page), {"reply_to": answered.pk})
    assert "The ferry is late." in response.text
    assert f'name="reply_to" value="{answered.pk}"' in response.text
    sent(client, page, reply_to=answered.pk)
    assert Comment.objects.latest("pk").parent == answered


@pytest.mark.parametrize("reply_to", ["x", "4711", "9" * 30])
def test_a_reply_to_nothing_is_said_at_once(client, page, reply_to):
    response = client.get(form_url(page), {"reply_to": reply_to})
    assert response.status_code == 200
    assert "no longer shown" in response.text
    assert 'name="reply_to"' not in response.text


def test_a_reply_to_what_was_hidden_meanwhile_keeps_the_text_and_may_be_sent_again(client, page):
    answered = comment(page)
    fields = written(client, page, reply_to=answered.pk)
    hold_comment(answered)
    response = client.post(form_url(page), fields)
    assert response.status_code == 422
    assert ">\nGood.</textarea>" in response.text
    assert Comment.objects.count() == 1
    assert client.post(form_url(page), {**fields, "reply_to": "", "token": token_in(response)}).status_code == 303
    assert Comment.objects.latest("pk").parent is None


def test_a_reply_to_what_is_hidden_in_the_last_moment_keeps_the_text(client, page, settings):
    answered = comment(page)
    settings.TRIBUNA_JUDGES = [f"{__name__}.Interrupting"]
    response = sent(client, page, reply_to=answered.pk)
    assert response.status_code == 422
    assert "no longer shown" in response.text
    assert ">\nGood.</textarea>" in response.text
    assert not SpentNonce.objects.exists()


class Interrupting:
    """While this judge thinks, a moderator hides everything."""

    name = "interrupting"

    def judge(self, draft):
        hold_comment(Comment.objects.get())
        return Verdict(Decision.PUBLISH)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("text", ""), ("name", ""), ("answer", "blue"), ("token", "x"), ("email", "@"), ("language", "")],
)
def test_whatever_is_wrong_the_form_comes_back_with_what_was_typed(client, page, field, typed):
    fields = {"text": "Kept text", "name": "Kept name", "email": "kept@example.org", field: typed}
    response = sent(client, page, **fields)
    assert response.status_code == 422
    assert not Comment.objects.exists()
    for name, kept in fields.items():
        assert name in ("answer", "token") or kept in response.text


def test_another_challenge_keeps_what_was_typed_without_a_complaint(client, page):
    response = sent(client, page, text="Kept text", name="", another="person")
    assert response.status_code == 200
    assert "Kept text" in response.text
    assert "errorlist" not in response.text
    fields = {"token": token_in(response), "name": "Ana", "language": "en", "text": "Kept text"}
    assert client.post(form_url(page), fields).status_code == 303
    assert Comment.objects.get().state == State.HELD


def test_a_form_sent_twice_makes_one_comment_and_leads_to_the_same_receipt(client, page):
    fields = written(client, page)
    first, second = client.post(form_url(page), fields), client.post(form_url(page), fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_a_used_form_with_another_text_asks_once_more_and_keeps_it(client, page):
    fields = written(client, page)
    client.post(form_url(page), fields)
    response = client.post(form_url(page), {**fields, "text": "A second thought."})
    assert response.status_code == 422
    assert "sent once already" in response.text
    assert "A second thought.</textarea>" in response.text
    assert Comment.objects.count() == 1
    fields = {**fields, "text": "A second thought.", "token": token_in(response)}
    assert client.post(form_url(page), fields).status_code == 303


def test_a_form_whose_one_answer_was_wrong_asks_once_more(client, page):
    fields = written(client, page)
    client.post(form_url(page), {**fields, "answer": "blue"})
    response = client.post(form_url(page), fields)
    assert response.status_code == 422
    assert "sent once already" not in response.text
    assert not Comment.objects.exists()


def test_readers_are_told_apart_by_the_network_that_a_trusted_proxy_names(client, page, settings):
    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]
    refs = {}

    def hear(draft, **kwargs):
        refs[draft.text] = draft.network_ref

    comment_submitted.connect(hear)
    try:
        for address in ("192.0.2.7", "192.0.2.8", "198.51.100.1"):
            sent(client, page, text=f"From {address}", headers={"X-Forwarded-For": address})
    finally:
        comment_submitted.disconnect(hear)
    assert refs["From 192.0.2.7"] == refs["From 192.0.2.8"] != refs["From 198.51.100.1"]
    assert "192.0.2" not in str(list(Receipt.objects.values())) + str(refs.values())
    assert set(Comment.objects.values_list("author_ref", flat=True)) == {""}


def test_whoever_brings_work_is_asked_nothing_and_who_brings_nothing_for_one_step(client, page, settings):
    settings.TRIBUNA_WITNESSES = WITNESSES
    from_here = {"Sec-Fetch-Site": "same-origin"}
    assert "<noscript>" in client.get(form_url(page)).text
    worked = sent(client, page, headers=from_here, answer="", work=evidence(f"comment:{page.pk}"))
    assert worked.status_code == 303
    assert Comment.objects.get().state == State.PUBLISHED
    asked = sent(client, page, headers=from_here, answer="", text="Kept text")
    assert asked.status_code == 422
    assert "<noscript>" not in asked.text
    assert "One more step, please" in asked.text
    assert "Kept text</textarea>" in asked.text
    fields = written(client, page, text="Kept text", token=token_in(asked))
    assert client.post(form_url(page), fields, headers=from_here).status_code == 303


def test_the_same_work_makes_one_comment(client, page, settings):
    settings.TRIBUNA_WITNESSES = WITNESSES
    work = evidence(f"comment:{page.pk}")
    from_here = {"Sec-Fetch-Site": "same-origin"}
    assert sent(client, page, headers=from_here, answer="", work=work).status_code == 303
    again = sent(client, page, headers=from_here, answer="", work=work, text="Another")
    assert again.status_code == 422
    assert "Another</textarea>" in again.text
    assert Comment.objects.count() == 1


def test_where_nobody_is_asked_a_moderator_looks_and_the_author_is_told_why(client, page, settings):
    settings.TRIBUNA_ASKING = "never"
    response = sent(client, page)
    assert response.status_code == 303
    assert Comment.objects.get().state == State.HELD
    assert "Nothing told us that a person sent this" in client.get(response["Location"]).text


def test_nobody_fills_the_desk_with_what_they_send_to_a_moderator(
    client, page, settings, django_capture_on_commit_callbacks
):
    settings.TRIBUNA_WAITING_NETWORK_MAXIMUM = 2
    answers = []
    for number in range(4):
        switched = sent(client, page, another="person")
        fields = {"token": token_in(switched), "name": "Ana", "language": "en", "text": f"Kept text {number}"}
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(client.post(form_url(page), fields))
    assert [answer.status_code for answer in answers] == [303, 303, 422, 422]
    assert Comment.objects.filter(state=State.HELD).count() == 2
    assert "waits for the moderators already" in answers[-1].text
    assert "Kept text 3</textarea>" in answers[-1].text


def test_without_the_store_of_pressure_readers_notice_nothing(client, page, settings):
    settings.TRIBUNA_PRESSURE_STORE, settings.TRIBUNA_WITNESSES = "tests.humans.test_pressure.Away", WITNESSES
    from_here = {"Sec-Fetch-Site": "same-origin"}
    assert client.get(form_url(page)).status_code == 200
    worked = sent(client, page, headers=from_here, answer="", work=evidence(f"comment:{page.pk}"))
    assert worked.status_code == 303


def test_showing_the_form_writes_nothing(client, page, settings, django_assert_max_num_queries):
    settings.TRIBUNA_WITNESSES = WITNESSES
    with django_assert_max_num_queries(30) as seen:
        client.get(form_url(page))
    assert not [query for query in seen.captured_queries if not query["sql"].lstrip().upper().startswith("SELECT")]
