"""Readers respect a comment."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from tests.comments.factories import comment, proof, replies
from tests.comments.test_editing import receipt
from tests.comments.visits import form_url, token_in
from tribuna.comments.actions import (
    VoteRefused,
    hold_comment,
    reconcile_counts,
    respect_comment,
    withdraw_comment,
)
from tribuna.comments.models import Comment, ThreadStat, Vote
from tribuna.comments.queries import Drift, drifts
from tribuna.humans.actions import AlreadySpent
from tribuna.humans.base import Evidence, Outcome, Proof
from tribuna.humans.models import SpentNonce

pytestmark = pytest.mark.django_db


@pytest.mark.storage
def test_a_vote_is_counted_and_says_nothing_of_who_gave_it(page):
    stored = comment(page)
    assert respect_comment(stored, proof=proof()).respect == 1
    vote = Vote.objects.get()
    assert vote.voter != proof().nonce
    assert (str(vote), ThreadStat.objects.get().version) == (f"#{stored.pk}", 2)
    assert ThreadStat.objects.get().visible_count == 1


@pytest.mark.storage
def test_one_proof_is_one_vote_whatever_it_is_for(page):
    first, second = comment(page), comment(page)
    respect_comment(first, proof=proof())
    for again in (first, second):
        with pytest.raises(AlreadySpent):
            respect_comment(again, proof=proof())
    assert (Vote.objects.count(), drifts()) == (1, [])


@pytest.mark.storage
def test_one_pass_is_one_vote_whatever_form_it_comes_with(page):
    stored = comment(page)

    def with_pass(form: str) -> Proof:
        evidence = Evidence("pass", "a" * 32, time.time() + 60, epoch=1)
        return Proof(form * 32, Outcome.PASSED, "", time.time() + 60, evidence=(evidence,))

    respect_comment(stored, proof=with_pass("1"))
    with pytest.raises(AlreadySpent):
        respect_comment(stored, proof=with_pass("2"))


def test_what_is_not_there_is_not_respected_and_costs_no_proof(page):
    held, answered = comment(page), replies(page, 2)[0]
    hold_comment(held)
    withdraw_comment(receipt(answered))
    for gone in (held, answered):
        with pytest.raises(VoteRefused):
            respect_comment(gone, proof=proof())
    assert not SpentNonce.objects.exists()


def test_what_leaves_it_to_a_moderator_is_no_vote(page):
    with pytest.raises(VoteRefused):
        respect_comment(comment(page), proof=proof(Outcome.HELD))


@pytest.mark.storage
def test_votes_are_counted_again(page):
    stored, other = comment(page), comment(page)
    respect_comment(stored, proof=proof())
    Comment.objects.filter(pk=stored.pk).update(respect=5)
    Comment.objects.filter(pk=other.pk).update(respect=1)
    assert reconcile_counts() == [Drift(page.pk, 2, 2)]
    assert list(Comment.objects.order_by("pk").values_list("respect", flat=True)) == [1, 0]
    assert drifts() == []


# --- over HTTP --------------------------------------------------------------------------------------------------------
def address(stored: Comment) -> str:
    return f"/en/comments/{stored.pk}/respect/"


def voted(client: Client, stored: Comment, **fields: str):
    return client.post(address(stored), {"token": token_in(client.get(address(stored))), "answer": "green", **fields})


@pytest.mark.usefixtures("questions")
class TestTheButton:
    """One button, and the human check."""

    def test_a_reader_respects_a_comment_without_cookie_or_script(self, page):
        strict = Client(enforce_csrf_checks=True)
        stored = comment(page)
        shown = strict.get(address(stored))
        assert "A good read." in shown.text
        assert (shown["Cache-Control"], shown["X-Robots-Tag"]) == ("no-store", "noindex")
        response = voted(strict, stored)
        assert (response.status_code, response["Location"]) == (303, f"/en/comments/{stored.pk}/")
        assert not response.cookies
        assert "Respect <b>1</b>" in strict.get(page.url).text

    def test_no_moderator_is_offered_who_would_have_nothing_to_read(self, client, page):
        assert 'value="person"' in client.get(form_url(page)).text
        assert 'value="person"' not in client.get(address(comment(page))).text

    def test_the_same_form_twice_is_one_vote_and_leads_back(self, client, page):
        stored = comment(page)
        fields = {"token": token_in(client.get(address(stored))), "answer": "green"}
        assert [client.post(address(stored), fields).status_code for _ in range(2)] == [303, 303]
        assert Vote.objects.count() == 1

    def test_a_form_that_was_used_for_another_comment_asks_once_more(self, client, page):
        first, second = comment(page), comment(page)
        fields = {"token": token_in(client.get(address(first))), "answer": "green"}
        client.post(address(first), fields)
        response = client.post(address(second), fields)
        assert response.status_code == 422
        assert 'name="token"' in response.text
        assert Vote.objects.count() == 1

    def test_a_wrong_answer_counts_nothing(self, client, page):
        stored = comment(page)
        assert voted(client, stored, answer="blue").status_code == 422
        assert voted(client, stored, another="question").status_code == 200
        assert not Vote.objects.exists()

    def test_where_nobody_is_asked_nothing_is_counted(self, client, page, settings):
        settings.TRIBUNA_ASKING = "never"
        response = voted(client, comment(page))
        assert response.status_code == 422
        assert "only where something tells us" in response.text

    def test_what_is_taken_down_in_the_last_moment_is_not_respected(self, client, page, monkeypatch):
        def refuse(*_args, **_kwargs):
            raise VoteRefused

        monkeypatch.setattr("tribuna.comments.views.voting.respect_comment", refuse)
        assert voted(client, comment(page)).status_code == 404

    def test_what_nobody_sees_has_no_button(self, client, page):
        stored = comment(page)
        fields = {"token": token_in(client.get(address(stored))), "answer": "green"}
        foreign = client.post(address(stored), fields, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
        page.unpublish()
        assert client.get(address(stored)).status_code == 410
        page.view_restrictions.create(restriction_type="login")
        assert client.get(address(stored)).status_code == 404
        hold_comment(stored)
        assert client.get(address(stored)).status_code == 404
