"""The reference page, field by field: an English story on a Spanish page, without a byline and without a comment."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from tests import factories
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.browser.photographs import photograph_with_iptc
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Ferry to run through the winter"
CHROME = {
    "es": {
        "date": "Fecha de publicación: 2 de diciembre de 2022",
        "none": "0 comentarios",
        "add": "Añadir un comentario",
        "home": "Portada",
    },
    "en": {
        "date": "Publication date: 2 December 2022",
        "none": "0 comments",
        "add": "Add a comment",
        "home": "Home",
    },
}


def _type_it_in(editor: Editor, section_id: int, photograph) -> ArticlePage:
    editor.new_article(section_id)
    editor.type("Title*", TITLE)
    editor.upload_main_image(photograph, alt="A pavilion over the water")
    editor.paragraph("The ferry will cross three times a day until March.")
    editor.read_more("The pier gets a new roof")
    editor.tab("Settings")
    editor.type("Publication date", "2022-12-02 09:00")
    editor.page.get_by_label("Language of the story").select_option("en")
    editor.finish("Publish")
    return ArticlePage.objects.get(title=TITLE)


def _reads_right(page: Page, language: str) -> None:
    words = CHROME[language]
    expect(page).to_have_title(f"{TITLE} – The Tribune")
    expect(page.locator("html")).to_have_attribute("lang", language)
    breadcrumb = page.locator("nav.breadcrumb")
    expect(breadcrumb.get_by_role("listitem").first).to_contain_text(words["home"])
    expect(breadcrumb.locator("[aria-current=page]")).to_have_text(TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(words["date"])).to_be_visible()
    expect(page.locator("time[datetime^='2022-12-02']").first).to_be_visible()
    expect(page.get_by_role("link", name=words["none"]).first).to_be_visible()
    expect(page.get_by_role("link", name=words["add"])).to_be_visible()
    assert page.get_by_text("By ", exact=False).count() == 0
    assert page.get_by_text("Por ", exact=True).count() == 0


def _story_is_english(page: Page) -> None:
    """What belongs to the story is English, wherever it stands."""
    story = page.locator("article.story")
    for words in (TITLE, "The ferry will cross three times", "READ MORE", "The pier gets a new roof"):
        shown = story.get_by_text(words).first
        expect(shown).to_be_visible()
        assert shown.evaluate("element => element.closest('[lang]').lang") == "en", words


def test_the_reference_page_reads_right_in_both_interface_languages(site, visit, tmp_path):
    older = factories.article(title="The pier gets a new roof", parent=site.sections["es"], story_language="en")
    staff("editor@example.org", "Editors")
    photograph = photograph_with_iptc(tmp_path / "pier.jpg", credit="Photo desk", caption="The pier in December")
    editor = Editor(visit(viewport={"width": 1280, "height": 1000}).page)
    editor.sign_in("editor@example.org")
    story = _type_it_in(editor, site.sections["es"].pk, photograph)
    english = Locale.objects.get(language_code="en")
    older.copy_for_translation(english, copy_parents=True).save_revision().publish()
    translated = story.copy_for_translation(english, copy_parents=True)
    translated.save_revision().publish()

    reader = visit(java_script_enabled=False)
    for language, page in (("es", story), ("en", translated)):
        reader.page.goto(page.url)
        _reads_right(reader.page, language)
        _story_is_english(reader.page)
    reader.page.goto(story.url)
    _dates_of_the_reader(reader.page)
    assert reader.context.cookies() == []
    assert reader.foreign_requests == []


def _dates_of_the_reader(page: Page) -> None:
    date = page.locator("time[datetime^='2022-12-02']").first
    assert date.evaluate("element => element.closest('[lang]').lang") == "es"
