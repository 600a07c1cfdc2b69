"""Old addresses that archives know, as readers, links and programs have them."""

from __future__ import annotations

import pytest
from wagtail.documents import get_document_model
from wagtail.models import Collection

from tests import factories
from tests.importers.factories import article, author, bring, file, term
from tests.importers.samples import wxr
from tests.importers.walking import status_at
from tribuna.importers.actions import import_archive
from tribuna.importers.actions.addresses import old_path
from tribuna.importers.actions.files import SEEN_BY_ALL
from tribuna.importers.models import Finding
from tribuna.importers.sources.wordpress import TYPES, WordPress
from tribuna.newsroom.models import ArticlePage, AuthorPage, NewsImage, TopicPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom")]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/files/a b [1].jpg", "/files/a%20b%20%5B1%5D.jpg"),
        ("/files/a%20b%20%5b1%5d.jpg", "/files/a%20b%20%5B1%5D.jpg"),
        ("https://old.example/año/%C3%B1?b=2&a=1", "/año/ñ?a=1&b=2"),
        ("/a%2cb/>c/", "/a,b/%3Ec"),
        ("//[", ""),
        ("/\0", "/"),
    ],
)
def test_an_address_is_kept_as_requests_have_it(address, path):
    assert old_path(address) == path


@pytest.mark.parametrize("asked", ["/files/a%20b%20%5B1%5D.txt", "/files/a b [1].txt", "/files/a%20b%20[1].txt"])
def test_a_file_is_found_by_any_way_of_writing_its_name(client, tmp_path, asked):
    (tmp_path / "1.txt").write_text("words", encoding="utf-8")
    bring(file("1", path="1.txt", addresses=("/files/a b [1].txt",)), files=tmp_path)
    answer = client.get(asked)
    assert (answer.status_code, answer.url) == (301, get_document_model().objects.get().url)


@pytest.mark.parametrize(
    "asked",
    [
        *("/?p=7", "/?p=7&utm_source=x", "/index.php?p=7", "/?q=node/7", "/?q=/node/7/", "/?q=caf%C3%A9"),
        *("/?page_id=7", "/?attachment_id=7", "/?cat=7", "/?tag=7", "/?author=7"),
    ],
)
def test_the_front_page_is_asked_for_what_stood_elsewhere(client, asked):
    numbers = [f"/?{name}=7" for name in ("p", "page_id", "attachment_id", "cat", "tag", "author")]
    bring(article("7", addresses=("/node/7", "/café", *numbers)))
    answer = client.get(asked)
    assert (answer.status_code, answer.url) == (301, ArticlePage.objects.get().url)


@pytest.mark.parametrize("asked", ["/?q=", "/?q=/", "/?q=nothing", "/?p=", "/?p=8", "/?s=7", "/?q=//%5B", "/?p=%00"])
def test_other_questions_are_the_front_pages_own(client, asked):
    bring(article("7", addresses=("/node/7", "/?p=7", "/?s=7")))
    assert client.get(asked).url.startswith("/en/")


def test_what_is_gone_leads_nowhere(client):
    bring(article("7", addresses=("/?p=7",)))
    ArticlePage.objects.get().delete()
    assert client.get("/?p=7").url.startswith("/en/")


def test_a_picture_is_found_by_the_address_of_its_copies(client, tmp_path):
    (tmp_path / "a b.jpg").write_bytes(factories.photograph())
    addresses = ("/wp-content/uploads/a b.jpg", "/sites/default/files/a b.jpg")
    bring(file("1", path="a b.jpg", addresses=addresses), files=tmp_path)
    for asked in (
        *addresses,
        "/wp-content/uploads/a%20b-300x200.jpg",
        "/sites/default/files/styles/large/public/a%20b.jpg?itok=x",
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.url) == (301, NewsImage.objects.get().file.url), asked
    assert client.get("/wp-content/uploads/c-300x200.jpg").status_code == 404


def test_terms_and_authors_are_found_as_well(client):
    bring(
        author("1", addresses=("/author/desk/", "/?author=1")),
        term("1", is_section=True, addresses=("/category/city/port/",)),
        term("2", addresses=("/tag/rain/", "/?tag=rain")),
    )
    for asked in ("/author/desk/", "/?author=1", "/category/city/port", "/tag/rain/", "/?tag=rain"):
        answer = client.get(asked)
        assert (answer.status_code, status_at(client, answer.url)) == (301, 200), asked


def test_what_was_private_stays_so(client, tmp_path):
    for name in ("1.txt", "2.txt", "3.jpg"):
        (tmp_path / name).write_bytes(factories.photograph() if name == "3.jpg" else b"words")
    records = [
        file(name[0], path=name, is_private=True, addresses=(f"/{name}",)) for name in ("1.txt", "2.txt", "3.jpg")
    ]
    bring(*records, files=tmp_path)
    for name in ("1.txt", "2.txt"):
        answer = client.get(f"/{name}")
        assert (answer.status_code, status_at(client, answer.url)) == (301, 403)
    assert Collection.objects.filter(name="Private files of archives").count() == 1
    assert not NewsImage.objects.exists()
    assert Finding.objects.get(key="3").about == SEEN_BY_ALL


def test_subscribers_of_feeds_are_sent_on(client):
    bring(
        author("1", addresses=("/author/desk/",)),
        term("1", is_section=True, addresses=("/category/city/",)),
        term("2", addresses=("/taxonomy/term/2",)),
        article("1", addresses=("/2012/rain/",)),
    )
    story = ArticlePage.objects.get()
    places = {
        "/feed/": "/rss.xml",
        "/feed": "/rss.xml",
        "/feed/atom/": "/atom.xml",
        "/author/desk/feed/": f"{AuthorPage.objects.get().url}rss.xml",
        "/category/city/feed/rss2/": "/en/term-1/rss.xml",
        "/taxonomy/term/2/feed": f"{TopicPage.objects.get().url}rss.xml",
        "/2012/rain/feed/": story.url,
    }
    for asked, place in places.items():
        answer = client.get(asked)
        assert (answer.status_code, answer.url) == (301, place), asked
        assert status_at(client, place) == 200
    assert client.get("/category/other/feed/").status_code == 302  # into an edition, where it is not found
    assert client.get("/en/feeds/").status_code == 404
    story.delete()
    assert client.get("/2012/rain/feed/").status_code == 302


def test_a_blog_that_stood_in_a_folder_leads_to_the_home_page(client, tmp_path):
    path = wxr(tmp_path)
    path.write_text(path.read_text().replace("https://old.example<", "https://old.example/blog<"))
    for _ in range(2):
        options = {"file": [path], "types": TYPES, "categories": "sections"}
        imported = import_archive(WordPress().open(options), name="blog", source="wordpress")
        assert not imported.broken
    for asked, place in {"/blog/": "/en/", "/blog": "/en/", "/blog/feed/": "/en/rss.xml"}.items():
        answer = client.get(asked)
        assert (answer.status_code, answer.url) == (301, place), asked
        assert status_at(client, place) == 200
    assert imported.ledger.counts["redirect"]["same"] == imported.ledger.counts["redirect"]["read"]
