"""Reads the steps of a document, and takes them in a browser.

A step is a sentence such as "Press **Publish**" or "Type `Harbour` into **Title**" in a numbered list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

AT_REST = "networkidle"  # the editor's scripts must be there before its fields are typed in
ATTEMPTS = 100
KEYSTROKE_MILLISECONDS = 60  # a person's pace: who types faster is asked once more

_ITEM = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PHRASE = re.compile(
    r"(?P<open>[Oo]pen) `(?P<address>/[^`]*)`"
    r"|(?P<secret>[Tt]ype the password) into \*\*(?P<secret_field>[^*]+)\*\*"
    r"|(?P<type>[Tt]ype) `(?P<text>[^`]+)` into \*\*(?P<field>[^*]+)\*\*"
    r"|(?P<press>[Pp]ress) \*\*(?P<button>[^*]+)\*\*"
    r"|(?P<add>[Aa]dd the block) \*\*(?P<block>[^*]+)\*\* and write `(?P<words>[^`]+)`"
    r"|(?P<see>See) `(?P<seen>[^`]+)`"
)


@dataclass(frozen=True)
class Step:
    """One phrase of a document: its verb, and what it is about."""

    verb: str
    about: tuple[str, ...]


def shell_blocks(document: str) -> list[str]:
    """Return the commands of each ``sh`` block, in order."""
    return [block.strip() for block in _SHELL.findall(document)]


def steps(document: str) -> Iterator[Step]:
    """Yield every step. Raises ValueError for a list item in which there is nothing to do."""
    for item in _ITEM.findall(document):
        found = list(_PHRASE.finditer(item))
        if not found:
            raise ValueError(f"There is nothing to do in this step: {item}")
        for match in found:
            verb, *about = (text for text in match.groups() if text is not None)
            yield Step(verb.lower(), tuple(about))


class Walker:
    """Takes steps."""

    def __init__(self, page: Page, base_url: str, password: str) -> None:
        self.page, self.base_url, self.password = page, base_url, password

    def take(self, step: Step) -> None:
        verbs = {"open": self._open, "type": self._type, "press": self._press, "see": self._see}
        verbs |= {"add the block": self._add_block, "type the password": self._type_password}
        verbs[step.verb](*step.about)

    def _open(self, address: str) -> None:
        self.page.goto(self.base_url + address, wait_until=AT_REST)

    def _field(self, label: str) -> Locator:
        field = self.page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}\b")).first
        field.wait_for()
        self.page.wait_for_load_state(AT_REST)
        return field

    def _type(self, text: str, label: str) -> None:
        field = self._field(label)
        if "/admin/" not in self.page.url:
            field.press_sequentially(text, delay=KEYSTROKE_MILLISECONDS)
            return
        for _ in range(ATTEMPTS):  # the editor's script makes the slug of the title; before it is there, nothing does
            field.fill("")
            field.fill(text)
            if label != "Title" or self.page.locator("#id_slug").input_value():
                return
            self.page.wait_for_timeout(KEYSTROKE_MILLISECONDS)
        raise AssertionError(f"No slug came of the title {text!r}.")

    def _type_password(self, label: str) -> None:
        self._field(label).fill(self.password)

    def _press(self, name: str) -> None:
        wanted = re.compile(rf"^\s*{re.escape(name)}\s*$")
        button = self.page.get_by_role("button", name=wanted).or_(self.page.get_by_role("link", name=wanted))
        expect(self.page.locator(".w-autosave-indicator__state--saving")).not_to_be_visible()
        button.locator("visible=true").first.click()
        self.page.wait_for_load_state(AT_REST)

    def _see(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def _add_block(self, name: str, words: str) -> None:
        body = self.page.locator("#panel-child-content-body-section")
        body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()
        written = body.locator("[contenteditable=true], input[type=text], textarea").locator("visible=true").last
        written.click()
        self.page.keyboard.type(words)
