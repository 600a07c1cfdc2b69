"""What readers do besides reading: they search, follow a live blog, see what others read and what has just happened."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.axe import violations
from tribuna.newsroom.models import BreakingNews, LivePost, MostRead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 640}


def post(story, title: str) -> LivePost:
    body = json.dumps([{"type": "paragraph", "value": f"<p>{title}, says the captain.</p>"}])
    return LivePost.objects.create(story=story, title=title, body=body)


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_story_is_found_with_a_wrong_accent_and_by_keyboard(site, visit, with_script):
    story = factories.article(
        title="Vuelven los camiones al polígono",
        language="es",
        body=[("paragraph", "<p>Los conductores aceptaron el acuerdo de anoche.</p>")],
    )
    visitor = visit(viewport=PHONE, java_script_enabled=with_script)
    page = visitor.page
    page.goto("/es/")
    page.locator("#masthead-search").focus()
    page.keyboard.type("camíon poligono acuérdo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/search/**")
    expect(page.locator("mark")).to_have_text(["camiones", "polígono", "acuerdo"])
    if with_script:
        assert fits(page)
        assert violations(page) == []
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_author")).to_be_visible()
    page.locator("#id_author").fill("Nadie")
    page.keyboard.press("Enter")
    expect(page.locator("#id_author_error")).to_contain_text("Nadie")
    if with_script:
        assert fits(page)
    page.go_back()
    page.get_by_role("link", name=story.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(story.title)
    assert visitor.context.cookies() == []
    assert visitor.foreign_requests == visitor.complaints == []


def test_a_live_blog_is_followed_without_loading_the_page_again(site, visit):
    story = factories.article(title="The ferry", live_blog="running")
    first = post(story, "It left")
    visitor = visit(viewport=PHONE)
    page = visitor.page
    page.route("**/theme/live*.js", _hurried)
    page.goto(story.url)
    expect(page.locator(f"#post-{first.pk}")).to_be_visible()
    expect(page.get_by_text("Load this page again")).to_have_count(0)
    page.evaluate("window.still = true")
    second = post(story, "Half way")
    button = page.get_by_role("button", name="Show what is new (1)")
    expect(button).to_be_visible()
    expect(page.locator(f"#post-{second.pk}")).to_have_count(0)
    button.press("Enter")
    expect(page.locator(f"#post-{second.pk}")).to_be_focused()
    expect(button).to_be_hidden()
    first.title = "It left at noon"
    first.save()
    expect(page.get_by_role("heading", name="It left at noon")).to_be_visible()
    second.delete()
    expect(page.locator(f"#post-{second.pk}")).to_have_count(0)
    assert page.evaluate("window.still") is True
    assert fits(page)
    assert violations(page) == []
    assert visitor.context.cookies() == []
    assert visitor.foreign_requests == visitor.complaints == []


def _hurried(route) -> None:
    """Let the script ask five times a second."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace("const EVERY = 15_000", "const EVERY = 200"))


def test_a_live_blog_is_a_plain_page_without_the_script(site, visit):
    story = factories.article(title="The ferry", live_blog="running")
    made = post(story, "It left")
    page = visit(java_script_enabled=False).page
    page.goto(f"{story.url}#post-{made.pk}")
    expect(page.get_by_text("Load this page again")).to_be_visible()
    expect(page.get_by_role("button", name="Show what is new")).to_have_count(0)
    expect(page.get_by_role("heading", name="It left")).to_be_visible()


def test_what_is_read_most_and_what_is_breaking_are_seen(site, visit):
    story, bar = factories.article(title="The ferry is late"), "Storm: no ferries tonight"
    MostRead.objects.create(place=site.homes["en"], rank=0, story=story)
    now = timezone.now()
    BreakingNews.objects.create(
        edition=site.homes["en"].locale, text=bar, story=story, since=now, until=now + timedelta(hours=1)
    )
    for mode in ("light", "dark"):
        page = visit(viewport=PHONE, color_scheme=mode).page
        page.goto("/en/")
        expect(page.get_by_role("region", name="Breaking news")).to_contain_text(bar)
        expect(page.get_by_role("region", name="Most read").get_by_role("link")).to_have_text([story.title])
        assert fits(page)
        assert violations(page) == []
    page.get_by_role("link", name=bar).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(story.title)
    expect(page.get_by_role("region", name="Breaking news")).to_be_visible()
