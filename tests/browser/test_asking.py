"""Who sees a challenge: whoever runs no script, and whoever brings nothing; and how the one step is met."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.axe import violations
from tests.humans.factories import REMEMBERING, WITNESSES, evidence, last_answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _quick_fingers(settings):
    settings.TRIBUNA_CHALLENGES, settings.TRIBUNA_WITNESSES = REMEMBERING, WITNESSES
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def visitor(visit):
    """A reader with the script, whose browser does no work by itself."""
    visitor = visit()
    idle = {"content_type": "text/javascript", "body": "export const begin = () => {};"}
    visitor.context.route("**/theme/work*.js", lambda route: route.fulfill(**idle))
    return visitor


def write(page):
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")


def send(page):
    page.get_by_role("button", name="Send", exact=True).last.click()


def published(page):
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Published")


@pytest.mark.parametrize("in_place", [True, False])
def test_with_the_script_nobody_sees_a_challenge_until_one_is_needed(site, visitor, in_place):
    story = factories.article(title="Ferry returns")
    page = visitor.page
    page.goto(story.url if in_place else f"/en/articles/{story.pk}/comments/new/")
    if in_place:
        page.get_by_role("link", name="Add a comment").click()
    expect(page.locator("[name=text]")).to_be_visible()
    assert page.locator("fieldset, [data-answer], .human-check img").count() == 0
    write(page)
    send(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("One more step, please")
    if in_place:
        expect(alert).to_be_focused()
    expect(page.locator("[name=text]")).to_have_value("At last.")
    expect(page.locator("[data-answer]")).to_be_visible()
    assert violations(page) == []
    page.locator("[data-answer]").fill(last_answer("image"))
    page.locator("[data-answer]").press("Enter")
    published(page)
    assert visitor.complaints in ([], ["Failed to load resource: the server responded with a status of 422 ()"])
    assert visitor.context.cookies() == []


def test_whoever_brings_work_never_sees_a_challenge(site, visitor):
    story = factories.article(title="Ferry returns")
    page = visitor.page
    page.goto(story.url)
    page.get_by_role("link", name="Add a comment").click()
    write(page)
    work = page.locator("[data-witness=work]")
    assert work.get_attribute("data-scope") == f"comment:{story.pk}"
    work.evaluate("(field, value) => { field.value = value }", evidence(f"comment:{story.pk}"))
    send(page)
    published(page)


def test_without_the_script_the_challenge_is_on_the_first_page(site, visit):
    story = factories.article(title="Ferry returns")
    page = visit(java_script_enabled=False).page
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    write(page)
    expect(page.get_by_role("group", name="Are you a person?")).to_be_visible()
    page.locator("[data-answer]").fill(last_answer("image"))
    page.locator("[data-answer]").press("Enter")
    published(page)
