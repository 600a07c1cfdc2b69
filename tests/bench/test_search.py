"""The benchmark of search: its rows, its questions, and that of twenty each finds the story that is meant."""

from __future__ import annotations

import pytest
from django.conf import settings
from wagtail.models import Locale, Page

from bench import search
from bench.harness import Goal
from bench.searched import QUESTIONS, STORIES
from tribuna.newsroom.models import ArticlePage

FILLED = 60


@pytest.fixture
def filled(newsroom):
    """Return the English tree of a newsroom with the stories among others."""
    search._fill(FILLED)
    assert search._index() > 0
    return Locale.objects.get(language_code="en")


@pytest.mark.parametrize("quick", [True, False])
def test_every_row_has_a_goal_and_a_name_of_its_own(quick):
    plans = search.plans(search.STORIES_MADE[quick])
    assert len({plan.name for plan in plans}) == len({plan.key for plan in plans}) == len(plans)
    assert all(str(Goal.of_text(plan.goal)) == plan.goal for plan in plans)
    assert any(f"{search.STORIES_MADE[quick]:,} stories" in plan.name for plan in plans)


def test_each_question_means_another_story_and_says_it_otherwise():
    assert len(QUESTIONS) == len({title for _question, title in QUESTIONS}) == 20
    assert {title for _question, title in QUESTIONS} <= {story.title for story in STORIES}
    assert not {question.casefold() for question, _title in QUESTIONS} & {story.title.casefold() for story in STORIES}
    assert {story.language for story in STORIES} <= set(settings.TRIBUNA_STORY_LANGUAGES)


def test_questions_are_of_one_to_three_words_and_always_the_same():
    asked = list(search._questions(30))
    assert [len(each.split()) for each in asked] == [1, 2, 3] * 10
    assert asked == list(search._questions(30))


@pytest.mark.django_db
@pytest.mark.storage
def test_of_twenty_questions_each_finds_the_story_that_is_meant(filled):
    stories = ArticlePage.objects.filter(slug__startswith="story-")
    assert stories.count() == FILLED
    assert stories.filter(title__in=[story.title for story in STORIES]).count() == len(STORIES)
    assert [question for question, title in QUESTIONS if search._place(filled, question, title) != 1] == []
    assert search._place(filled, "xyzzy", STORIES[0].title) == search._place(filled, "ferry island", "Another") == 0


@pytest.mark.django_db
@pytest.mark.storage
def test_what_is_filled_stands_as_pages_do(filled):
    assert {problem for found in Page.find_problems()[:4] for problem in found} == set()
    story = ArticlePage.objects.get(slug="story-0")
    assert story.url_path == f"{story.get_parent().url_path}story-0/"
    assert len(story.body) >= search.PARAGRAPHS


@pytest.mark.django_db
@pytest.mark.storage
def test_every_way_of_asking_takes_its_time(filled, client):
    for took in (search._timed(filled, "ferry"), search._page("ferry"), search._like("ferry island")):
        assert took > 0
    assert search._busy(filled, "ferry") >= 0
