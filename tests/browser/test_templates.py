"""Every page that a reader can meet: valid, accessible, private, and whole without JavaScript."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import WCAG, WITH_BEST_PRACTICE, violations
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.house.paper import Paper, print_paper
from tests.lacking import lacks
from tests.outages import database_away
from tribuna.comments.base import Reason

ROOT = Path(__file__).parents[2]
VNU = ROOT / ".cache/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["en", "es"]
PHONE, DESKTOP, NARROWEST = (390, 844), (1280, 900), 320
SIGHTS = [(mode, size) for mode in ("light", "dark") for size in (PHONE, DESKTOP)]
STORY_LANGUAGE = {"en": "ar", "es": "en"}  # one story runs from right to left
ARTICLE_ASSETS_MAX_BYTES = 30_000
SAID_TO_ONE_ONLY = ".embed, [data-without-script], [data-passes]"  # passes are kept, and told of, by a script


@pytest.fixture(autouse=True)
def _short_threads(settings):
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2
    settings.TRIBUNA_JUDGES = []


@pytest.fixture(params=LANGUAGES)
def paper(request, site) -> Paper:
    language = request.param
    return print_paper(language, story_language=STORY_LANGUAGE[language], reasons=[Reason("Off the subject.")])


def _violations(page: Page) -> dict[tuple[str, int], list[str]]:
    """Return what is wrong with a page in each sight: it stands where it is, in another light or made wider."""
    found = {}
    for mode, (width, height) in SIGHTS:
        page.emulate_media(color_scheme=mode)
        page.set_viewport_size({"width": width, "height": height})
        if wrong := violations(page, tags=WITH_BEST_PRACTICE):
            found[mode, width] = wrong
    return found


def _challenges(page: Page, address: str) -> list[str]:
    """Show each challenge in turn; return the name of each, with the page standing on the last."""
    page.goto(address)
    return [button.get_attribute("value") for button in page.locator(".human-check-ways button").all()]


def test_no_page_has_an_accessibility_violation(paper, visit):
    page = visit(reduced_motion="reduce").page  # or colours would still be changing when they are measured
    found = {}
    for name, address in paper.addresses.items():
        page.goto(address)
        found[name] = _violations(page)
    for challenge in _challenges(page, paper.addresses["form"]):
        page.goto(paper.addresses["form"])
        page.locator(f".human-check-ways [value={challenge}]").click()
        expect(page.locator(".human-check")).to_be_visible()
        found[f"form with {challenge}"] = _violations(page)
    page.evaluate("document.querySelector('.comment-form').noValidate = true")
    page.locator(".form-send button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["form with errors"] = _violations(page)
    assert len(found) > len(paper.addresses) + 1
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_page_fits_the_narrowest_phone_and_asks_nobody_else(paper, visit):
    reader = visit(viewport={"width": NARROWEST, "height": 700})
    too_wide = {}
    for name, address in paper.addresses.items():
        response = reader.page.goto(address)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy, name
        assert "set-cookie" not in response.headers, name
        width = reader.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROWEST:
            too_wide[name] = width
    assert too_wide == {}
    assert reader.context.cookies() == []
    assert reader.foreign_requests == []
    assert reader.complaints == []


def test_every_page_is_whole_without_javascript(paper, visit):
    scripted, plain = visit(), visit(java_script_enabled=False)
    for name, address in paper.addresses.items():
        words = []
        for reader in (scripted, plain):
            reader.page.goto(address)
            reader.page.evaluate(f"document.querySelectorAll('{SAID_TO_ONE_ONLY}').forEach(each => each.remove())")
            words.append(re.sub(r"\s+", " ", reader.page.locator("main").inner_text()))
        assert words[0] == words[1], name


@pytest.fixture
def nu_checker() -> list[str]:
    """How the Nu HTML checker is called. Where it is missing a test is skipped, but not where changes are judged."""
    if not VNU.exists() or shutil.which("java") is None:
        lacks("no Nu checker: it needs Java and npm")
    return ["java", "-jar", str(VNU)]


def test_every_page_is_valid_html(nu_checker, paper, client, tmp_path):
    for number, (name, address) in enumerate(paper.addresses.items()):
        file = tmp_path / f"{number:02} {name}.html".replace(" ", "-")
        file.write_bytes(client.get(address).content)
    client.raise_request_exception = False
    with database_away():
        (tmp_path / "unavailable.html").write_bytes(client.get(paper.addresses["ArticlePage"]).content)
        lost = client.post(paper.addresses["form"], {"text": "<b>Σχόλιο"})
        (tmp_path / "form-unavailable.html").write_bytes(lost.content)
    checked = subprocess.run(
        [*nu_checker, "--format", "json", "--exit-zero-always", str(tmp_path)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    messages = json.loads(checked.stderr)["messages"]
    assert [f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']}" for m in messages if m["type"] == "error"] == []


def test_an_articles_styles_and_scripts_weigh_little(paper, visit):
    import gzip

    reader = visit()
    bodies = []
    reader.page.on(
        "response",
        lambda response: bodies.append(response.body()) if response.url.endswith((".css", ".js")) else None,
    )
    reader.page.goto(paper.addresses["ArticlePage"])
    reader.page.wait_for_load_state("networkidle")
    assert len(bodies) == 3  # the sheet, the script, and the one of a live blog
    assert sum(len(gzip.compress(body)) for body in bodies) <= ARTICLE_ASSETS_MAX_BYTES


def test_the_keyboard_finds_every_way_and_the_focus_can_be_seen(paper, visit):
    page = visit(viewport={"width": 1280, "height": 900}).page
    page.goto(paper.addresses["ArticlePage"])
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0
    unseen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                return [document.activeElement.outerHTML.slice(0, 80), style.outlineStyle, style.outlineWidth];
            }"""
        )
        if outline[1] == "none" or outline[2] == "0px":
            unseen.append(outline)
    assert unseen == []


@pytest.mark.parametrize("address", ["queue", "comment", "decisions"])
def test_the_desk_has_no_accessibility_violation(site, visit, address):
    print_paper("en", story_language="", reasons=[Reason("Off the subject.")])
    staff("moderator@example.org", "Moderators")
    moderator = Editor(visit(viewport={"width": 1280, "height": 900}).page)
    moderator.sign_in("moderator@example.org")
    moderator.page.goto("/admin/comments/")
    if address == "comment":
        moderator.page.locator("[data-desk-comment] h3 a").first.click()
    elif address == "decisions":
        moderator.page.goto("/admin/comments/decisions/")
    expect(moderator.page.locator("main").get_by_text("Σχόλιο").first).to_be_visible()
    assert violations(moderator.page, within="main", tags=WCAG) == []
