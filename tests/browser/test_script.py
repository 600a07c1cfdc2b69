"""What the theme's script adds, and that nothing is lost where it fails."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.comments.factories import comment
from tests.humans.factories import REMEMBERING, last_answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILM = {"type": "embed", "id": "film", "value": {"url": "https://vimeo.com/12345678", "title": "The ramp comes down"}}


@pytest.fixture(autouse=True)
def _quick_fingers(settings):
    settings.TRIBUNA_CHALLENGES = REMEMBERING
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def reader(site, visit):
    """A visitor who has the story in front of them."""
    story = factories.article(title="Ferry returns", body=json.dumps([FILM]))
    comment(story, "Welcome back!", name="Marta")
    visitor = visit()
    visitor.page.goto(story.url)
    yield visitor
    assert visitor.complaints == []
    assert visitor.foreign_requests == []
    assert visitor.context.cookies() == []


def open_form(page, link="Add a comment"):
    page.get_by_role("link", name=link).click()
    expect(page.locator("[name=text]")).to_be_focused()


def test_the_form_opens_beneath_its_link_and_what_was_typed_goes_along(reader):
    page, story = reader.page, reader.page.url
    open_form(page)
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")
    open_form(page, "Reply to Marta")
    expect(page.locator("#comments form")).to_have_count(1)
    expect(page.locator(".comment-actions [name=text]")).to_have_value("At last.")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#comments form")).to_have_count(0)
    expect(page.get_by_role("link", name="Reply to Marta")).to_be_focused()
    open_form(page)
    expect(page.locator("[name=name]")).to_have_value("Zoe")
    assert page.url == story


def test_a_wrong_answer_is_said_in_place_and_the_right_one_leads_to_the_receipt(reader):
    page = reader.page
    open_form(page, "Reply to Marta")
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")
    page.locator("[data-answer]").fill("wrong")
    page.locator("[data-answer]").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[name=text]")).to_have_value("At last.")
    page.locator("[data-answer]").fill(last_answer("image"))
    page.locator("[data-answer]").press("Enter")
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Published")


def test_the_star_key_plays_the_sound_once_more(reader):
    page = reader.page
    open_form(page)
    page.get_by_role("button", name="sound").click()
    expect(page.locator("audio")).to_be_focused()
    page.locator("[data-answer]").press("*")
    expect(page.locator("[data-answer]")).to_have_value("")
    page.wait_for_function("() => !document.querySelector('audio').paused")


def test_a_form_that_cannot_be_fetched_is_gone_to(reader):
    page = reader.page
    page.route(
        re.compile("/comments/new/"),
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.get_by_role("link", name="Add a comment").click()
    page.wait_for_url("**/comments/new/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a comment")


def test_a_form_that_cannot_be_sent_in_place_is_sent_plainly(reader):
    page = reader.page
    open_form(page)
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")
    page.locator("[data-answer]").fill(last_answer("image"))
    page.route(
        re.compile("/comments/new/"),
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.get_by_role("button", name="Send", exact=True).last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Published")


def test_a_film_is_asked_for_only_on_request(site, visit):
    story = factories.article(title="Ferry returns", body=json.dumps([FILM]))
    visitor = visit()
    visitor.context.route(re.compile("vimeo"), lambda route: route.fulfill(body="a film", content_type="text/html"))
    visitor.page.goto(story.url)
    assert visitor.foreign_requests == []
    visitor.page.get_by_role("button", name="Play the video here").click()
    expect(visitor.page.locator("iframe")).to_have_attribute("title", "The ramp comes down")
    visitor.page.frame_locator("iframe").get_by_text("a film").wait_for()
    assert visitor.foreign_requests == ["https://player.vimeo.com/video/12345678?dnt=1&autoplay=1"]
    assert visitor.complaints == []


def test_without_the_script_every_way_is_a_link(site, visit):
    story = factories.article(title="Ferry returns", body=json.dumps([FILM]))
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(story.url)
    expect(visitor.page.get_by_role("button", name="Play the video here")).to_have_count(0)
    expect(visitor.page.get_by_role("link", name="Watch it at Vimeo")).to_have_attribute(
        "href", "https://vimeo.com/12345678"
    )
    visitor.page.get_by_role("link", name="Add a comment").click()
    expect(visitor.page.locator("form.comment-form")).to_be_visible()
