"""What readers may demand, done by keyboard and without JavaScript: report, mail, a copy, erasure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.comments.factories import comment
from tests.comments.post import READER, paths_in, sent_after
from tests.humans.factories import QUESTION
from tribuna.comments.models import Alert, Comment, Notice, State
from tribuna.humans.models import SiteQuestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PERSON = "tribuna.humans.challenges.person.PersonChallenge"
MANY_STOPS = 80


@pytest.fixture
def story(site, settings):
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_CHALLENGES = [QUESTION, PERSON]
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    SiteQuestion.objects.create(language="en", question="What colour is the harbour light?", answers="green")
    return factories.article(title="The lights are back")


@pytest.fixture
def page(visit) -> Page:
    return visit(java_script_enabled=False, viewport={"width": 390, "height": 844}).page


def reach(page: Page, target) -> None:
    """Go on with the Tab key until *target* has the focus."""
    for _ in range(MANY_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not lead there.")


def type_into(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def press(page: Page, target) -> None:
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page) -> None:
    reach(page, page.locator("[data-answer]"))
    page.keyboard.type("green")


def button(page: Page, name: str):
    return page.locator("main").get_by_role("button", name=name, exact=True).last


def test_mail_is_asked_for_confirmed_and_stopped(story, page):
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    type_into(page, "Your comment", "At last.")
    type_into(page, "Your name", "Reader 1")
    type_into(page, "Your e-mail address (optional)", READER)
    reach(page, page.get_by_label("Mail when somebody answers you"))
    page.keyboard.press("ArrowDown")
    answer(page)
    press(page, button(page, "Send"))
    receipt = page.url
    expect(page.locator("main")).to_contain_text("We have sent a mail to the address you gave.")

    (asked,) = sent_after()
    page.goto(paths_in(asked)[0])
    press(page, button(page, "Yes, send me mail"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You get mail about your comment")
    comment(story, "Indeed.", name="Reader 2", reply_to=Comment.objects.get())
    (told,) = sent_after()
    assert told.to == [READER]
    page.goto(told.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver"))
    press(page, button(page, "Stop the mail, and forget my address"))
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mail is sent to you about this comment")
    assert not Alert.objects.exists()

    page.goto(receipt)
    type_into(page, "Your e-mail address", READER)
    press(page, button(page, "Send me mail"))
    assert Alert.objects.get().confirmed_at is None


def test_a_comment_is_reported_taken_down_and_its_reporter_told(story, page, visit):
    staff("moderator@example.org", "Moderators")
    comment(story, "Silly ferry.", name="Reader 1")
    page.goto(story.url)
    press(page, page.get_by_role("link", name="Report the comment by Reader 1"))
    reach(page, page.get_by_label("What is wrong with it"))
    page.keyboard.type("It breaks")
    type_into(page, "Why", "It insults the ferry.")
    reach(page, page.get_by_label("I believe in good faith that what I report here is accurate and complete."))
    page.keyboard.press("Space")
    answer(page)
    press(page, button(page, "Send"))
    receipt = page.url
    expect(page.get_by_role("heading", name="Not decided yet")).to_be_visible()

    desk = Editor(visit(viewport={"width": 1280, "height": 900}).page)
    desk.sign_in("moderator@example.org")
    desk.page.goto(f"/admin/reports-of-readers/{Notice.objects.get().pk}/")
    desk.page.get_by_label("Taken down").check()
    desk.page.get_by_label("Reasons").fill("It is an insult.")
    desk.page.get_by_role("button", name="Decide").click()
    expect(desk.page.locator(".messages")).to_contain_text("Decided")
    assert Comment.objects.get().state == State.REJECTED

    page.goto(receipt)
    expect(page.get_by_role("heading", name="Taken down")).to_be_visible()
    expect(page.locator("main")).to_contain_text("It is an insult.")
    page.goto(story.url)
    expect(page.locator("main")).not_to_contain_text("Silly ferry.")


def test_an_error_is_reported_from_the_article(story, page):
    page.goto(story.url)
    press(page, page.get_by_role("link", name="Report an error in this article"))
    type_into(page, "What is wrong, and what would be right", "It left at seven.")
    answer(page)
    press(page, button(page, "Send"))
    expect(page.locator("main")).to_contain_text("The newsroom will read it.")
    assert Notice.objects.get().is_error


def test_by_the_proof_of_an_address_all_is_copied_and_erased(story, page):
    comment(story, "With my address.", name="Reader 1", email=READER)
    comment(story, "Once more.", name="Reader 1", email=READER)
    page.goto(story.url)
    press(page, page.get_by_role("contentinfo").get_by_role("link", name="Your comments"))
    type_into(page, "Your e-mail address", READER)
    answer(page)
    press(page, button(page, "Send"))
    expect(page.get_by_role("status")).to_contain_text("a mail is on its way")

    (message,) = sent_after()
    page.goto(paths_in(message)[0])
    reach(page, page.get_by_role("link", name="Get a copy"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    copy = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [each["text"] for each in copy["comments"]] == ["Once more.", "With my address."]

    press(page, page.get_by_role("link", name="Erase", exact=True))
    press(page, button(page, "Erase for good"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Erased")
    page.goto(story.url)
    expect(page.get_by_text("The author took this comment back.")).to_have_count(2)
    expect(page.locator("main")).not_to_contain_text("Once more.")
