"""An editor brings an archive by the admin's page: uploads it, watches it come, reads the report."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import connections
from playwright.sync_api import Page, expect

from tests.browser.axe import WCAG, violations
from tests.browser.conftest import PATIENCE_MILLISECONDS
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.browser.test_finding_and_following import fits
from tests.importers.samples import filed, item, said, wxr
from tests.importers.slow import PATH, Heard
from tribuna.importers.models import ImportRun
from tribuna.newsroom.models import ArticlePage
from tribuna.site.chores import bring_archives

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORIES = 12
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def export(tmp_path):
    """An export of twelve stories, each with a comment, and something that has no place here."""
    stories = [item(str(n), "<p>It rained.</p>", filed("category", "city") + said(str(n))) for n in range(STORIES)]
    return wxr(tmp_path, *stories, item("99", kind="event"))


@pytest.fixture
def clerk(settings, tmp_path, monkeypatch):
    """A clerk at work, who reads no further than the sixth story until ``go`` is set."""
    settings.TRIBUNA_IMPORTS_FOLDER = tmp_path / "imports"
    settings.TRIBUNA_IMPORT_SOURCES = [PATH]
    monkeypatch.setattr("tribuna.importers.actions.running.RECORDS_AT_ONCE", 1)
    monkeypatch.setattr("tribuna.importers.actions.carrying.TELL_SECONDS", 0)
    go, home = Event(), Event()

    def listen(_number: int) -> None:
        if ArticlePage.objects.count() == STORIES // 2:
            go.wait(PATIENCE_MILLISECONDS / 1000)

    monkeypatch.setattr(Heard, "listen", listen)

    def work() -> None:
        bring_archives(home)
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    yield go
    go.set()
    home.set()
    thread.join()


def at_the_desk(visit, **options) -> Page:
    user = staff("editor@example.org", "Editors")
    user.user_permissions.add(Permission.objects.get(codename="import_archives"))
    editor = Editor(visit(**options).page)
    editor.sign_in("editor@example.org")
    return editor.page


def sound(page: Page) -> bool:
    page.wait_for_load_state()
    expect(page.locator("main h1")).to_be_visible()
    return violations(page, within="main", tags=WCAG) == [] and fits(page)


def test_an_editor_uploads_an_archive_watches_it_come_and_reads_the_report(site, visit, export, clerk):
    page = at_the_desk(visit, viewport=DESKTOP)
    page.goto("/admin/imports/")
    assert sound(page)
    with page.expect_navigation():
        page.get_by_role("link", name="New import").first.click()
    assert sound(page)
    with page.expect_navigation():
        page.get_by_role("link", name="wordpress").click()
    page.get_by_label("File").set_input_files(export)
    assert sound(page)
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_text("export.xml")).to_be_visible()
    assert sound(page)
    page.get_by_label("Dry run").uncheck()
    page.get_by_role("button", name="Start").press("Enter")

    bar = page.get_by_role("progressbar", name="Articles")
    expect(bar).to_have_attribute("max", "25")
    expect(page.get_by_text("of about 25")).to_be_visible()
    expect(page.get_by_role("link", name="Look again")).to_be_hidden()
    page.evaluate("window.still = true")
    assert sound(page)
    clerk.set()
    expect(page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
    assert page.evaluate("window.still") is None
    row = page.get_by_role("row", name="Articles")
    expect(row.get_by_role("cell").first).to_have_text(str(STORIES))
    page.get_by_text("Records of this kind have no place here.").first.click()
    expect(page.locator("details[open] pre").first).to_be_visible()
    assert sound(page)
    with page.expect_download() as report:
        page.get_by_role("link", name="The report for machines").click()
    assert report.value.suggested_filename == "report.json"
    assert ArticlePage.objects.count() == STORIES


def test_it_works_without_the_script_stops_and_goes_on_by_keyboard(site, visit, export, clerk):
    page = at_the_desk(visit, viewport=DESKTOP, java_script_enabled=False)
    page.goto("/admin/imports/new/wordpress/")
    page.get_by_label("File").set_input_files(export)
    page.get_by_role("button", name="Continue").press("Enter")
    page.get_by_label("Dry run").press("Space")
    page.get_by_role("button", name="Start").press("Enter")
    while page.get_by_role("heading", name="Articles", exact=True).count() == 0:
        page.get_by_role("link", name="Look again").press("Enter")
    page.get_by_role("button", name="Stop").press("Enter")
    stopping, stopped = page.get_by_text("It stops after what it is at."), page.get_by_role("button", name="Go on")
    expect(stopping.or_(stopped)).to_be_visible()
    clerk.set()
    while page.get_by_role("button", name="Go on").count() == 0:
        page.reload()
    assert 0 < ArticlePage.objects.count() < STORIES
    page.get_by_role("button", name="Go on").press("Enter")
    while page.get_by_role("heading", name="Done", exact=True).count() == 0:
        page.reload()
    assert ArticlePage.objects.count() == STORIES
    assert ImportRun.objects.count() == 1


def test_what_is_too_large_is_told_before_it_is_sent(site, visit, export, settings, tmp_path):
    settings.TRIBUNA_IMPORTS_FOLDER = tmp_path / "imports"
    settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES = 1000
    page = at_the_desk(visit, viewport=PHONE, color_scheme="dark")
    page.goto("/admin/imports/new/wordpress/")
    page.get_by_label("File").set_input_files(export)
    expect(page.get_by_text("This is larger than")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url("/admin/imports/new/wordpress/")
    assert sound(page)
    assert not ImportRun.objects.exists()
