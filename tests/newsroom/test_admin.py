"""The newsroom's own work, in the screens where it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageViewRestriction
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


BROKEN = {
    "signature.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "signature.jpg": b"\xff\xd8\xff\xe0",
    "half.jpg": factories.photograph((640, 480))[:900],
    "words.jpg": b"not a picture",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_is_refused_with_a_message(newsroom, reporter, name):
    sent = {"title": "Ferry", "description": "", "credit": "", "caption": "", "licence": ""}
    response = reporter.post(reverse("wagtailimages:add"), {**sent, "file": SimpleUploadedFile(name, BROKEN[name])})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["file"]
    several = {"title": "Ferry", "files[]": SimpleUploadedFile(name, BROKEN[name])}
    assert reporter.post(reverse("wagtailimages:add_multiple"), several).json()["success"] is False
    assert not NewsImage.objects.exists()


@pytest.mark.parametrize("image_format", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_every_kind_of_picture_is_taken_whole(newsroom, reporter, image_format):
    file = factories.photograph(image_format=image_format)
    sent = {"title": "Ferry", "description": "", "credit": "", "caption": "", "licence": ""}
    upload = SimpleUploadedFile(f"ferry.{image_format.lower()}", file)
    assert reporter.post(reverse("wagtailimages:add"), {**sent, "file": upload}).status_code == 302
    assert Path(NewsImage.objects.get().file.path).read_bytes() == file


def test_the_words_about_a_picture_are_changed_without_sending_it_again(newsroom, editor):
    image = factories.image()
    sent = {"title": "Ferry", "description": "", "credit": "Ana Ruiz", "caption": "", "licence": ""}
    assert editor.post(reverse("wagtailimages:edit", args=(image.pk,)), sent).status_code == 302
    image.refresh_from_db()
    assert (image.credit, image.width) == ("Ana Ruiz", 64)


def test_several_pictures_get_their_words_after_the_upload(newsroom, reporter):
    sent = {"title": "Ferry", "files[]": SimpleUploadedFile("ferry.jpg", factories.photograph())}
    reporter.post(reverse("wagtailimages:add_multiple"), sent)
    image = NewsImage.objects.get()
    words = {"title": "Ferry", "description": "", "credit": "Ana Ruiz", "caption": "", "licence": "", "tags": ""}
    fields = {f"image-{image.pk}-{name}": value for name, value in words.items()}
    url = reverse("wagtailimages:edit_multiple", args=(image.pk,))
    response = reporter.post(url, fields, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json()["success"] is True
    image.refresh_from_db()
    assert image.credit == "Ana Ruiz"


def test_the_editor_may_frame_a_preview_and_nobody_a_page(newsroom, editor):
    story = factories.article(title="Ferry returns")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(story.pk,))
    assert editor.post(preview, form(title="Ferry sinks")).json() == {"is_valid": True, "is_available": True}
    response = editor.get(preview)
    policy = response.headers["Content-Security-Policy"]
    assert "Ferry sinks" in response.content.decode()
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = editor.get(story.url)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_draft_is_shown_in_a_frame_too(newsroom, editor):
    story = factories.article(live=False)
    story.save_revision()
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=(story.pk,)))
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_nobody_is_offered_to_make_a_page_private(newsroom, client):
    client.force_login(User.objects.create_superuser("admin@harbour.example", "a-password-for-tests-only"))
    for page in (factories.article(), newsroom.sections["en"], newsroom.homes["es"]):
        screen = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
        assert 'data-a11y-dialog-show="set-privacy"' not in screen
        sent = {"restriction_type": "login", "password": "", "groups": []}
        # Wagtail's admin sends away, with a message, who may not.
        assert client.post(reverse("wagtailadmin_pages:set_privacy", args=(page.pk,)), sent).status_code == 302
    assert not PageViewRestriction.objects.exists()


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
