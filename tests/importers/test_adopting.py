"""Sections and topics that the newsroom has already by the same name."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests import factories
from tests.importers.factories import about, article, author, bring, everything, term, told
from tribuna.importers.actions.adopting import ADOPTED
from tribuna.newsroom.models import ArticlePage, AuthorPage, SectionPage, TopicPage

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom")]


def city(language="en"):
    return SectionPage.objects.get(locale__language_code=language, title={"en": "City", "es": "Ciudad"}[language])


def test_a_section_that_is_there_is_taken_as_it_is():
    before = city()
    records = [
        term("s", name=" CITY", description="Theirs.", is_section=True, addresses=("/taxonomy/term/1",)),
        article("1", section="s"),
    ]
    outcome = bring(*records)
    assert told(outcome, "term") == {"read": 1, "adopted": 1}
    assert ArticlePage.objects.get().section == before
    assert (city().intro, city().title) == (before.intro, "City")
    assert Redirect.objects.get(old_path="/taxonomy/term/1").redirect_page_id == before.pk
    assert about("term") == [("s", ADOPTED)]
    assert not any(Page.find_problems())


def test_a_second_run_changes_nothing_and_neither_does_another_text_in_the_source():
    section = term("s", name="City", is_section=True)
    bring(section, article("1", section="s"))
    kept = everything()
    assert told(bring(section, article("1", section="s")), "term") == {"read": 1, "same": 1}
    assert everything() == kept
    changed = term("s", name="Town", description="New.", is_section=True)
    assert told(bring(changed), "term") == {"read": 1, "kept": 1}
    assert city().intro == ""
    assert about("term") == [("s", ADOPTED)]
    city().delete()
    assert told(bring(term("s", name="Village", is_section=True)), "term") == {"read": 1, "kept": 1}


def test_a_dry_run_says_it_before():
    outcome = bring(term("s", name="City", is_section=True), term("t", name="City"), is_dry=True)
    assert told(outcome, "term") == {"read": 2, "adopted": 1, "created": 1}
    assert outcome.ledger.findings[("term", ADOPTED, False)] == 1


def test_each_language_has_its_own_and_topics_are_no_sections():
    bring(
        term("a", name="Ciudad", language="en", is_section=True),
        term("b", name="Ciudad", language="es", is_section=True),
        term("c", name="City"),
        term("d", name=""),
    )
    assert SectionPage.objects.filter(title="Ciudad").count() == 2
    assert TopicPage.objects.get(title="City").slug == "city"


def test_two_of_one_name_in_the_archive_stay_two():
    archive = [term("a", name="City", is_section=True), term("b", name="City", is_section=True)]
    assert told(bring(*archive), "term") == {"read": 2, "created": 1, "adopted": 1}
    assert told(bring(*archive, term("c", name="City", is_section=True)), "term")["created"] == 1
    assert SectionPage.objects.filter(title="City").count() == 3


def test_a_draft_is_nobodys_namesake():
    SectionPage.objects.filter(pk=city().pk).update(live=False)
    assert told(bring(term("s", name="City", is_section=True)), "term")["created"] == 1


def test_its_translation_is_that_of_the_one_taken():
    harbour = factories.section(title="Harbour")
    bring(
        term("a", name="Harbour", language="en", sister="7", is_section=True),
        term("b", name="Puerto", language="es", sister="7", is_section=True),
    )
    assert harbour.get_translations().get().title == "Puerto"


def test_a_story_of_another_edition_finds_the_namesake_there():
    factories.section(title="Harbour", language="es")
    author_there = author("1", name="Harbour")
    bring(
        author_there,
        term("s", name="Harbour", is_section=True),
        article("1", language="es", section="s", authors=("1",)),
        article("2", language="es", section="s", authors=("1",)),
    )
    assert SectionPage.objects.filter(title="Harbour", locale__language_code="es").count() == 1
    assert {story.section.locale.language_code for story in ArticlePage.objects.all()} == {"es"}
    assert AuthorPage.objects.filter(title="Harbour").count() == 2
