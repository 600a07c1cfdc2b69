"""What an editor's hands do in Wagtail's editor."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a-password-for-tests-only"


class Editor:
    """A member of staff at the admin, by mouse and keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto("/admin/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").first.fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/admin/")

    # --- an article -----------------------------------------------------------------------------------------------
    def new_article(self, section_id: int) -> None:
        self.page.goto(f"/admin/pages/add/newsroom/articlepage/{section_id}/", wait_until="networkidle")

    def type(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label, exact=True).fill(text)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    @property
    def _body(self) -> Locator:
        return self.page.locator("#panel-child-content-body-section")

    @property
    def _dialog(self) -> Locator:
        return self.page.locator(".modal-dialog")

    def block(self, name: str) -> None:
        self._body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()

    def paragraph(self, text: str) -> None:
        written = self._body.locator("[contenteditable=true]")
        before = written.count()
        self.block("Text")
        expect(written).to_have_count(before + 1)
        written.last.click()
        self.page.keyboard.type(text)
        expect(written.last).to_contain_text(text)

    def read_more(self, title: str) -> None:
        self.block("Read more")
        self._body.get_by_role("button", name="Choose a page (Article)").last.click()
        self._dialog.get_by_label("Search term").fill(title)
        self._dialog.get_by_role("link", name=title, exact=True).click()
        expect(self._dialog).to_have_count(0)
        expect(self._body.get_by_text(title)).to_be_visible()

    def upload_main_image(self, file: Path, *, alt: str) -> None:
        self.page.get_by_role("button", name="Choose an image").first.click()
        self._dialog.get_by_role("tab", name="Upload").click()
        self._dialog.locator("input[type=file]").set_input_files(file)
        self._dialog.get_by_label("Title*").fill(file.stem)
        self._dialog.get_by_label("Alt text").fill(alt)
        self._dialog.get_by_role("button", name="Upload").click()
        expect(self._dialog).to_have_count(0)

    def correction(self, text: str) -> None:
        self.page.get_by_role("button", name="Add Correction").click()
        self.page.locator("[name='corrections-0-text']").fill(text)

    def finish(self, action: str) -> None:
        """Press one of the buttons under "More actions"."""
        self._saved()
        self.page.get_by_role("button", name="More actions").click()
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=action).click()
        expect(self.page.locator(".messages")).to_be_visible()

    def _saved(self) -> None:
        """Wait until the editor's own autosave has come to rest: a button pressed meanwhile finds the page changed."""
        expect(self.page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
