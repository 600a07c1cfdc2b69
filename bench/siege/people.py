"""The people who must pass, in Debian's Chromium: each writes a comment to our form, and none may be kept out."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from bench.harness import NotMeasured
from bench.siege.client import Form
from bench.siege.figures import PERSON_SECONDS
from bench.siege.systems import Target
from tests.browser.chromium import launch

SLOW_PHONE = 6
OLD_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one person: whether the comment was taken, which step it took, and what axe found."""

    persona: str
    is_taken: bool
    step: str  # "picture", "sound", "moderator" or "none"
    note: str = ""

    @property
    def seconds(self) -> float:
        """What the human check cost this person, by the published figures."""
        return PERSON_SECONDS[self.step]


def _read(target: Target, page: Page) -> str:
    picture = page.locator(".human-check-picture")
    if not picture.count() or not picture.is_visible():
        return ""
    form = Form(None)  # type: ignore[arg-type] - only its picture is looked at
    form.picture = picture.get_attribute("src") or ""
    return target.right_answer(form)


def _write(page: Page, text: str, language: str = "en") -> None:
    page.locator("[name=text]").fill(text)
    page.locator("[name=name]").fill("A reader")
    page.locator("[name=language]").select_option(language)


def _done(page: Page) -> bool:
    page.wait_for_url("**/receipts/**", timeout=8_000)
    return True


def _send(page: Page) -> bool:
    page.locator("main form button[type=submit]:visible:not([name=another])").last.click()
    return _done(page)


def _by_mouse(target: Target, page: Page, text: str) -> str:
    page.goto(target.address + target.path)
    _write(page, text)
    answer = _read(target, page)
    if answer:
        page.locator("[name=answer]").fill(answer)
    time.sleep(target.wait_seconds)
    _send(page)
    return "picture" if answer else "none"


def _by_keyboard(target: Target, page: Page, text: str) -> str:
    page.goto(target.address + target.path)
    answer, typed = _read(target, page), {"text": text, "name": "A reader"}
    for _each in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || ''")
        if name in typed:
            page.keyboard.type(typed.pop(name))
        elif name == "answer" and answer:
            page.keyboard.type(answer)
            break
        if not typed and not answer:
            break
    time.sleep(target.wait_seconds)
    page.keyboard.press("Enter")
    _done(page)
    return "picture" if answer else "none"


def _by_moderator(target: Target, page: Page, text: str) -> str:
    """Whoever neither sees nor hears: the button that leads to a person."""
    page.goto(target.address + target.path)
    _write(page, text)
    if not page.locator("button[name=another][value=person]").count():  # nobody is asked anything
        time.sleep(target.wait_seconds)
        _send(page)
        return "none"
    page.locator("button[name=another][value=person]").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    time.sleep(target.wait_seconds)
    _send(page)
    return "moderator"


def _by_screen_reader(target: Target, page: Page, text: str) -> str:
    """Everything by its accessible name, and axe finds nothing."""
    page.goto(target.address + target.path)
    found = Axe().run(page)
    if found.violations_count:
        raise NotMeasured(f"axe finds {found.violations_count}: {found.generate_report()[:150]}")
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("textbox", name="Your name").fill("A reader")
    answer = _read(target, page)
    if answer:
        page.get_by_role("button", name="Send it to a moderator instead").wait_for()
        page.get_by_role("button", name="Listen to a sound instead").wait_for()
        page.get_by_role("textbox", name="Enter the characters shown in the image").fill(answer)
    time.sleep(target.wait_seconds)
    _send(page)
    return "picture" if answer else "none"


def _slowly(target: Target, page: Page, text: str) -> str:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
    return _by_mouse(target, page, text)


def _in_two_tabs(target: Target, page: Page, text: str) -> str:
    """Open the form twice; write in the older one."""
    other = page.context.new_page()
    page.goto(target.address + target.path)
    other.goto(target.address + target.path)
    _write(page, text)
    answer = _read(target, page)
    if answer:
        page.locator("[name=answer]").fill(answer)
    time.sleep(target.wait_seconds)
    _send(page)
    return "picture" if answer else "none"


def _after_half_an_hour(target: Target, page: Page, text: str) -> str:
    """The form was made half an hour ago: a process of the newsroom's makes it, and its clock is behind."""
    token, answer = target.old_challenge(OLD_SECONDS)
    page.goto(target.address + target.path)
    _write(page, text)
    page.evaluate("token => { document.querySelector('[name=token]').value = token }", token)
    if not page.locator("[name=answer]").count():
        _send(page)
        return "none"
    page.locator("[name=answer]").fill(answer)
    _send(page)
    return "picture"


def _in_spanish(target: Target, page: Page, text: str) -> str:
    """The page is Spanish, the article English."""
    page.goto(target.address + target.path.replace("/en/", "/es/"))
    if page.locator("html").get_attribute("lang") != "es":
        raise NotMeasured("the page is not Spanish")
    _write(page, text)
    answer = _read(target, page)
    if answer:
        page.locator("[name=answer]").fill(answer)
    time.sleep(target.wait_seconds)
    _send(page)
    return "picture" if answer else "none"


def _second_visit(target: Target, page: Page, text: str) -> str:
    """Write, be approved (at once, in this newsroom), see the receipt, and write again."""
    _by_mouse(target, page, f"{text} First.")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('passes') || '[]').length", timeout=8_000)
    return _by_mouse(target, page, f"{text} Second.")


PERSONAS: dict[str, tuple[Callable[[Target, Page, str], str], dict[str, Any]]] = {
    "mouse": (_by_mouse, {}),
    "keyboard": (_by_keyboard, {}),
    "screen reader (accessible names, axe)": (_by_screen_reader, {}),
    "no JavaScript": (_by_mouse, {"java_script_enabled": False}),
    "slow phone (CPU / 6)": (_slowly, {"viewport": {"width": 390, "height": 844}}),
    "cookies off": (_by_mouse, {}),
    "page open for 30 minutes": (_after_half_an_hour, {}),
    "two tabs": (_in_two_tabs, {}),
    "Spanish page, English article": (_in_spanish, {}),
    "deaf-blind (moderator)": (_by_moderator, {"java_script_enabled": False}),
    "second visit": (_second_visit, {}),
}


def _visit(target: Target, browser: Browser, persona: str, number: int) -> Visit:
    work, options = PERSONAS[persona]
    context: BrowserContext = browser.new_context(**options)
    page = context.new_page()
    if persona == "cookies off":
        page.add_init_script("Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})")
    try:
        step = work(target, page, f"What {persona} has to say, number {number}, at {time.monotonic_ns()}.")
    except (Error, NotMeasured) as error:
        return Visit(persona, False, "picture", str(error).splitlines()[0][:160])
    else:
        cookies = len(context.cookies())
        return Visit(persona, True, step, f"{cookies} cookies were set" if cookies else "")
    finally:
        context.close()


def visits(target: Target) -> list[Visit]:
    """Let everyone visit *target*, one after the other. Raises NotMeasured without a browser."""

    def everyone(playwright: Playwright) -> list[Visit]:
        browser = launch(playwright)
        try:
            return [_visit(target, browser, persona, number) for number, persona in enumerate(PERSONAS)]
        finally:
            browser.close()

    try:
        with sync_playwright() as playwright:
            return everyone(playwright)
    except (Error, FileNotFoundError, subprocess.SubprocessError) as error:
        raise NotMeasured(f"no browser: {str(error).splitlines()[0][:120]}") from error
