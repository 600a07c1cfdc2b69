"""The editor sees the story beside the form while writing it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.editor import Editor
from tests.browser.people import staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_preview_beside_the_form_shows_the_story(site, visit):
    story = factories.article(title="The lights are back", parent=site.sections["en"])
    staff("editor@example.org", "Editors")
    visitor = visit(viewport={"width": 1600, "height": 1000})
    editor = Editor(visitor.page)
    editor.sign_in("editor@example.org")
    editor.page.goto(f"/admin/pages/{story.pk}/edit/", wait_until="networkidle")
    editor.page.get_by_role("button", name="Toggle preview").click()
    shown = editor.page.frame_locator("#w-preview-iframe, iframe[title=Preview]").first
    expect(shown.get_by_role("heading", level=1, name="The lights are back")).to_be_visible()
    assert [complaint for complaint in visitor.complaints if "frame" in complaint] == []
