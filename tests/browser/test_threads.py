"""A reader's second thoughts, respect and orders, by keyboard alone; with the script and without."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.axe import WCAG, violations
from tests.comments.factories import comment, replies
from tests.humans.factories import REMEMBERING, last_answer
from tribuna.comments.actions import pin_comment, submit_comment
from tribuna.comments.models import Comment, Vote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGHTS = [(mode, size) for mode in ("light", "dark") for size in ((390, 844), (1280, 900))]


@pytest.fixture(autouse=True)
def _quick_fingers(settings):
    settings.TRIBUNA_CHALLENGES = REMEMBERING
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def story(site):
    return factories.article(title="Ferry returns")


def press(page: Page, role: str, name: str) -> None:
    """Go to what has this *name* with the Tab key, and press Enter there."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"No Tab leads to {name}.")


def test_an_author_edits_and_takes_back_by_keyboard_without_script(story, visit):
    submitted = submit_comment(story, text="At last.", name="Zoe", language="en")
    comment(story, reply_to=submitted.comment)
    reader = visit(java_script_enabled=False)
    page = reader.page
    page.goto(f"/en/receipts/{submitted.secret}/")
    press(page, "link", "Change your comment")
    page.wait_for_url("**/edit/")
    page.get_by_role("textbox", name="Your comment").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("At long last.")
    press(page, "button", "Save")
    expect(page.locator(".comment-text")).to_have_text("At long last.")
    page.goto(story.url)
    expect(page.locator(f"#comment-{submitted.comment.pk} .comment-facts").first).to_contain_text("edited")
    page.goto(f"/en/receipts/{submitted.secret}/")
    press(page, "link", "Take your comment back")
    page.wait_for_url("**/withdraw/")
    press(page, "button", "Take it back")
    expect(page.get_by_role("heading", name="Withdrawn")).to_be_visible()
    page.goto(story.url)
    expect(page.locator("#comments")).to_contain_text("The author took this comment back.")
    expect(page.locator("#comments")).to_contain_text("2 comments")
    assert reader.context.cookies() == []
    assert reader.foreign_requests == []


def test_a_reader_respects_and_sorts_by_keyboard_without_script(story, visit):
    old, _new = comment(story, "Old", name="Reader 1"), comment(story, "New", name="Reader 2")
    page = visit(java_script_enabled=False).page
    page.goto(story.url)
    press(page, "link", "Respect for Reader 1")
    page.wait_for_url("**/respect/")
    page.locator("[data-answer]").fill(last_answer("image"))
    page.keyboard.press("Enter")
    page.wait_for_url("**#comment-*")
    expect(page.locator(f"#comment-{old.pk}")).to_contain_text("Respect 1")
    press(page, "link", "Most respected")
    page.wait_for_url("**/?sort=respected#comments")
    expect(page.locator(".comment-text").first).to_have_text("Old")
    press(page, "link", "Oldest")
    page.wait_for_url("**/?sort=oldest#comments")
    press(page, "link", "Newest")
    expect(page.locator(".comment-text").first).to_have_text("New")


def test_with_the_script_the_button_opens_beneath_the_comment_and_a_pass_is_used(story, visit, settings):
    settings.TRIBUNA_WITNESSES = ["tribuna.humans.witnesses.passes.PassWitness"]
    submitted = submit_comment(story, text="At last.", name="Zoe", language="en")
    reader = visit()
    page = reader.page
    page.goto(f"/en/receipts/{submitted.secret}/")
    expect(page.locator("[data-passes]")).to_be_visible()
    for number in (1, 2):
        page.goto(story.url)
        page.locator(".comment-actions").get_by_role("link", name="Respect").click()
        expect(page.locator("#comments [data-comment-form] .button-main")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(f"#comment-{submitted.comment.pk}")).to_contain_text(f"Respect {number}")
    assert Vote.objects.count() == Comment.objects.get().respect == 2
    assert len(json.loads(page.evaluate("localStorage.getItem('passes')"))) == 6
    assert reader.complaints == []
    assert reader.context.cookies() == []


def test_new_comments_are_told_and_never_put_in(story, visit):
    comment(story, "First")
    reader = visit()
    page = reader.page
    page.clock.install()
    page.goto(story.url)
    told = page.locator("[data-news] button")
    page.clock.run_for(61_000)
    expect(told).to_be_hidden()
    comment(story, "Second")
    with page.expect_response("**/comments/count/"):
        page.clock.run_for(61_000)
    expect(told).to_have_text("Show new comments: 1")
    expect(page.locator(".comment")).to_have_count(1)
    with page.expect_navigation():
        told.click()
    expect(page.locator(".comment")).to_have_count(2)
    assert reader.complaints == []


def test_the_new_pages_are_accessible(story, visit):
    chain = replies(story, 6)
    pin_comment(chain[0])
    submitted = submit_comment(story, text="At last.", name="Zoe", language="en")
    receipt = f"/en/receipts/{submitted.secret}/"
    addresses = [story.url, receipt, f"{receipt}edit/", f"{receipt}withdraw/", f"/en/comments/{chain[0].pk}/respect/"]
    addresses += [f"/en/comments/{chain[3].pk}/replies/", f"/en/articles/{story.pk}/comments/?sort=oldest"]
    found = {}
    for mode, (width, height) in SIGHTS:
        page = visit(color_scheme=mode, viewport={"width": width, "height": height}).page
        for address in addresses:
            page.goto(address)
            if wrong := violations(page, tags=WCAG):
                found[address, mode, width] = wrong
    assert found == {}
