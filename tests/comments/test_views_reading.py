"""Reading comments and receipts over HTTP."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.comments.factories import SEVERE, comment, replies
from tests.comments.visits import form_url, sent
from tribuna.comments.actions import hold_comment, mark_comment_as_spam, publish_comment, reject_comment
from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, State, ThreadStat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questions")]


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
    assert not ThreadStat.objects.exclude(visible_count=0).exists()


def test_the_receipt_is_for_its_reader_alone(client, page):
    response = client.get(sent(client, page)["Location"])
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_only_the_receipt_of_a_published_comment_offers_passes(client, page):
    address = sent(client, page)["Location"]
    assert 'data-passes="8:comment:' in client.get(address).text
    hold_comment(Comment.objects.get())
    assert "data-passes=" not in client.get(address).text


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


def test_a_page_of_comments_costs_the_same_for_any_number(client, page):
    url, costs = reverse("comments:thread", args=[page.pk]), set()
    for number in (1, 3, 50):
        newest = [comment(page) for _ in range(number + 1)][-1]
        client.get(url, {"after": newest.pk})
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"after": newest.pk})
        costs.add(len(queries))
    assert len(costs) == 1
    assert costs.pop() <= 15


def test_reading_writes_nothing_and_looks_at_no_cookie(client, page):
    address = sent(client, page)["Location"]
    comment(page)
    oldest = Comment.objects.first()
    reading = [
        form_url(page),
        f"{form_url(page)}?reply_to={oldest.pk}",
        f"/en/articles/{page.pk}/comments/?after={oldest.pk}",
        f"/en/articles/{page.pk}/comments/",
        f"/en/comments/{oldest.pk}/",
        address,
    ]
    for url in reading:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code in (200, 302)
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
