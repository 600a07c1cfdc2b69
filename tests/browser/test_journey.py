"""The whole main job, once, as the people do it: write, approve, read, comment, prove to be human, moderate."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.browser.photographs import photograph_with_iptc
from tests.humans.factories import REMEMBERING, last_answer
from tribuna.comments.queries import comment_counts
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _watched_by_a_person(settings):
    settings.TRIBUNA_CHALLENGES = (
        REMEMBERING  # the pictures and sounds are real; an eye and an ear tell the test what they say
    )
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0  # a robot's fingers are quick; the minimum time has its own tests


def _write_story(reporter: Editor, section, photograph) -> None:
    reporter.new_article(section.pk)
    reporter.type("Title*", "The lights are back")
    reporter.type("Standfirst", "After a month in the dark, the mole shines again.")
    reporter.upload_main_image(photograph, alt="A pavilion over the water")
    reporter.paragraph("The electricians worked through three nights.")
    reporter.read_more("An older story")
    reporter.paragraph("The first boat came in at six.")
    reporter.correction("An earlier version said two nights.")
    reporter.tab("Settings")
    reporter.page.get_by_label("Language of the story").select_option("en")
    reporter.finish("Submit to Reporter to editor")


def _approve_story(editor: Editor) -> None:
    editor.page.goto("/admin/")
    editor.page.get_by_role("link", name="The lights are back").first.click()
    editor.page.get_by_role("button", name="More actions").click()
    editor.page.get_by_role("button", name=re.compile("^Approve and publish|^Approve")).first.click()
    if editor.page.locator(".modal-dialog").count():
        editor.page.locator(".modal-dialog").get_by_role("button", name="Approve").click()
    expect(editor.page.locator(".messages")).to_contain_text("The lights are back")


def _fill(page: Page, text: str, *, name: str = "vecina") -> None:
    page.locator("[name=text]").fill(text)
    page.locator("[name=name]").fill(name)


def test_from_the_reporters_desk_to_the_moderators(site, visit, tmp_path):
    factories.article(title="An older story", parent=site.sections["es"], story_language="en")
    staff("reporter@example.org", "Reporters")
    staff("editor@example.org", "Editors")
    staff("moderator@example.org", "Moderators")
    photograph = photograph_with_iptc(tmp_path / "mole.jpg", credit="Photo desk / Mañana", caption="The mole at dusk")

    reporter = Editor(visit(viewport={"width": 1280, "height": 1000}).page)
    reporter.sign_in("reporter@example.org")
    _write_story(reporter, site.sections["es"], photograph)
    story = ArticlePage.objects.get(title="The lights are back")
    assert not story.live

    editor = Editor(visit(viewport={"width": 1280, "height": 1000}).page)
    editor.sign_in("editor@example.org")
    _approve_story(editor)
    story.refresh_from_db()
    assert story.live

    reader = visit(java_script_enabled=False, locale="es-ES")
    page = reader.page
    page.goto(story.url)
    _reads_well(page)
    _comments_by_the_image(page, story)
    _comments_by_the_sound(page, story)
    receipt = _is_held_for_its_links(page, story)
    assert reader.context.cookies() == []
    assert reader.foreign_requests == []
    assert comment_counts([story.pk]) == {story.pk: 2}

    moderator = Editor(visit(viewport={"width": 1280, "height": 1000}).page)
    moderator.sign_in("moderator@example.org")
    moderator.page.goto("/admin/comments/")
    waiting = moderator.page.locator("[data-desk-comment]")
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text("example.com")
    waiting.get_by_role("button", name="Publish").click()
    expect(moderator.page.locator("[data-desk-comment]")).to_have_count(0)

    assert comment_counts([story.pk]) == {story.pk: 3}
    page.goto(receipt)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Publicado")
    page.goto(story.url)
    expect(page.locator("#comments")).to_contain_text("3 comentarios")


def _reads_well(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "es")
    story = page.locator("article[lang=en]").first
    expect(story.get_by_role("heading", level=1)).to_have_text("The lights are back")
    expect(story).to_contain_text("The electricians worked through three nights.")
    expect(story).to_contain_text(re.compile("READ MORE: ?An older story", re.IGNORECASE))
    expect(page.locator("body")).to_contain_text("Photo desk / Mañana")
    expect(page.locator("body")).to_contain_text("The mole at dusk")
    expect(page.locator("body")).to_contain_text("An earlier version said two nights.")
    picture = page.get_by_role("img", name="A pavilion over the water")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0 && image.currentSrc.endsWith('.avif')")
    assert picture.get_attribute("width")


def _comments_by_the_image(page: Page, story: ArticlePage) -> None:
    page.get_by_role("link", name="Añadir un comentario").click()
    _fill(page, "Por fin. Se ve el muelle desde mi ventana.")
    page.locator("[data-answer]").fill("no lo sé")
    page.get_by_role("button", name="Enviar").last.click()
    expect(page.locator("[name=text]")).to_have_value("Por fin. Se ve el muelle desde mi ventana.")
    expect(page.get_by_role("alert")).to_be_visible()

    page.locator("[data-answer]").fill(last_answer("image"))
    page.get_by_role("button", name="Enviar").last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Publicado")


def _comments_by_the_sound(page: Page, story: ArticlePage) -> None:
    page.goto(story.url)
    page.get_by_role("link", name="Añadir un comentario").click()
    _fill(page, "¿Y las luces de la playa, para cuándo?", name="gaviota")
    page.get_by_role("button", name="sonido").click()
    expect(page.locator("[name=text]")).to_have_value("¿Y las luces de la playa, para cuándo?")
    sound = page.locator("audio")
    assert sound.get_attribute("src").startswith("data:audio/mpeg;base64,")
    page.locator("[data-answer]").fill(last_answer("sound"))
    page.get_by_role("button", name="Enviar").last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Publicado")


def _is_held_for_its_links(page: Page, story: ArticlePage) -> str:
    page.goto(story.url)
    page.get_by_role("link", name="Añadir un comentario").click()
    _fill(
        page, "Bombillas baratas: https://a.example.com https://b.example.com https://c.example.com", name="bombillas"
    )
    page.locator("[data-answer]").fill(last_answer("image"))
    page.get_by_role("button", name="Enviar").last.click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("A la espera de un moderador")
    expect(page.get_by_role("heading", name="Por qué")).to_be_visible()
    return page.url
