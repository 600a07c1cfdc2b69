"""What can't be taken, over HTTP: a clear message or a clean text, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.comments.factories import comment
from tests.comments.visits import form_url, sent, written
from tests.factories import article
from tribuna.comments.models import Comment
from tribuna.comments.views import writing
from tribuna.comments.views.refusals import FORM_MAX_BYTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]


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
    response = client.generic("POST", form_url(page), b"text=Kept+caf\xe9", content_type=content_type)
    assert response.status_code == 400
    assert "does not understand" in response.text
    assert ("Kept caf\ufffd</textarea>" in response.text) == ("latin-1" in content_type)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("last", "kept"), [("text=Kept+text", True), ("context=x", False)])
def test_too_many_fields_are_a_bad_request_and_the_text_is_kept(client, page, last, kept):
    body = "x=&" * 1000 + last
    response = client.post(form_url(page), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert ("Kept text</textarea>" in response.text) is kept
    assert form_url(page) in response.text


def test_other_kinds_of_bodies_are_an_empty_form(client, page):
    response = client.post(form_url(page), '{"text": "x"}', content_type="application/json")
    assert response.status_code == 422


def test_a_huge_body_is_not_even_read(client, page):
    response = client.post(form_url(page), {"text": "x" * FORM_MAX_BYTES})
    assert response.status_code == 413
    assert "far too much" in response.text
    assert len(response.content) < 50_000


@pytest.mark.parametrize("length", ["x", "-1", "9" * 5000])
def test_a_body_of_a_length_that_is_none_is_not_even_read(client, page, length):
    assert client.post(form_url(page), {"text": "x"}, CONTENT_LENGTH=length).status_code == 413


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000])
def test_a_number_that_nothing_has_is_answered_and_the_text_kept(client, page, number):
    comment(page)
    assert client.get(reverse("comments:thread", args=[page.pk]), {"after": number}).status_code == 404
    assert "no longer shown" in client.get(form_url(page), {"reply_to": number}).text
    response = sent(client, page, reply_to=number, text="Kept text")
    assert response.status_code == 422
    assert "no longer shown" in response.text
    assert "Kept text</textarea>" in response.text
    assert number not in response.text


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
        ({"Origin": "http://[evil"}, 403),
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


def test_an_article_whose_time_is_over_is_withdrawn_even_if_the_clock_is_late(client, page):
    fields = written(client, page, text="Kept text")
    stored = comment(page)
    type(page).objects.update(expire_at=timezone.now())
    response = client.post(form_url(page), fields)
    assert response.status_code == 410
    assert "Kept text</textarea>" in response.text
    assert page.title not in response.text
    assert client.get(reverse("comments:thread", args=[page.pk])).status_code == 410
    assert client.get(reverse("comments:comment", args=[stored.pk])).status_code == 410


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


def test_an_article_that_went_while_the_form_was_looked_through_is_unknown(client, page, monkeypatch):
    monkeypatch.setattr(writing, "public_page", lambda _page_id: None)
    answer = client.get(form_url(page))
    assert answer.status_code == 404


def test_a_private_article_takes_nothing_and_another_one_does(client, page):
    form, open_page = written(client, page), article(language="es")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.post(form_url(page), form).status_code == 404
    assert sent(client, open_page).status_code == 303
