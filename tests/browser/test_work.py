"""The proof of work in a real browser: found while its reader writes, under the page's own policy, on a slow phone."""

from __future__ import annotations

import json
import re
import time
from base64 import b64decode

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.humans.factories import REMEMBERING, last_answer
from tribuna.humans.stores.pool import pool
from tribuna.humans.witnesses import work
from tribuna.humans.witnesses.work import ARGON2ID, PBKDF2, WorkWitness, prepare_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLOW_PHONE = 6  # times slower than this machine
SLOW_PHONE_SECONDS = 3
ATTEMPTS = 3  # a shared machine may be busy: the quickest counts
FIELD = "[data-work]"
WITNESSES = ["tribuna.humans.witnesses.passes.PassWitness", "tribuna.humans.witnesses.work.WorkWitness"]


def prepare() -> None:
    with pool().filling():
        pool().put("work:0", [prepare_work(0) for _each in range(ATTEMPTS)])


@pytest.fixture(autouse=True)
def _quick_fingers(settings, tmp_path):
    settings.TRIBUNA_CHALLENGES = REMEMBERING
    settings.TRIBUNA_WITNESSES = WITNESSES
    settings.TRIBUNA_ASKING = "always"  # so that there is an answer to type as well
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_POOL_FOLDER = tmp_path / "pool"
    prepare()


@pytest.fixture
def hardest(monkeypatch, settings, tmp_path):
    """Every puzzle is as hard as can be at calm pressure."""
    monkeypatch.setattr(work, "randbelow", lambda most: most - 1)
    settings.TRIBUNA_POOL_FOLDER = tmp_path / "hardest"
    prepare()


@pytest.fixture
def reader(site, visit):
    """A visitor who has a story in front of them."""
    story = factories.article(title="Ferry returns")
    visitor = visit()
    visitor.scope = f"comment:{story.pk}"
    visitor.page.goto(story.url)
    yield visitor
    assert visitor.complaints == []
    assert visitor.foreign_requests == []
    assert visitor.context.cookies() == []


def begin_to_write(page):
    page.get_by_role("link", name="Add a comment").click()
    expect(page.locator("[name=text]")).to_be_focused()


def fill_in(page):
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")
    page.locator("[data-answer]").fill(last_answer("image"))


def proof(page) -> str:
    expect(page.locator(FIELD)).not_to_have_value("")
    return str(page.locator(FIELD).input_value())


def test_it_is_found_while_the_reader_writes_and_shows_nothing(reader):
    page = reader.page
    begin_to_write(page)
    sent = proof(page)
    assert WorkWitness().examine(sent, scope=reader.scope) is not None
    assert WorkWitness().examine(sent, scope="comment:999") is None
    expect(page.locator(".human-check-work")).to_have_text("")
    assert any(url.endswith("/human/worker.js") for url in reader.requested)


def test_nothing_is_loaded_for_it_before_somebody_writes(reader):
    assert not [url for url in reader.requested if "work" in url]


def test_the_page_s_policy_knows_no_webassembly_and_the_worker_s_own_does(reader):
    policies = {}
    reader.page.on("response", lambda response: policies.update({response.url: response.headers}))
    reader.page.reload()
    begin_to_write(reader.page)
    proof(reader.page)
    seen = {re.sub(r".*/", "", url): headers.get("content-security-policy", "") for url, headers in policies.items()}
    assert "'wasm-unsafe-eval'" in seen.pop("worker.js")
    assert not [policy for policy in seen.values() if "unsafe" in policy]


@pytest.mark.parametrize("without", ["nothing", "webassembly"])
def test_on_a_slow_telephone_it_takes_less_than_three_seconds(reader, without, hardest):
    if without == "webassembly":
        reader.context.route(re.compile("/human/worker.js"), without_webassembly)
    reader.context.new_cdp_session(reader.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
    seconds = []
    for _attempt in range(ATTEMPTS):
        reader.page.reload()
        begin_to_write(reader.page)
        focused = time.monotonic()
        sent = proof(reader.page)
        assert told(sent)["challenge"]["parameters"]["algorithm"] == (PBKDF2 if without == "webassembly" else ARGON2ID)
        assert WorkWitness().examine(sent, scope=reader.scope) is not None
        # The emulation slows the page down and not its workers: these we slow down by arithmetic.
        seconds.append(max(time.monotonic() - focused, told(sent)["solution"]["time"] / 1000 * SLOW_PHONE))
    assert min(seconds) < SLOW_PHONE_SECONDS, seconds


def test_who_sends_too_early_waits_is_told_so_and_is_let_through(reader):
    page = reader.page
    page.clock.install()
    reader.context.route(re.compile("/human/work[?]"), held := Held())
    begin_to_write(page)
    fill_in(page)
    page.get_by_role("button", name="Send", exact=True).last.click()
    note = page.locator(".human-check-work")
    expect(note).to_have_text("")
    page.clock.run_for(1_600)
    expect(note).to_have_text(
        "One moment, please: your browser is finishing a small calculation that keeps automatic spam out."
    )
    page.get_by_role("button", name="Send", exact=True).last.click()  # impatience changes nothing
    held.let_go()
    page.wait_for_url("**/receipts/**")


def test_another_picture_can_be_asked_for_at_once(reader):
    page = reader.page
    reader.context.route(re.compile("/human/work[?]"), Held())
    begin_to_write(page)
    page.get_by_role("button", name="Another picture").click()
    expect(page.locator("[data-answer]")).to_be_focused()


@pytest.mark.parametrize("broken", ["/human/work[?]", "/human/worker.js", "/work.js"])
def test_where_it_fails_the_form_is_sent_without_it(reader, broken):
    page = reader.page
    reader.context.route(re.compile(broken), lambda route: route.abort())
    begin_to_write(page)
    fill_in(page)
    page.get_by_role("button", name="Send", exact=True).last.click()
    page.wait_for_url("**/receipts/**")


def test_on_the_form_s_own_page_too(reader):
    page = reader.page
    page.goto(page.get_by_role("link", name="Add a comment").get_attribute("href"))
    page.locator("[name=text]").focus()
    assert WorkWitness().examine(proof(page), scope=reader.scope) is not None


def test_nobody_is_asked_whose_browser_worked(reader, settings):
    settings.TRIBUNA_ASKING = "adaptive"
    page = reader.page
    begin_to_write(page)
    page.locator("[name=text]").fill("At last.")
    page.locator("[name=name]").fill("Zoe")
    assert page.locator("[data-answer]").count() == 0
    page.get_by_role("button", name="Send", exact=True).last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Published")


class Held:
    """Keeps a request waiting until it is let go."""

    def __init__(self) -> None:
        self.routes = []

    def __call__(self, route) -> None:
        self.routes.append(route)

    def let_go(self) -> None:
        for route in self.routes:
            route.continue_()


def without_webassembly(route) -> None:
    """Serve the worker as to a browser that compiles none: under a policy that forbids it."""
    response = route.fetch()
    headers = {**response.headers, "content-security-policy": "script-src 'self'; connect-src 'self'"}
    route.fulfill(response=response, headers=headers)


def told(sent: str):
    return json.loads(b64decode(sent))
