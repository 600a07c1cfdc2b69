from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories
from tribuna.newsroom.models import ArticleAuthor, ArticlePage, Correction, RelatedStory
from tribuna.newsroom.models.articles import story_languages


def test_a_story_is_in_the_language_of_its_page_unless_it_says_otherwise(newsroom):
    assert factories.article(language="es").language == "es"
    assert factories.article(language="es", story_language="en").language == "en"


def test_an_alias_is_in_the_language_it_was_written_in(newsroom):
    story = factories.article()
    assert story.copy_for_translation(newsroom.homes["es"].locale, alias=True).language == "en"


def test_languages_are_called_by_their_own_names():
    assert ("es", "español") in story_languages()
    assert ("ar", "العربيّة") in story_languages()


@pytest.mark.parametrize(("minutes", "is_updated"), [(0, False), (10, False), (11, True)])
def test_a_story_is_updated_when_it_changed_well_after_it_appeared(newsroom, minutes, is_updated):
    story = factories.article()
    story.last_published_at = story.first_published_at + timedelta(minutes=minutes)
    assert story.is_updated is is_updated
    assert story.updated_at == (story.last_published_at if is_updated else None)


def test_a_draft_is_not_updated(newsroom):
    assert factories.article(live=False, published_at=None).updated_at is None


def test_words_about_the_main_image_are_its_own_or_the_storys(newsroom):
    image = factories.image(description="A white ferry", caption="The ferry at noon")
    story = factories.article(main_image=image)
    assert (story.image_alt, story.image_caption) == ("A white ferry", "The ferry at noon")
    story.main_image_alt, story.main_image_caption = "A boat", "At noon"
    assert (story.image_alt, story.image_caption) == ("A boat", "At noon")


def test_a_story_without_an_image_has_no_words_about_one(newsroom):
    story = factories.article()
    assert (story.image_alt, story.image_caption) == ("", "")


def test_a_story_knows_its_section(newsroom):
    story = factories.article()
    assert story.section == newsroom.sections["en"]
    assert ArticlePage.objects.get(pk=story.pk).section == newsroom.sections["en"]


def test_a_byline_keeps_the_order_of_its_authors(newsroom):
    desk, ana = factories.author("Harbour desk"), factories.author("Ana Ruiz")
    story = factories.article(authors=[ana, desk])
    assert story.byline == [ana, desk]
    assert story.names == "Ana Ruiz, Harbour desk"


def test_a_byline_may_be_empty(newsroom):
    assert factories.article().byline == []


def test_readers_see_stories_that_are_live_and_dated(newsroom):
    shown = factories.article()
    factories.article(live=False)
    factories.article(published_at=None)
    assert list(ArticlePage.objects.for_readers()) == [shown]


def test_readers_see_no_story_in_a_private_section_nor_its_alias(newsroom):
    story = factories.article()
    story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    other = factories.article(language="es")
    assert ArticlePage.objects.for_readers().count() == 3
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert list(ArticlePage.objects.for_readers()) == [other]


def test_the_newest_comes_first_and_of_two_the_later_made(newsroom):
    now = timezone.now()
    first, second, older = (factories.article(published_at=now - timedelta(days=days)) for days in (0, 0, 1))
    assert list(ArticlePage.objects.newest_first()) == [second, first, older]


def test_lines_of_an_article_say_what_they_are(newsroom):
    story, author = factories.article(title="The quay"), factories.author("Ana Ruiz")
    assert str(ArticleAuthor(author=author)) == "Ana Ruiz"
    assert str(RelatedStory(story=story)) == "The quay"
    assert str(Correction(text="It was the other quay.")) == "It was the other quay."


def test_the_newest_correction_comes_first(newsroom):
    story = factories.article()
    story.corrections = [
        Correction(date=date(2026, 3, 1), text="One"),
        Correction(date=date(2026, 3, 2), text="Two"),
    ]
    story.save()
    assert [str(correction) for correction in story.corrections.all()] == ["Two", "One"]
