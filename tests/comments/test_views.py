"""Comments over HTTP: what comes back, and what changed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.comments.factories import SEVERE, comment, replies
from tribuna.comments.actions import hold_comment, mark_comment_as_spam, publish_comment, reject_comment
from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, Receipt, State, ThreadStat
from tribuna.comments.signals import comment_submitted
from tribuna.comments.views import FORM_MAX_BYTES
from tribuna.humans.models import SiteQuestion, SpentNonce

pytestmark = pytest.mark.django_db

ANSWERS = {"en": "green", "es": "verde"}


@pytest.fixture(autouse=True)
def _questions(settings):
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    SiteQuestion.objects.create(language="en", question="What colour is the harbour light?", answers="green")
    SiteQuestion.objects.create(language="es", question="¿De qué color es el faro?", answers="verde")


def form_url(page, language="en"):
    return f"/{language}/articles/{page.pk}/comments/new/"


def token_in(response):
    return re.search(r'name="token" value="([^"]+)"', response.text)[1]


def written(client, page, interface="en", **fields):
    """Return what a reader sends who opened the form and filled it in."""
    token = token_in(client.get(form_url(page, interface)))
    return {"token": token, "answer": ANSWERS[interface], "name": "Ana", "language": "en", "text": "Good.", **fields}


def sent(client, page, interface="en", headers=None, **fields):
    return client.post(form_url(page, interface), written(client, page, interface, **fields), headers=headers)


# --- writing ----------------------------------------------------------------------------------------------------------
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
        from tribuna.comments.base import Decision, Verdict

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


@pytest.mark.parametrize(
    "text",
    ["x" * 5_001, "\x00", "\x00\x01\x02", "\u202e", "\ud7ff" * 6_000, " \r\n\t "],
)
def test_text_that_can_not_be_taken_gets_a_message(client, page, text):
    assert sent(client, page, text=text).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("nul\x00l", "<p>null</p>"),
        ("gnp\u202etxt.exe", "<p>gnptxt.exe</p>"),
        ("Z" + "\u0300" * 99, "<p>Z\u0300\u0300\u0300\u0300</p>"),
    ],
)
def test_text_that_is_meant_to_harm_is_stored_harmless(client, page, text, stored):
    assert sent(client, page, text=text).status_code == 303
    assert Comment.objects.get().body_html == stored


def test_broken_utf_8_is_taken_as_well_as_can_be(client, page):
    fields = written(client, page)
    del fields["text"]
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode() + b"&text=caf\xe9+%C3+%ff"
    response = client.post(form_url(page), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 303
    assert Comment.objects.get().body_source == "café \ufffd \ufffd"


@pytest.mark.parametrize("charset", ["martian", "", "utf-9"])
def test_an_unknown_charset_is_taken_for_utf_8(client, page, charset):
    fields = written(client, page, text="caf%C3%A9")
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", form_url(page), body, content_type=content_type)
    assert response.status_code == 303
    assert Comment.objects.get().body_source == "café"


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded; charset=latin-1", "multipart/form-data; boundary=\xff", "multipart/form-data"],
)
def test_a_body_that_can_not_be_read_is_a_bad_request(client, page, content_type):
    assert client.generic("POST", form_url(page), b"text=x", content_type=content_type).status_code == 400
    assert not Comment.objects.exists()


def test_other_kinds_of_bodies_are_an_empty_form(client, page):
    response = client.post(form_url(page), '{"text": "x"}', content_type="application/json")
    assert response.status_code == 422


def test_a_huge_body_is_not_even_read(client, page):
    response = client.post(form_url(page), {"text": "x" * FORM_MAX_BYTES})
    assert response.status_code == 413
    assert "far too much" in response.text
    assert len(response.content) < 50_000


def test_a_large_text_comes_back(client, page):
    response = sent(client, page, text="y" * 200_000)
    assert response.status_code == 422
    assert "This has 200000 characters; at most 5000 are possible." in response.text
    assert "y" * 200_000 in response.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind-a-proxy.example"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "null"}, 303),
        ({}, 303),
    ],
)
def test_a_form_on_another_website_is_refused_where_the_browser_says_so(client, page, headers, status):
    response = sent(client, page, headers=headers, text="Kept text")
    assert response.status_code == status
    assert Comment.objects.exists() == (status == 303)
    if status == 403:
        assert "Kept text</textarea>" in response.text
        assert form_url(page) in response.text


def test_following_a_link_from_another_website_to_the_form_is_fine(client, page):
    assert client.get(form_url(page), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_closed_article_says_so_and_gives_the_text_back(client, page):
    fields = written(client, page, text="Kept text")
    type(page).objects.update(comments_policy="closed")
    for response in (client.post(form_url(page), fields), client.get(form_url(page))):
        assert response.status_code == 403
        assert "The comments on this article are closed." in response.text
    assert "Kept text</textarea>" in client.post(form_url(page), fields).text
    assert not Comment.objects.exists()


def test_a_withdrawn_article_says_so_and_gives_the_text_back(client, page):
    fields = written(client, page, text="Kept text")
    stored = comment(page)
    page.unpublish()
    response = client.post(form_url(page), fields)
    assert response.status_code == 410
    assert "no longer published" in response.text
    assert "Kept text</textarea>" in response.text
    assert page.title not in response.text
    assert client.get(reverse("comments:thread", args=[page.pk])).status_code == 410
    assert client.get(reverse("comments:comment", args=[stored.pk])).status_code == 410


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_article_that_is_not_there_is_not_found_in_the_language_of_the_address(client, newsroom, language):
    for page_id in (4711, newsroom.homes["en"].pk, 10**30):
        response = client.post(f"/{language}/articles/{page_id}/comments/new/", {"text": "Kept text"})
        assert response.status_code == 404
        assert f'<html lang="{language}"' in response.text
        assert "Kept text</textarea>" in response.text
        assert client.get(f"/{language}/articles/{page_id}/comments/").status_code == 404
    assert client.get(f"/{language}/articles/{'9' * 5000}/comments/").status_code == 404


def test_a_deleted_article_is_not_found_and_gives_the_text_back(client, page):
    fields = written(client, page, text="Kept text")
    page.delete()
    response = client.post(form_url(page), fields)
    assert response.status_code == 404
    assert "Kept text</textarea>" in response.text


def test_when_nothing_can_be_stored_the_text_comes_back(client, page, caplog):
    def fail(**kwargs):
        raise OperationalError

    fields = written(client, page, text="Kept text")
    comment_submitted.connect(fail)
    try:
        response = client.post(form_url(page), fields)
    finally:
        comment_submitted.disconnect(fail)
    assert response.status_code == 503
    assert "Kept text</textarea>" in response.text
    assert "could not be stored" in caplog.text
    assert not Comment.objects.exists()
    assert client.post(form_url(page), fields).status_code == 303


def test_readers_are_told_apart_by_the_network_that_a_trusted_proxy_names(client, page, settings):
    from ipaddress import ip_network

    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]
    for address in ("192.0.2.7", "192.0.2.8", "198.51.100.1"):
        sent(client, page, text=address, headers={"X-Forwarded-For": address})
    refs = dict(Comment.objects.values_list("body_source", "author_ref"))
    assert refs["192.0.2.7"] == refs["192.0.2.8"] != refs["198.51.100.1"]
    assert "192.0.2" not in str(list(Receipt.objects.values())) + str(refs.values())


# --- the receipt ------------------------------------------------------------------------------------------------------
def test_the_receipt_tells_each_state_in_the_readers_language(client, page, settings):
    address = sent(client, page, text="Good read.")["Location"]
    stored = Comment.objects.get()
    reason = [Reason("Ensure this value is less than or equal to %(limit_value)s.", {"limit_value": 2})]
    page_of = {}
    for verb in (publish_comment, hold_comment, reject_comment, mark_comment_as_spam):
        verb(stored, reasons=reason)
        response = client.get(address)
        assert response.status_code == 200
        assert str(State(stored.state).label) in response.text
        assert "Good read." in response.text
        page_of[verb] = response.text
        assert "Asegúrese de que este valor es menor o igual a 2." in client.get(address.replace("/en/", "/es/")).text
    assert len(set(page_of.values())) == 4
    assert f"/en/comments/{stored.pk}/" in page_of[publish_comment]
    assert f"/en/comments/{stored.pk}/" not in page_of[hold_comment]


def test_a_rejected_comment_is_not_dropped_in_silence(client, page, settings):
    settings.TRIBUNA_JUDGES = [SEVERE]
    receipt = client.get(sent(client, page, text="SHOUT")["Location"])
    assert "It is all capitals." in receipt.text
    assert ThreadStat.objects.get().visible_count == 0


def test_the_receipt_is_for_its_reader_alone(client, page):
    response = client.get(sent(client, page)["Location"])
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize("secret", ["x", "0" * 40, "%00", "%FF"])
def test_there_is_no_receipt_at_a_guessed_address(client, newsroom, secret):
    assert client.get(f"/en/receipts/{secret}/").status_code == 404


def test_the_receipt_tells_that_the_conversation_or_the_article_was_taken_down(client, page):
    root = comment(page)
    address = sent(client, page, reply_to=root.pk)["Location"]
    hold_comment(root)
    assert "a comment above it was taken down" in unescape(client.get(address).text)
    publish_comment(root)
    page.unpublish()
    assert "the article is not published" in client.get(address).text
    page.view_restrictions.create(restriction_type="login")
    assert "the article is not published" in client.get(address).text


# --- reading ----------------------------------------------------------------------------------------------------------
def test_the_first_page_of_a_thread_is_the_article(client, page):
    comment(page)
    response = client.get(reverse("comments:thread", args=[page.pk]))
    assert response.status_code == 302
    assert response["Location"] == f"{page.url}#comments"


def test_the_next_page_shows_what_follows_the_cursor(client, page, settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2
    first, second, third, fourth = [comment(page, f"Text {number}", name=f"Name {number}") for number in range(4)]
    response = client.get(reverse("comments:thread", args=[page.pk]), {"after": fourth.pk})
    assert response.status_code == 200
    assert re.findall(r'id="comment-(\d+)"', response.text) == [str(third.pk), str(second.pk)]
    assert f"?after={second.pk}" in response.text
    assert f"?reply_to={second.pk}" in response.text
    last = client.get(reverse("comments:thread", args=[page.pk]), {"after": first.pk})
    assert "There are no more comments." in last.text
    assert not response.cookies


def test_a_page_that_begins_with_a_reply_leads_to_what_it_answers(client, page, settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2
    root = comment(page, name="Eva")
    below = replies(page, 2, to=root)
    response = client.get(reverse("comments:thread", args=[page.pk]), {"after": root.pk})
    assert f'href="/en/comments/{root.pk}/"' in response.text
    assert f'href="#comment-{below[0].pk}"' in response.text


def test_a_closed_article_still_shows_its_comments_but_offers_no_reply(client, page):
    newer = [comment(page), comment(page)][1]
    type(page).objects.update(comments_policy="closed")
    response = client.get(reverse("comments:thread", args=[page.pk]), {"after": newer.pk})
    assert response.status_code == 200
    assert "reply_to" not in response.text


@pytest.mark.parametrize("after", ["", "x", "4711", "9" * 40])
def test_a_broken_cursor_is_not_found(client, page, after):
    assert client.get(reverse("comments:thread", args=[page.pk]), {"after": after}).status_code == 404


def test_a_permalink_leads_to_the_article_or_to_the_page_that_shows_the_comment(client, page, settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2
    old, middle, new = comment(page), comment(page), comment(page)
    assert client.get(new.get_absolute_url())["Location"] == f"{page.url}#comment-{new.pk}"
    assert client.get(old.get_absolute_url())["Location"] == (
        f"/en/articles/{page.pk}/comments/?after={middle.pk}#comment-{old.pk}"
    )


def test_a_comment_that_is_not_public_has_no_permalink(client, page):
    held = comment(page)
    hold_comment(held)
    for pk in (held.pk, 4711, 10**30):
        assert client.get(reverse("comments:comment", args=[pk])).status_code == 404


def test_a_name_and_a_text_are_escaped_wherever_they_stand(client, page):
    newest = comment(page)
    nasty = comment(page, "<img src=x onerror=alert(1)>", name="<b>Eve</b>", at=newest.created_at.replace(year=2020))
    pages = [
        client.get(reverse("comments:thread", args=[page.pk]), {"after": newest.pk}),
        client.get(form_url(page), {"reply_to": nasty.pk}),
    ]
    for response in pages:
        assert "&lt;img src=x" in response.text
        assert "&lt;b&gt;Eve" in response.text
        assert "<img src=x" not in response.text
        assert "<b>Eve" not in response.text


@pytest.mark.parametrize("number", [1, 3, 50])
def test_a_page_of_comments_costs_the_same_for_any_number(client, page, django_assert_max_num_queries, number):
    comment_there = [comment(page) for _ in range(number + 1)][-1]
    url = reverse("comments:thread", args=[page.pk])
    client.get(url, {"after": comment_there.pk})
    with django_assert_max_num_queries(15):
        assert client.get(url, {"after": comment_there.pk}).status_code == 200
