"""The newsroom's own work, in the screens where it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from tests import factories
from tests.newsroom.iptc import iptc_photograph
from tribuna.newsroom.actions.opening import EDITORS, REPORTERS
from tribuna.newsroom.models import ArticlePage, NewsImage
from tribuna.people.models import User


def staff(group: str) -> User:
    user = User.objects.create_user(f"{group.lower()}@harbour.example")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def reporter(newsroom, client):
    client.force_login(staff(REPORTERS))
    return client


@pytest.fixture
def editor(newsroom, client):
    client.force_login(staff(EDITORS))
    return client


def form(**fields) -> dict[str, str]:
    """Return an article as the editing form sends it."""
    empty = {"authors": inline_formset([]), "related": inline_formset([]), "corrections": inline_formset([])}
    words = {"kicker": "", "standfirst": "", "main_image": "", "main_image_alt": "", "main_image_caption": ""}
    settings = {"slug": "ferry-returns", "story_language": "", "comments_policy": "open", "published_at": ""}
    body = {"body": streamfield([])}
    return nested_form_data({"title": "Ferry returns", **words, **settings, **body, **empty, **fields})


def add_url(parent) -> str:
    return reverse("wagtailadmin_pages:add", args=("newsroom", "articlepage", parent.pk))


def test_a_reporter_writes_a_whole_story_and_an_editor_publishes_it(newsroom, reporter):
    image, author, topic = factories.image(), factories.author(), factories.topic()
    other = factories.article(title="The quay")
    sent = form(
        kicker="Harbour",
        standfirst="After nine months.",
        main_image=str(image.pk),
        main_image_alt="A ferry",
        authors=inline_formset([{"author": str(author.pk)}]),
        body=streamfield(
            [
                ("paragraph", rich_text("<p>The captain was <b>relieved</b>.</p>")),
                ("heading", "Timetable"),
                ("image", {"image": str(image.pk), "alt": "", "caption": "At noon"}),
                ("quote", {"text": "At last.", "attribution": "The captain"}),
                ("embed", {"url": "https://youtu.be/aqz-KE-bpKQ", "title": "The ferry"}),
                ("read_more", str(other.pk)),
            ]
        ),
        related=inline_formset([{"story": str(other.pk)}]),
        corrections=inline_formset([{"date": "2026-03-01", "text": "It was the other quay."}]),
        published_at="2022-12-02 09:00",
    )
    response = reporter.post(
        add_url(newsroom.sections["en"]), {**sent, "topics": [topic.pk], "action-submit": "submit"}
    )
    story = ArticlePage.objects.get(title="Ferry returns")
    assert response.status_code == 302
    assert not story.live
    assert story.current_workflow_task.name == "Reporter to editor"

    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=(story.pk, "approve", story.current_workflow_task_state.pk)
    )
    assert reporter.post(approve).status_code == 302
    story.refresh_from_db()
    assert not story.live  # a reporter may not approve

    reporter.force_login(staff(EDITORS))
    assert reporter.post(approve).status_code == 302
    story = ArticlePage.objects.get(pk=story.pk)
    assert story.live
    assert story.published_at == datetime(2022, 12, 2, 9, tzinfo=UTC)
    assert (story.byline, list(story.topics.all()), story.main_image) == ([author], [topic], image)
    assert [correction.date for correction in story.corrections.all()] == [date(2026, 3, 1)]
    assert [line.story for line in story.related.all()] == [other]
    assert [block.block_type for block in story.body] == [
        "paragraph",
        "heading",
        "image",
        "quote",
        "embed",
        "read_more",
    ]


def test_a_reporter_can_not_publish(newsroom, reporter):
    reporter.post(add_url(newsroom.sections["en"]), {**form(), "action-publish": "publish"})
    assert not ArticlePage.objects.get().live


def test_an_editor_publishes_an_english_story_without_byline_on_a_spanish_page(newsroom, editor):
    sent = form(story_language="en", published_at="2022-12-02 09:00")
    editor.post(add_url(newsroom.sections["es"]), {**sent, "action-publish": "publish"})
    story = ArticlePage.objects.get()
    assert (story.live, story.language, story.locale.language_code, story.byline) == (True, "en", "es", [])
    assert story.published_at == datetime(2022, 12, 2, 9, tzinfo=UTC)


def test_an_embed_that_shows_no_film_is_refused(newsroom, editor):
    body = streamfield([("embed", {"url": "https://vimeo.com/features", "title": "Films"})])
    response = editor.post(add_url(newsroom.sections["en"]), {**form(body=body), "action-publish": "publish"})
    assert response.status_code == 200
    assert "not to a video" in response.content.decode()
    assert not ArticlePage.objects.exists()


def test_a_section_with_a_reserved_address_is_refused(newsroom, editor):
    url = reverse("wagtailadmin_pages:add", args=("newsroom", "sectionpage", newsroom.homes["en"].pk))
    sent = nested_form_data({"title": "Search", "slug": "search", "intro": "", "action-publish": "publish"})
    response = editor.post(url, sent)
    assert response.status_code == 200
    assert "taken by the site itself" in response.content.decode()


def test_only_stories_can_be_read_more_of(newsroom, editor):
    response = editor.get(
        reverse("wagtailadmin_choose_page_child", args=(newsroom.homes["en"].pk,)),
        {"page_type": "newsroom.articlepage"},
    )
    assert response.status_code == 200
    form_page = editor.get(add_url(newsroom.sections["en"])).content.decode()
    assert form_page.count("newsroom.articlepage") >= 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_of_a_story_opens_in_both_languages_of_the_staff(newsroom, editor, language):
    UserProfile.objects.create(user=User.objects.get(), preferred_language=language)
    response = editor.get(reverse("wagtailadmin_pages:edit", args=(factories.article().pk,)))
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_a_story_offers_the_topics_of_its_own_tree_and_those_it_has(newsroom, editor):
    market, puerto = factories.topic("Market"), factories.topic("Puerto", language="es")
    factories.topic("Harbour")
    factories.topic("Mercado", language="es")

    def offered(page_url: str) -> list[str]:
        response = editor.get(page_url)
        return [topic.title for topic in response.context["form"].fields["topics"].queryset]

    assert offered(add_url(newsroom.sections["en"])) == ["Harbour", "Market"]
    story = factories.article(topics=[market, puerto])
    assert offered(reverse("wagtailadmin_pages:edit", args=(story.pk,))) == ["Harbour", "Market", "Puerto"]


def test_an_uploaded_photograph_brings_its_credit(newsroom, reporter):
    photograph = iptc_photograph([((2, 80), b"Ana Ruiz"), ((2, 120), b"The ferry.")])
    sent = {"title": "Ferry", "file": SimpleUploadedFile("ferry.jpg", photograph, "image/jpeg"), "description": ""}
    response = reporter.post(
        reverse("wagtailimages:add"), {**sent, "credit": "", "caption": "", "licence": "CC BY 4.0"}
    )
    image = NewsImage.objects.get()
    assert response.status_code == 302
    assert (image.credit, image.caption, image.licence) == ("Ana Ruiz", "The ferry.", "CC BY 4.0")


def test_several_uploads_at_once_bring_their_credits_into_the_form(newsroom, reporter):
    photograph = iptc_photograph([((2, 80), b"Ana Ruiz")])
    sent = {"title": "Ferry", "files[]": SimpleUploadedFile("ferry.jpg", photograph, "image/jpeg")}
    response = reporter.post(reverse("wagtailimages:add_multiple"), sent)
    assert NewsImage.objects.get().credit == "Ana Ruiz"
    assert "Ana Ruiz" in response.json()["form"]


def test_a_story_is_translated_into_the_other_tree(newsroom, editor):
    story = factories.article(authors=[factories.author()])
    url = reverse("simple_translation:submit_page_translation", args=(story.pk,))
    response = editor.post(url, {"locales": [newsroom.homes["es"].locale.pk], "include_subtree": ""})
    translation = ArticlePage.objects.get(locale=newsroom.homes["es"].locale)
    assert response.status_code == 302
    assert (translation.live, translation.get_parent().specific) == (False, newsroom.sections["es"])
    assert (translation.language, translation.byline) == ("es", story.byline)


def test_a_section_is_translated_with_its_stories(newsroom, editor):
    section = factories.section("Culture")
    factories.article(parent=section)
    url = reverse("simple_translation:submit_page_translation", args=(section.pk,))
    editor.post(url, {"locales": [newsroom.homes["es"].locale.pk], "include_subtree": "on"})
    assert ArticlePage.objects.get(locale=newsroom.homes["es"].locale).get_parent().title == "Culture"


def test_two_revisions_of_a_story_can_be_compared(newsroom, editor):
    story = factories.article(topics=[factories.topic()])
    first = story.save_revision()
    story.title = "Ferry sinks"
    second = story.save_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=(story.pk, first.pk, second.pk))
    assert "sinks" in editor.get(compare).content.decode()
