"""What cards lack, for any number of stories at once."""

from __future__ import annotations

import pytest

from tests import factories
from tests.newsroom.queries.test_stories import full_story
from tribuna.newsroom.queries import articles_of, fill_stories
from tribuna.newsroom.queries.frame import frame_at
from tribuna.press.actions import recorded


@pytest.mark.storage
@pytest.mark.parametrize("number", [1, 3])
def test_stories_are_filled_in_as_many_queries_for_one_as_for_three(newsroom, django_assert_num_queries, number):
    harbour = factories.topic()
    story = full_story(number)
    story.topics = [harbour]
    story.save()
    stories, frame = articles_of(newsroom.homes["en"]).items, frame_at("testserver", 80)
    with django_assert_num_queries(5), recorded() as notes:  # texts, topics, pictures, other stories, links
        fill_stories(stories, frame)
        (full,) = [each for each in stories if each.pk == story.pk]
        assert full.updated_at is None
        assert [block.block_type for block in full.body] == ["paragraph", "image", "gallery", "read_more"] * number
        assert str(full.body[0].value).startswith('<p>See <a href="/en/city/story-')
        assert full.body[1].value["image"].printed
    assert full._topics == [harbour]
    assert f"page:{harbour.pk}" in notes.tags
    assert {f"page:{block.value.pk}" for block in full.body if block.block_type == "read_more"} <= notes.tags


def test_of_no_stories_nothing_is_asked(newsroom, django_assert_num_queries):
    frame = frame_at("testserver", 80)
    with django_assert_num_queries(0):
        fill_stories([], frame)


def test_the_articles_of_an_edition_may_be_narrowed_to_a_language(newsroom):
    own, guest = factories.article(title="Own"), factories.article(title="Guest", story_language="fr")
    alias = own.copy_for_translation(newsroom.homes["es"].locale, copy_parents=True, alias=True)
    assert {story.pk for story in articles_of(newsroom.homes["en"]).items} == {own.pk, guest.pk}
    assert [story.pk for story in articles_of(newsroom.homes["en"], "fr").items] == [guest.pk]
    assert [story.pk for story in articles_of(newsroom.homes["es"], "en").items] == [alias.pk]
    assert articles_of(newsroom.homes["es"], "es").items == []
