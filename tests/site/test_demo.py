from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.search.backends import get_search_backend

from tests import factories
from tribuna.comments.actions import reconcile_counts
from tribuna.comments.models import Comment, State
from tribuna.humans.models import SiteQuestion
from tribuna.moderation.models import Decision
from tribuna.newsroom.models import ArticlePage, AuthorPage, HomePage, NewsImage, NewsRendition, SectionPage, TopicPage
from tribuna.newsroom.models import images as newsroom_images
from tribuna.newsroom.queries import front_page, translations_of
from tribuna.people.models import User
from tribuna.site.demo import content, threads
from tribuna.site.demo.drawings import SCENES, draw
from tribuna.site.demo.seed import is_seeded, seed_demo

LANGUAGES = ("en", "es")
# Small sizes: what is tested is that the pictures are printed, and AVIF takes its time.
SMALL_SHAPES = {"card": "fill-32x18", "lead": "fill-64x36", "story": "width-64", "portrait": "fill-12x12"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """A newsroom filled once for all tests of this module: what the command said, and the accounts it returned."""
    said = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        for shape, spec in SMALL_SHAPES.items():
            patch.setitem(newsroom_images.SHAPES, shape, spec)
        assert not is_seeded()
        yield seed_demo(progress=said.append), said
        transaction.set_rollback(True)


def live_stories(language):
    return ArticlePage.objects.live().filter(locale__language_code=language)


@pytest.mark.slow
@pytest.mark.django_db
class TestSeededNewsroom:
    """One newsroom, looked at from all sides; nothing here depends on what another test did."""

    @pytest.fixture(autouse=True)
    def _filled(self, demo, db):
        self.accounts, self.said = demo

    def test_it_has_forty_stories_and_five_sections_in_each_language(self):
        for language in LANGUAGES:
            assert live_stories(language).count() >= 40
            sections = SectionPage.objects.live().filter(locale__language_code=language)
            assert sections.count() == 5
            assert all(live_stories(language).child_of(section).count() >= 8 for section in sections)
            assert TopicPage.objects.filter(locale__language_code=language).count() >= 8

    def test_sections_have_addresses_in_their_own_language(self):
        paths = set(SectionPage.objects.values_list("url_path", flat=True))
        assert {"/en/harbour/", "/es/puerto/"} <= paths

    def test_it_says_what_it_does(self):
        assert self.said[0].endswith("pictures drawn")
        assert len(self.said) == 4

    def test_every_story_is_linked_to_its_translation_both_ways(self):
        told_twice = [story for story in content.stories() if len(story.versions) == 2 and story.state == "published"]
        assert len(told_twice) >= 40
        for story in told_twice:
            pages = [live_stories(language).get(title=story.versions[language].title) for language in LANGUAGES]
            for page in pages:
                assert [(code, twin.pk) for code, twin in translations_of(page)] == [
                    (language, each.pk) for language, each in zip(LANGUAGES, pages, strict=True)
                ]

    def test_three_stories_stand_in_english_on_spanish_pages(self):
        foreign = live_stories("es").filter(story_language="en")
        assert foreign.count() == 3
        for page in foreign:
            assert page.language == "en"
            assert page.main_image_alt == ""  # the picture's own words are English
            assert [code for code, _ in translations_of(page)] == ["en"]

    def test_one_of_them_is_the_reference_story(self):
        page = live_stories("es").get(published_at__date=datetime(2022, 12, 2, tzinfo=UTC).date())
        assert page.language == "en"
        assert page.byline == []
        assert "read_more" in [block.block_type for block in page.body]
        assert not Comment.objects.under(page.pk).exists()

    def test_every_story_has_a_standfirst_and_enough_to_read(self):
        for page in ArticlePage.objects.live():
            assert page.standfirst
            assert "*" not in page.standfirst
            text = " ".join(str(block.value) for block in page.body)
            assert 120 <= len(re.findall(r"\w+", re.sub(r"<.*?>", " ", text))) <= 500

    def test_every_picture_is_described_in_the_language_of_the_story(self):
        assert not NewsImage.objects.filter(description="").exists()
        assert not NewsImage.objects.exclude(credit="Tribuna / drawing").exists()
        for page in live_stories("es").filter(story_language=""):
            assert page.main_image_alt
            assert page.image_alt != page.main_image.description

    def test_stories_use_every_kind_of_block(self):
        kinds = Counter(block.block_type for page in ArticlePage.objects.all() for block in page.body)
        assert set(kinds) == {"paragraph", "heading", "image", "gallery", "quote", "table", "read_more"}

    def test_stories_lead_to_stories_of_their_own_tree(self):
        for page in ArticlePage.objects.prefetch_related("related__story"):
            led_to = [block.value for block in page.body if block.block_type == "read_more"]
            led_to += [line.story for line in page.related.all()]
            assert led_to
            assert {story.locale_id for story in led_to} == {page.locale_id}

    def test_corrections_are_said_and_dated(self):
        for language in LANGUAGES:
            corrected = live_stories(language).filter(corrections__isnull=False).distinct()
            assert corrected.count() >= 3
            assert all(page.is_updated for page in corrected)

    def test_nothing_appeared_in_the_future(self):
        assert not ArticlePage.objects.live().filter(published_at__gt=timezone.now()).exists()
        assert not Comment.objects.filter(created_at__gt=timezone.now()).exists()

    def test_bylines_are_desks(self):
        assert AuthorPage.objects.count() == 10
        assert not AuthorPage.objects.filter(is_desk=False).exists()

    def test_one_story_waits_for_the_editor_one_for_tomorrow_and_one_is_a_draft(self):
        waiting = WorkflowState.objects.active().get()
        assert waiting.content_object.title.startswith("Learning to float")
        assert waiting.requested_by == User.objects.get(email=self.accounts.reporter.email)
        scheduled = ArticlePage.objects.filter(live=False, go_live_at__gt=timezone.now())
        assert sorted(page.locale.language_code for page in scheduled if page.approved_schedule) == ["en", "es"]
        draft = ArticlePage.objects.exclude(pk__in=scheduled).get(
            live=False, latest_revision__isnull=False, slug__contains="baile"
        )
        assert not draft.approved_schedule

    def test_readers_have_spoken_in_both_languages(self):
        public = Comment.objects.public()
        assert public.count() >= 200
        assert set(public.values_list("lang", flat=True)) == set(LANGUAGES)
        assert public.values("page").distinct().count() >= 20
        assert max(public.values_list("depth", flat=True)) == 4
        assert not reconcile_counts()

    def test_the_desk_finds_a_queue_with_reasons(self):
        held = Comment.objects.filter(state=State.HELD).select_related("receipt")
        assert 8 <= held.count() <= 12
        reasons = {reason.message for comment in held for reason in comment.receipt.why}
        assert len(reasons) >= 4
        rejected = Comment.objects.filter(state=State.REJECTED)
        assert 2 <= rejected.count() <= 3
        decisions = Decision.objects.by_people().filter(comment__in=rejected)
        assert {decision.actor_name for decision in decisions} == {"Moderator"}
        assert all(decision.rule and decision.explanation for decision in decisions)

    def test_the_staff_can_sign_in_with_what_is_printed(self):
        printed = str(self.accounts)
        for account, group in (
            (self.accounts.reporter, "Reporters"),
            (self.accounts.editor, "Editors"),
            (self.accounts.moderator, "Moderators"),
        ):
            assert f"{account.email} " in printed
            assert account.password in printed
            user = authenticate(username=account.email, password=account.password)
            assert [each.name for each in user.groups.all()] == [group]
            assert user.has_perm("wagtailadmin.access_admin")

    def test_no_letter_was_sent_to_the_staff(self, mailoutbox):
        assert mailoutbox == []

    def test_readers_are_asked_something_in_each_language(self):
        assert set(SiteQuestion.objects.values_list("language", flat=True)) == set(LANGUAGES)
        for question in SiteQuestion.objects.all():
            question.full_clean()

    def test_the_front_pages_are_full_and_their_pictures_are_printed(self):
        for home in HomePage.objects.all():
            front = front_page(home)
            assert front.lead.main_image
            assert len(front.sections) == 5
            shown = [front.lead, *front.leads, *(story for _, stories in front.sections for story in stories)]
            images = {story.main_image_id for story in shown}
            assert set(NewsRendition.objects.filter(image__in=images).values_list("image_id", flat=True)) == images

    def test_stories_are_found_by_search_and_the_next_one_too(self):
        search = get_search_backend().search
        assert len(search("goslings", ArticlePage.objects.live())) == 1
        factories.article(parent=SectionPage.objects.get(url_path="/en/harbour/"), title="A walrus at the mole")
        assert len(search("walrus", ArticlePage.objects.live())) == 1

    def test_every_story_opens(self, client):
        statuses = {story.url: client.get(story.url).status_code for story in ArticlePage.objects.live()}
        assert set(statuses.values()) == {200}

    def test_it_is_filled_once(self):
        assert is_seeded()
        with pytest.raises(ValueError, match="already"):
            seed_demo()
        assert Comment.objects.count() == len(threads.talk()) + len(threads.queue())


@pytest.mark.parametrize("scene", ["harbour", "tiles", "night"])
def test_a_seed_gives_the_same_picture_again(scene):
    first, again, other = (np.asarray(draw(scene, seed)) for seed in (5, 5, 6))
    assert first.shape == (1067, 1600, 3)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_unknown_scene_is_refused():
    with pytest.raises(KeyError):
        draw("motorway", 1)


def test_the_pictures_are_many_and_all_scenes_are_used():
    facts = content.pictures().values()
    assert len({(one["scene"], one["seed"]) for one in facts}) >= 40
    assert {one["scene"] for one in facts} == set(SCENES)


def test_a_body_becomes_blocks():
    body = """
First *light* & shade
over two lines.

- one
- two

## A heading

> It rains — again. — The gauge

| Fruit | Price |
| Figs | 4,20 |

[beach]

+ ferry

1. First.
"""
    assert list(content.blocks(body)) == [
        (
            "paragraph",
            "<p>First <i>light</i> &amp; shade over two lines.</p><ul><li>one</li><li>two</li></ul>",
        ),
        ("heading", "A heading"),
        ("quote", {"text": "It rains — again.", "attribution": "The gauge"}),
        (
            "table",
            {
                "columns": [{"type": "text", "heading": "Fruit"}, {"type": "number", "heading": "Price"}],
                "rows": [{"values": ["Figs", "4.20"]}],
                "caption": "",
            },
        ),
        ("pictures", ["beach"]),
        ("read_more", "ferry"),
        ("paragraph", "<ol><li>First.</li></ol>"),
    ]


def test_nobody_answers_before_it_was_said():
    ages = {story.key: story.days * 24 for story in content.stories()}
    for line in threads.talk():
        assert line.hours < ages[line.story], line.name
        assert line.text, line.name
        if line.above:
            assert line.above.hours < line.hours, line.name
    assert all(line.hours < ages[line.story] for line in threads.queue())
