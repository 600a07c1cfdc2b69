"""Each way through the human check by keyboard alone, without the script; what a screen reader is told on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.axe import violations
from tests.humans.factories import REMEMBERING, WITNESSES, last_answer, site_question
from tribuna.humans.models import DailyCount

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS_AT_MOST = 80
WAYS = {
    "image": "Enter the characters shown in the image",
    "sound": "Type the digits you hear",
    "question": "What stands at the end of the pier?",
}


@pytest.fixture(autouse=True)
def _an_eye_and_an_ear(settings):
    settings.TRIBUNA_CHALLENGES, settings.TRIBUNA_WITNESSES = REMEMBERING, WITNESSES
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def form(site, visit):
    """The form's own page, without the script."""
    site_question()
    story = factories.article(title="Ferry returns")
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(f"/en/articles/{story.pk}/comments/new/")
    yield visitor.page
    assert visitor.complaints == []
    assert visitor.context.cookies() == []


def heard(page: Page, selector: str) -> list[tuple[str, str]]:
    """Return role and name of what a screen reader meets in *selector*, in order, from the accessibility tree."""
    session = page.context.new_cdp_session(page)
    document = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": document, "selector": selector})["nodeId"]
    found = session.send("Accessibility.queryAXTree", {"nodeId": node})["nodes"]
    silent = {"none", "generic", "InlineTextBox", "StaticText", "paragraph"}
    told = [(each["role"]["value"], each.get("name", {}).get("value", "")) for each in found if not each["ignored"]]
    return [each for each in told if each[0] not in silent]


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until what has all of these attributes has the focus."""
    selector = "".join(f'[{name}="{value}"]' for name, value in wanted.items())
    for _step in range(STEPS_AT_MOST):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the keyboard never comes to {selector}")


def write(page: Page) -> None:
    tab_to(page, name="text")
    page.keyboard.type("At last.")
    tab_to(page, name="name")
    page.keyboard.type("Zoe")


@pytest.mark.parametrize("way", ["image", "sound", "question"])
def test_each_way_is_gone_by_keyboard_alone(form, way):
    write(form)
    if way != "image":
        tab_to(form, name="another", value=way)
        form.keyboard.press("Enter")
        expect(form.get_by_role("textbox", name=WAYS[way])).to_be_visible()
        expect(form.locator("[name=text]")).to_have_value("At last.")
    tab_to(form, name="answer")
    form.keyboard.type("lighthouse" if way == "question" else last_answer(way))
    form.keyboard.press("Enter")
    form.wait_for_url("**/receipts/**")
    expect(form.get_by_role("heading", level=2).first).to_have_text("Published")


def test_a_moderator_is_reached_by_keyboard_alone_and_nothing_is_asked(form):
    write(form)
    tab_to(form, name="another", value="person")
    form.keyboard.press("Enter")
    expect(form.get_by_text("A moderator will read your comment")).to_be_visible()
    assert form.locator("[name=answer]:visible").count() == 0
    tab_to(form, name="name")
    form.keyboard.press("Enter")
    form.wait_for_url("**/receipts/**")
    expect(form.get_by_role("heading", level=2).first).not_to_have_text("Published")


def test_a_screen_reader_is_told_what_to_do_and_which_ways_there_are(form):
    """The accessibility tree, from the group's name to the last button: nothing without a name, in the order of use."""
    told = heard(form, "fieldset.human-check")
    picture = "A picture of characters to type. There is a sound instead for those who can't see it."
    assert told == [
        ("group", "Are you a person?"),
        ("Legend", ""),
        ("image", picture),
        ("LabelText", ""),
        ("textbox", WAYS["image"]),
        ("button", "Another picture"),
        ("button", "Listen to a sound instead"),
        ("button", "Answer a question instead"),
        ("button", "Send it to a moderator instead"),
    ]
    form.get_by_role("button", name="Listen to a sound instead").press("Enter")
    form.wait_for_load_state()
    told = heard(form, "fieldset.human-check")
    assert ("Audio", "Spoken digits") in told
    names = [name for role, name in told if role in {"textbox", "button"}]
    assert names[-5:] == [
        WAYS["sound"],
        "Show a picture instead",
        "Another sound",
        "Answer a question instead",
        "Send it to a moderator instead",
    ]


@pytest.mark.parametrize("way", ["image", "sound", "question", "person"])
def test_no_way_has_an_accessibility_violation(site, visit, settings, way):
    settings.TRIBUNA_ASKING = "always"
    site_question()
    story = factories.article(title="Ferry returns")
    page = visit().page
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    if way != "image":
        page.locator(f"button[name=another][value={way}]").click()
    expect(page.get_by_role("button", name="Show a picture instead")).to_have_count(0 if way == "image" else 1)
    assert violations(page) == []


def test_a_wrong_answer_is_announced_with_the_field_it_is_about(form):
    write(form)
    tab_to(form, name="answer")
    form.keyboard.type("wrong")
    form.keyboard.press("Enter")
    answer = form.get_by_role("textbox", name=WAYS["image"])
    expect(answer).to_have_attribute("aria-invalid", "true")
    expect(answer).to_have_accessible_description(form.locator("fieldset.human-check .error").inner_text())
    expect(form.locator("[name=text]")).to_have_value("At last.")


def test_where_everybody_is_asked_the_second_visit_costs_no_step(site, visit, settings):
    """A comment is published, its receipt draws passes, and the next one goes out with nothing answered."""
    settings.TRIBUNA_ASKING = "always"
    settings.TRIBUNA_WITNESSES = ["tribuna.humans.witnesses.passes.PassWitness"]
    story = factories.article(title="Ferry returns")
    page = visit().page
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    expect(page.locator(".human-check-spared")).to_be_hidden()
    write(page)
    page.locator("[data-answer]").fill(last_answer("image"))
    page.get_by_role("button", name="Send", exact=True).last.click()
    page.wait_for_url("**/receipts/**")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('passes') || '[]').length === 8")
    page.goto(f"/en/articles/{story.pk}/comments/new/")
    expect(page.locator(".human-check-spared")).to_be_visible()
    assert page.locator(".human-check img:visible, [data-answer]:visible, [name=another]:visible").count() == 0
    assert violations(page) == []
    write(page)
    page.get_by_role("button", name="Send", exact=True).last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Published")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('passes')).length === 8")  # one spent, one earned
    assert not DailyCount.objects.filter(event=DailyCount.Event.FAILED).exists()
    assert page.context.cookies() == []
