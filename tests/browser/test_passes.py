"""A published comment earns passes, in a real browser; the next comment carries one."""

from __future__ import annotations

import json
import time
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.comments.factories import comment
from tests.humans.factories import REMEMBERING, last_answer
from tribuna.comments.actions import hold_comment, publish_comment, submit_comment
from tribuna.humans.actions import spend_proof
from tribuna.humans.base import Outcome, Proof
from tribuna.humans.models import PassBatch, PassKey
from tribuna.humans.witnesses.passes import PassWitness

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The form's own field for a pass is drawn where the site asks for one; here it is put into whatever form there is.
ADD_FIELD = """form => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "pass" });
  form.append(field);
}"""


@pytest.fixture(autouse=True)
def _quick_fingers(settings):
    settings.TRIBUNA_CHALLENGES = REMEMBERING
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def story(site):
    return factories.article(title="Ferry returns")


@pytest.fixture
def reader(story, visit):
    visitor = visit()
    yield visitor
    assert visitor.complaints == []
    assert visitor.foreign_requests == []
    assert visitor.context.cookies() == []


def receipt_of(story) -> tuple[str, object]:
    submitted = submit_comment(story, text="At last.", name="Zoe", language="en")
    return f"/en/receipts/{submitted.secret}/", submitted.comment


def kept(page) -> list[dict]:
    return json.loads(page.evaluate("localStorage.getItem('passes') || '[]'"))


def drawn(page, address) -> list[dict]:
    page.goto(address)
    expect(page.locator("[data-passes]")).to_be_visible()
    return kept(page)


def fill(page) -> None:
    page.locator("[name=text]").fill("Good.")
    page.locator("[name=name]").fill("Zoe")
    page.locator("form.comment-form").evaluate(ADD_FIELD)


def send(page, answer: str) -> str:
    """Send the form and return what it carried as a pass."""
    page.locator("[data-answer]").fill(answer)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Send", exact=True).last.click()
    return parse_qs(sent.value.post_data).get("pass", [""])[0]


def test_a_receipt_draws_eight_passes_and_the_next_comment_carries_one(reader, story):
    address, stored = receipt_of(story)
    hold_comment(stored)
    page = reader.page
    page.goto(address)
    expect(page.locator("[data-passes]")).to_have_count(0)
    publish_comment(stored)
    passes = drawn(page, address)
    assert len(passes) == PassKey.objects.get().issued == 8
    assert all(each["until"] > time.time() * 1000 for each in passes)
    assert all(PassWitness().examine(each["sent"], scope="comment:1") for each in passes)
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    fill(page)
    carried = send(page, last_answer())
    assert carried == passes[0]["sent"]
    page.wait_for_url("**/receipts/**")
    expect(page.locator("[data-passes]")).to_be_visible()
    page.wait_for_function("() => JSON.parse(localStorage.getItem('passes')).length === 15")
    assert carried not in [each["sent"] for each in kept(page)]


def test_a_pass_that_came_back_unused_goes_out_again_also_from_beneath_the_story(reader, story):
    comment(story)
    page = reader.page
    passes = drawn(page, receipt_of(story)[0])
    page.goto(story.url)
    page.get_by_role("link", name="Add a comment").click()
    fill(page)
    first = send(page, "wrong")
    expect(page.get_by_role("alert")).to_be_focused()
    page.locator("form.comment-form").evaluate(ADD_FIELD)
    page.get_by_role("button", name="sound").click()
    expect(page.locator("audio")).to_be_focused()
    assert [each["tries"] for each in kept(page)] == [1, *[0] * 7]
    page.locator("form.comment-form").evaluate(ADD_FIELD)
    assert send(page, last_answer("sound")) == first == passes[0]["sent"]
    page.wait_for_url("**/receipts/**")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('passes')).length === 15")


def test_a_pass_that_never_gets_through_is_given_up(reader, story):
    page = reader.page
    passes = drawn(page, receipt_of(story)[0])
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    carried = []
    for _each in range(4):
        fill(page)
        carried.append(send(page, "wrong"))
        expect(page.get_by_role("alert")).to_be_visible()
    assert carried == [passes[0]["sent"]] * 3 + [passes[1]["sent"]]


def test_a_lost_answer_is_asked_for_again_and_nothing_is_drawn_twice(reader, story):
    page, (address, _stored) = reader.page, receipt_of(story)
    page.route("**/human/passes", lambda route: (route.fetch(), route.abort()))
    with page.expect_event("requestfailed"):
        page.goto(address)
    assert PassBatch.objects.count() == 1
    assert kept(page) == []
    page.unroute("**/human/passes")
    assert len(drawn(page, address)) == 8
    assert len(drawn(page, address)) == 8
    assert PassKey.objects.get().issued == 8


def test_expired_passes_are_not_sent_and_no_pass_is_no_obstacle(reader, story):
    page = reader.page
    drawn(page, receipt_of(story)[0])
    page.evaluate(
        "localStorage.setItem('passes', JSON.stringify(JSON.parse(localStorage.getItem('passes')).map("
        "each => ({...each, until: 1}))))"
    )
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    fill(page)
    assert send(page, last_answer()) == ""
    page.wait_for_url("**/receipts/**")


def test_a_pass_that_was_spent_is_refused(reader, story):
    [first, *_rest] = drawn(reader.page, receipt_of(story)[0])
    evidence = PassWitness().examine(first["sent"], scope="comment:1")
    spend_proof(Proof(evidence.nonce, Outcome.PASSED, "pass", evidence.expires_at))
    assert PassWitness().examine(first["sent"], scope="comment:1") is None


def test_without_the_script_nothing_is_promised(story, visit):
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(receipt_of(story)[0])
    expect(visitor.page.locator("[data-passes]")).to_be_hidden()
