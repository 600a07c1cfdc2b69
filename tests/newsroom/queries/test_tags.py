"""What a page is said to show: whoever changes one of these things makes it forgotten, and nobody else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from tests import factories
from tests.comments.factories import comment
from tribuna.comments.queries import thread_page
from tribuna.newsroom.models import ArticlePage, RelatedStory
from tribuna.press.actions import recorded

MARCH = datetime(2026, 3, 15, 12, tzinfo=UTC)
SOON, LATER = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _every_comment_is_published(settings):
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def shown(client):
    """Print the page at an address and return what it was said to show."""

    def ask(address, status=200):
        with recorded() as seen:
            assert client.get(address).status_code == status
        # On every page: a line of breaking news may come; on some, what is most read.
        assert any(tag.startswith("breaking:") for tag in seen.tags)
        seen.tags = {tag for tag in seen.tags if not tag.startswith(("breaking:", "most-read:"))}
        return seen

    return ask


def pages(*shown):
    return {f"page:{page.pk}" for page in shown}


def versions(*shown):
    return {f"versions:{page.translation_key}" for page in shown}


def goes_live(moment):
    """Let a story wait for its hour."""
    waiting = factories.article(title="Waiting", live=False)
    waiting.go_live_at = moment
    waiting.save_revision(approved_go_live_at=moment)


def test_an_article_shows_all_that_it_is_made_of_and_all_that_it_would_be(newsroom, shown):
    desk, harbour, old = factories.author(), factories.topic("Harbour"), factories.topic("Old", live=False)
    of_card, of_body, of_story = (factories.image(title=str(number)) for number in range(3))
    near = factories.article(title="Near", main_image=of_card, authors=[factories.author("Ana")])
    draft, led_to, link = (factories.article(title=title, live=False) for title in ("Draft", "Led to", "Link"))
    body = [
        ("paragraph", f'<p><a linktype="page" id="{link.pk}">x</a><a linktype="page" id="999999">x</a></p>'),
        ("image", {"image": of_body}),
        ("read_more", led_to),
    ]
    story = factories.article(authors=[desk], topics=[harbour, old], main_image=of_story, body=body)
    story.related = [RelatedStory(story=near), RelatedStory(story=draft)]
    story.save()
    twin = factories.article(title="Gemelo", language="es", translation_key=story.translation_key)
    seen = shown(story.url)
    assert seen.tags == {
        *pages(story, twin, desk, *near.byline, harbour, old, near, draft, led_to, link),
        *versions(story, link),
        *(f"image:{image.pk}" for image in (of_card, of_body, of_story)),
        "page:999999",
        "site",  # for the addresses of what it recommends
        f"comments:{story.pk}",
    }
    assert seen.until is None


def test_an_alias_shows_names_of_another_tree_and_where_its_original_is(newsroom, shown):
    desk, harbour = factories.author(), factories.topic()
    escritorio = desk.copy_for_translation(newsroom.homes["es"].locale)
    escritorio.save_revision().publish()
    story = factories.article(authors=[desk], topics=[harbour])
    alias = story.copy_for_translation(Locale.objects.get(language_code="es"), alias=True)
    assert shown(alias.url).tags == {
        *pages(story, alias, desk, escritorio, harbour),
        *versions(story, desk, harbour),
        "site",
        f"comments:{alias.pk}",
    }


def test_an_alias_in_the_same_language_shows_where_its_original_is(newsroom, shown):
    story, sport = factories.article(), factories.section("Sport")
    alias = story.create_alias(parent=sport)
    assert pages(story, alias) | versions(alias) <= shown(alias.url).tags


def test_an_article_lasts_until_what_it_shows_expires(newsroom, shown):
    near = factories.article(title="Near", expire_at=SOON)
    story = factories.article(expire_at=LATER)
    assert shown(story.url).until == LATER
    story.related = [RelatedStory(story=near)]
    story.save()
    assert shown(story.url).until == SOON


@pytest.mark.parametrize("kind", ["twin", "link", "author"])
def test_what_only_stands_beside_it_ends_it_too(newsroom, shown, kind):
    story = factories.article()
    if kind == "twin":
        factories.article(title="Gemelo", language="es", translation_key=story.translation_key, expire_at=SOON)
    elif kind == "link":
        link = factories.article(title="Link", expire_at=SOON)
        story.body = [("paragraph", f'<p><a linktype="page" id="{link.pk}">x</a></p>')]
        story.save()
    else:
        story = factories.article(title="By", authors=[factories.author(expire_at=SOON)])
    assert shown(story.url).until == SOON


def test_an_author_whose_time_is_over_ends_nothing(newsroom, shown):
    over = factories.author(expire_at=timezone.now() - timedelta(hours=1))
    assert shown(factories.article(authors=[over]).url).until is None


def full_list():
    """A story in every kind of list, and what its card shows."""
    author, topic, image = factories.author(), factories.topic(), factories.image()
    story = factories.article(authors=[author], topics=[topic], main_image=image, published_at=MARCH)
    return story, author, topic, {*pages(story, author), f"image:{image.pk}", f"comments:{story.pk}"}


@pytest.mark.parametrize("kind", ["home", "section", "author", "topic"])
def test_a_list_shows_itself_and_its_cards(newsroom, shown, kind):
    _story, author, topic, card = full_list()
    page = {"home": newsroom.homes["en"], "section": newsroom.sections["en"], "author": author, "topic": topic}[kind]
    twins = {"home": newsroom.homes.values(), "section": newsroom.sections.values()}.get(kind, [])
    assert shown(page.url).tags == {*card, *pages(page, *twins), *versions(page), f"list:{page.pk}"}


def test_a_month_and_the_archive_show_what_a_language_has(newsroom, shown):
    _story, _author, _topic, card = full_list()
    archive = f"archive:{newsroom.homes['en'].locale_id}"
    assert shown("/en/archive/2026/3/").tags == {*card, archive}
    assert shown("/en/archive/").tags == {archive}


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_a_list_of_names_shows_each(newsroom, shown, kind):
    image = factories.image()
    fields = {"portrait": image} if kind == "author" else {}
    page = getattr(factories, kind)(**fields)
    index = page.get_parent()
    twin = index.get_translation(newsroom.homes["es"].locale)
    pictures = {f"image:{image.pk}"} if fields else set()
    assert shown(index.url).tags == {*pages(index, twin, page), *versions(index), f"list:{index.pk}", *pictures}


@pytest.mark.parametrize("path", ["", "city/", "authors/", "topics/", "archive/", "archive/2026/3/"])
def test_lists_last_until_something_goes_live(newsroom, shown, path):
    full_list()
    assert shown(f"/en/{path}").until is None
    goes_live(LATER)
    assert shown(f"/en/{path}").until == LATER
    goes_live(SOON)
    assert shown(f"/en/{path}").until == SOON


@pytest.mark.parametrize("path", ["", "city/", "archive/2026/3/"])
def test_lists_last_until_a_story_in_them_expires(newsroom, shown, path):
    factories.article(published_at=MARCH, expire_at=SOON)
    goes_live(LATER)
    assert shown(f"/en/{path}").until == SOON


def test_a_page_of_a_thread_shows_its_comments_and_what_they_stand_under(newsroom, shown):
    story = factories.article(expire_at=SOON)
    for _ in range(3):
        comment(story)
    address = f"/en/articles/{story.pk}/comments/?after={thread_page(story.pk, size=1).next_cursor}"
    seen = shown(address)
    assert (seen.tags, seen.until) == ({*pages(story), f"comments:{story.pk}"}, SOON)


def test_outside_of_printing_nothing_is_noted(newsroom, client):
    assert client.get(factories.article().url).status_code == 200
    with recorded() as seen:
        ArticlePage.objects.count()
    assert (seen.tags, seen.until) == (set(), None)
