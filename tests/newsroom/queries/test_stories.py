from __future__ import annotations

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from tests import factories
from tribuna.newsroom.models import ArticlePage, Correction, RelatedStory
from tribuna.newsroom.queries import corrections_of, gather_story, related_to, topics_of
from tribuna.newsroom.queries.frame import frame_at
from tribuna.press.actions import recorded
from tribuna.press.base import Epoch
from tribuna.press.stores.null import NullStore


def full_story(number: int) -> ArticlePage:
    """Return a story, as it comes from the database, with *number* of everything."""
    author = factories.author()
    others = [
        factories.article(title=f"Story {each}", main_image=printed_image(), authors=[author]) for each in range(number)
    ]
    body = []
    for other in others:
        body += [
            ("paragraph", f'<p>See <a linktype="page" id="{other.pk}">there</a>.</p>'),
            ("image", {"image": printed_image()}),
            ("gallery", [{"image": printed_image()}, {"image": printed_image()}]),
            ("read_more", other),
        ]
    story = factories.article(title="Full", main_image=printed_image(), authors=[author], body=body)
    story.related = [RelatedStory(story=other) for other in others]
    story.save()
    return ArticlePage.objects.select_related("locale").get(pk=story.pk)


def printed_image():
    image = factories.image()
    image.get_rendition("fill-40x20")
    return image


@pytest.mark.parametrize("number", [1, 3])
def test_a_story_is_gathered_in_as_many_queries_for_one_of_everything_as_for_three(
    newsroom, django_assert_num_queries, number
):
    story = full_story(number)
    frame = frame_at("testserver", 80)
    with django_assert_num_queries(9):
        gather_story(story, frame)  # six: corrections, bylines, topics, pictures, stories its body leads to, links
        shown = [story, *related_to(story)]  # three: the stories, bylines, pictures
        assert all(each.byline and each.main_image.printed for each in shown)
        assert len(shown) == number + 1
        for block in story.body:
            match block.block_type:
                case "paragraph":
                    assert str(block.value).startswith('<p>See <a href="/en/city/story-')
                case "image":
                    assert block.value["image"].printed
                case "gallery":
                    assert all(picture["image"].printed for picture in block.value)
                case "read_more":
                    assert block.value.title.startswith("Story")


def test_a_bare_story_is_gathered_in_four_queries(newsroom, django_assert_num_queries):
    story, frame = factories.article(), frame_at("testserver", 80)
    with django_assert_num_queries(4):  # corrections, bylines, topics, recommended stories
        gather_story(story, frame)
        assert (story.byline, related_to(story), story.main_image, list(story.body)) == ([], [], None, [])


def test_related_stories_keep_their_order_and_drafts_stay_out(newsroom):
    draft, two, one = (factories.article(live=live) for live in (False, True, True))
    story = factories.article()
    story.related = [RelatedStory(story=each) for each in (one, draft, two)]
    story.save()
    gathered = ArticlePage.objects.get(pk=story.pk)
    gather_story(gathered, frame_at("testserver", 80))
    assert related_to(gathered) == [one, two]
    assert related_to(ArticlePage.objects.get(pk=story.pk)) == [one, two]


def test_a_preview_shows_related_stories_that_are_not_stored_yet(newsroom):
    one, story = factories.article(), factories.article()
    story.related = [RelatedStory(story=one)]
    assert related_to(story) == [one]


def test_a_read_more_to_a_story_that_readers_may_not_see_leads_nowhere(newsroom):
    draft, hidden = factories.article(live=False), factories.article()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    story = factories.article(body=[("read_more", draft), ("read_more", hidden)])
    story = ArticlePage.objects.get(pk=story.pk)
    gather_story(story, frame_at("testserver", 80))
    assert [block.value for block in story.body] == [None, None]


def test_an_image_that_was_deleted_is_missing_and_one_not_printed_yet_is_there(newsroom):
    gone, fresh = factories.image(), factories.image()
    story = factories.article(main_image=fresh, body=[("image", {"image": gone}), ("image", {"image": fresh})])
    gone.delete()
    story = ArticlePage.objects.get(pk=story.pk)
    gather_story(story, frame_at("testserver", 80))
    assert [block.value["image"] for block in story.body] == [None, fresh]
    assert story.main_image == fresh


def test_paragraphs_keep_their_places(newsroom):
    story = factories.article(
        body=[("paragraph", "<p>One\x1f.</p>"), ("heading", "Two"), ("paragraph", ""), ("paragraph", "<p>Three.</p>")]
    )
    story = ArticlePage.objects.get(pk=story.pk)
    gather_story(story, frame_at("testserver", 80))
    assert [str(block.value) for block in story.body] == ["<p>One.</p>", "Two", "", "<p>Three.</p>"]


def test_topics_are_live_and_of_the_storys_own_tree_where_they_can_be(newsroom):
    harbour, market, old = factories.topic("Harbour"), factories.topic("Market"), factories.topic("Old", live=False)
    puerto = harbour.copy_for_translation(newsroom.homes["es"].locale)
    puerto.save_revision().publish()
    english = factories.article(topics=[harbour, market, old])
    spanish = factories.article(language="es", topics=[harbour, market, old, puerto])
    assert topics_of(english) == [harbour, market]
    assert topics_of(spanish) == [puerto, market]
    again = ArticlePage.objects.get(pk=spanish.pk)
    gather_story(again, frame_at("testserver", 80))
    assert topics_of(again) == [puerto, market]


def test_corrections_come_newest_first_stored_or_not(newsroom):
    story = factories.article()
    story.corrections = [Correction(text=text, date=date(2022, 12, day)) for day, text in ((2, "Old"), (4, "New"))]
    assert [correction.text for correction in corrections_of(story)] == ["New", "Old"]
    story.save()
    stored = ArticlePage.objects.get(pk=story.pk)
    gather_story(stored, frame_at("testserver", 80))
    assert [correction.text for correction in corrections_of(stored)] == ["New", "Old"]


def test_what_every_page_stands_in_is_read_once_in_an_epoch(newsroom, django_assert_num_queries):
    store = NullStore()
    with recorded(epoch=Epoch(store, 1)):
        first = frame_at("testserver", 80)
    with recorded(epoch=Epoch(store, 1)), django_assert_num_queries(0):
        assert frame_at("testserver", 80) == first
    with recorded(epoch=Epoch(store, 2)), django_assert_num_queries(2):
        assert frame_at("testserver", 80) == first
    with django_assert_num_queries(2):  # nothing is printed
        frame_at("testserver", 80)
