"""S6: a headless Chromium that fills in our form by script, each time as a new visitor with nothing kept."""

from __future__ import annotations

import resource
import time

from playwright.sync_api import Browser, Error, sync_playwright

from bench.harness import NotMeasured
from bench.siege.attackers import Attack
from bench.siege.figures import Share
from bench.siege.systems import PUBLISHED, Target
from tests.browser.chromium import launch


def headless(target: Target, count: int) -> Attack:
    """S6: posts *count* comments from one network; the price is the CPU time of Chromium and what drives it."""
    if target.kind != "ours":
        raise NotMeasured("S3 and S4 need no browser for it")
    before = _children_seconds()
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            accepted = sum(_posted(browser, target, number) for number in range(count))
            browser.close()
    except (Error, FileNotFoundError) as error:
        raise NotMeasured(f"no browser: {str(error).splitlines()[0][:120]}") from error
    return Attack(Share(accepted, count), (_children_seconds() - before) / count, note="S6: all from one network")


def _posted(browser: Browser, target: Target, number: int) -> bool:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(target.address + target.path)
        page.locator("[name=text]").fill(f"A script wrote this, number {number}, at {time.monotonic_ns()}.")
        page.locator("[name=name]").fill(f"Script {number}")
        time.sleep(target.wait_seconds)
        page.locator("main form button[type=submit]:visible:not([name=another])").last.click()
        page.wait_for_url("**/receipts/**", timeout=5_000)
        return page.locator(f".{PUBLISHED}").count() > 0
    except Error:
        return False
    finally:
        context.close()


def _children_seconds() -> float:
    """The CPU time of all processes that ended as ours or as theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
