from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from tests import factories
from tests.importers.factories import (
    BEGINNING,
    about,
    archive,
    article,
    author,
    bring,
    comment,
    file,
    term,
    told,
)
from tribuna.comments.models import Comment, State
from tribuna.comments.queries import drifts
from tribuna.importers.actions.bodies import LEFT_OUT, PICTURE_ELSEWHERE
from tribuna.importers.actions.planting import plant
from tribuna.importers.base import Said
from tribuna.newsroom.models import ArticlePage, AuthorPage, NewsImage, SectionPage, TopicPage

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom")]


def test_a_story_comes_with_all_that_belongs_to_it():
    outcome = bring(*archive())
    assert told(outcome, "article") == {"read": 3, "created": 3}
    story = ArticlePage.objects.get(title="Story 1")
    assert story.section.title == "Harbour"
    assert story.page_above_id == story.section.pk
    assert [each.title for each in story.byline] == ["Harbour desk"]
    assert [topic.title for topic in story.topics.all()] == ["Ferries"]
    assert (story.kicker, story.standfirst, story.slug) == ("Ships", "In short.", "story-1")
    assert (story.published_at, story.first_published_at, story.updated_at) == (BEGINNING, BEGINNING, None)
    assert [(block.block_type, str(block.value)) for block in story.body] == [("paragraph", "<p>It rained.</p>")]
    assert ArticlePage.objects.for_readers().count() == 2


def test_the_tree_is_sound():
    bring(*archive())
    assert not any(Page.find_problems())
    for page in ArticlePage.objects.all():
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def test_a_story_of_another_edition_gets_section_topic_and_author_there():
    bring(*archive())
    story = ArticlePage.objects.get(title="Llueve")
    assert story.language == "es"
    for page in (story.section, story.byline[0], story.topics.get()):
        assert page.locale.language_code == "es"
        assert page.get_translations().count() == 1
    bring(*archive(), article("4", language="es", section="s"))
    assert SectionPage.objects.filter(title="Harbour").count() == 2


def test_what_changed_in_the_source_is_taken_over():
    bring(*archive())
    changed = [
        author("1", name="Port desk"),
        term("s", name="Port", is_section=True, addresses=("/port",)),
        term("t", name="Boats"),
        article(
            "1",
            section="s",
            title="It snowed",
            html="<h2>Snow</h2>",
            authors=("1",),
            topics=("t",),
            addresses=("/node/1",),
        ),
        comment("1", text="Said anew", state=Said.REJECTED),
        comment("2", parent="1", state=Said.PUBLISHED),
        comment("3", parent="2", text="", state=Said.GONE),
    ]
    outcome = bring(*changed)
    assert told(outcome, "article") == {"read": 1, "updated": 1}
    assert told(outcome, "comment") == {"read": 3, "updated": 3}
    story = ArticlePage.objects.get(title="It snowed")
    assert [block.block_type for block in story.body] == ["heading"]
    assert story.byline[0].title == "Port desk"
    assert SectionPage.objects.filter(title="Port").exists()
    assert list(Comment.objects.under(story.pk).order_by("pk").values_list("state", flat=True)) == [
        State.REJECTED,
        State.PUBLISHED,
        State.REJECTED,
    ]
    assert drifts() == []
    assert told(bring(*changed), "article") == {"read": 1, "same": 1}


def test_what_an_editor_changed_or_removed_stays():
    bring(*archive())
    ArticlePage.objects.get(title="Story 1").save_revision()
    TopicPage.objects.get(title="Ferries", locale__language_code="en").save_revision()
    AuthorPage.objects.filter(title="Harbour desk").delete()
    Comment.objects.order_by("-pk").first().delete()
    again = [author("1", name="X"), term("t", name="X"), article("1", title="X"), comment("4", article="2", text="X")]
    outcome = bring(*again)
    assert [told(outcome, kind)["kept"] for kind in ("author", "term", "article", "comment")] == [1, 1, 1, 1]
    assert not Page.objects.filter(title="X").exists()


def test_translations_are_linked_one_in_each_edition():
    bring(
        term("a", name="Town", language="en", sister="7", is_section=True),
        term("b", name="Villa", language="es", sister="7", is_section=True),
        article("1", language="en", sister="n1", section="a"),
        article("2", language="es", sister="n1", section="b"),
        article("3", language="fr", sister="n1"),
        article("4", language="tlh", sister=""),
    )
    first, second, third, fourth = ArticlePage.objects.order_by("title")
    assert second in first.get_translations()
    assert third.translation_key != first.translation_key
    assert (third.language, fourth.story_language) == ("fr", "")
    assert SectionPage.objects.get(title="Town").get_translations().get().title == "Villa"
    bring(article("5", language="es", sister="n5"))
    bring(article("6", language="en", sister="n5"))
    assert ArticlePage.objects.get(title="Story 6").get_translations().get().title == "Story 5"


def test_what_changed_only_beside_the_words_leaves_the_words():
    bring(article("1"), comment("1"))
    bring(article("1"), comment("1", email="reader@example.org"))
    assert Comment.objects.get().body_source == "Said 1"


def test_no_pages_are_soon_planted():
    plant(factories.section(), [])
    assert not any(Page.find_problems())


def test_slugs_are_each_ones_own():
    bring(*(article(str(n), title="The same", slug="search") for n in range(3)), article("4", title="***"))
    assert sorted(ArticlePage.objects.values_list("slug", flat=True)) == ["page", "search", "search-2", "search-3"]
    bring(article("5", slug="search"), term("s", name="Search", is_section=True))
    assert ArticlePage.objects.filter(slug="search-4").exists()
    assert SectionPage.objects.get(title="Search").slug == "search-2"


def test_nameless_and_endless_things_are_told():
    bring(author("a", name=" "), term("t", name="x" * 300), article("1", title=""), article("2", title="x" * 300))
    assert AuthorPage.objects.filter(title="a").exists()
    assert ArticlePage.objects.filter(title="1").exists()
    assert len(ArticlePage.objects.get(title__startswith="xx").title) == 255
    assert len(about()) == 2


def test_a_live_story_without_a_date_gets_one():
    before = timezone.now()
    bring(article("1", published_at=None))
    assert ArticlePage.objects.get().published_at >= before


def test_pictures_of_the_folder_come_and_stand_where_they_stood(tmp_path):
    (tmp_path / "1.jpg").write_bytes(factories.photograph())
    (tmp_path / "2.jpg").write_bytes(b"no picture")
    (tmp_path / "note.txt").write_text("note", encoding="utf-8")
    html = (
        '<img src="https://old.example/files/1-300x200.jpg" alt="A"><img src="/gone.jpg" alt="B">'
        '<figure><img src="/files/1.jpg"><img src="/files/1.jpg"></figure><img src="http://[broken">'
        '<video src="x"></video>'
    )
    records = [
        file("1", alt="A ferry", caption="Seen", credit="Desk"),
        file("2"),
        file("3", path="../../secret.jpg"),
        file("4", path="note.txt", addresses=("/files/note.txt",)),
        file("5", path="note.exe"),
        article("1", html=html, main_image="1", pictures=("1",)),
        article("2", main_image="2"),
    ]
    (tmp_path / "note.exe").write_bytes(b"MZ")
    outcome = bring(*records, files=tmp_path)
    assert told(outcome, "file") == {"read": 5, "created": 2, "left": 3}
    image = NewsImage.objects.get()
    assert (image.description, image.caption, image.credit) == ("A ferry", "Seen", "Desk")
    story = ArticlePage.objects.get(title="Story 1")
    assert story.main_image == image
    kinds = [block.block_type for block in story.body]
    assert kinds == ["image", "paragraph", "gallery", "paragraph", "image"]
    assert [key for key, what in about() if what == PICTURE_ELSEWHERE] == ["1", "1"]
    assert [what for key, what in about() if key == "1"].count(LEFT_OUT) == 1
    assert Redirect.objects.get(old_path="/files/1.jpg").redirect_link == image.file.url
    assert ReferenceIndex.get_references_to(image).count() >= 4
    assert told(bring(*records, files=tmp_path), "file") == {"read": 5, "same": 5}


def test_files_are_fetched_only_when_told_to(tmp_path):
    def fetch(url):
        if "lost" in url:
            raise OSError("404")
        return factories.photograph()

    records = [file("1", url="https://old.example/1.jpg"), file("2", url="https://old.example/lost.jpg")]
    assert told(bring(*records, name="a"), "file") == {"read": 2, "left": 2}
    assert told(bring(*records, name="b", is_dry=True, fetch=fetch), "file") == {"read": 2, "created": 2}
    assert told(bring(*records, name="b", files=tmp_path, fetch=fetch), "file") == {"read": 2, "created": 1, "left": 1}


def test_old_addresses_lead_to_the_new_ones(client):
    bring(*archive(), article("9", addresses=("/" + "x" * 300, "/", "http://[broken", "/node/1")))
    story = ArticlePage.objects.get(title="Story 1")
    for address in ("/node/1", "/harbour/old/", "/harbour/old?utm=1", "/?p=1"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (301, story.url), address
    assert client.get("/taxonomy/term/1").url == story.section.url
    assert client.get("/?p=99").status_code == 302
    assert {what for _key, what in about("redirect")} == {
        "The old address is too long for a redirect.",
        "The old address leads somewhere else already.",
    }


def test_a_section_that_is_wished_for_takes_what_stands_in_none():
    section = factories.section()
    bring(article("1"), section=section.title)
    assert ArticlePage.objects.get().section == section


@pytest.mark.parametrize("url", ["https://youtu.be/abcdefghijk", "https://vimeo.com/", "http://nowhere"])
def test_embeds_are_videos_pages_or_links(url):
    bring(article("1", html=f'<p>{url}</p><iframe src="https://example.org/map"></iframe><table><tr><td>1</table>'))
    kinds = [block.block_type for block in ArticlePage.objects.get().body]
    assert kinds == ["embed" if "youtu" in url else "paragraph", "embed", "table"]
    for block in ArticlePage.objects.get().body:
        block.block.clean(block.value)
