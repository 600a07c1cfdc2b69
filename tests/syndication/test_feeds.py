"""Feeds: of the paper, an edition, a section, a topic, an author, a language; in three formats."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from tests import factories
from tests.syndication.reading import ATOM, CONTENT, DUBLIN_CORE, MEDIA, read_atom, read_json, read_rss, tree
from tests.theme.factories import DECEMBER, PARAGRAPH, body
from tribuna.newsroom.models import Publication
from tribuna.syndication.models import Terms

FULL = "The night the ferry came back"
READERS = {"rss.xml": read_rss, "atom.xml": read_atom, "feed.json": read_json}
PLACES = {
    "/": {FULL, "Older story", "Vuelve el barco"},
    "/en/": {FULL, "Older story"},
    "/es/": {"Vuelve el barco"},
    "/en/city/": {FULL, "Older story"},
    "/en/authors/harbour-desk/": {FULL},
    "/en/topics/ferries/": {FULL},
    "/en/languages/en/": {FULL, "Older story"},
    "/en/languages/fr/": set(),
}


def title_of(item):
    if isinstance(item, dict):
        return item["title"]
    return item.findtext("title") or item.findtext(f"{ATOM}title")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("place", PLACES)
def test_every_feed_keeps_the_rules_and_holds_its_stories(client, full, place, name):
    items = READERS[name](client.get(f"{place}{name}"))
    assert {title_of(item) for item in items} == PLACES[place]


def test_rss_carries_the_whole_story_with_addresses_that_work_elsewhere(client, full):
    item = next(item for item in read_rss(client.get("/en/rss.xml")) if title_of(item) == FULL)
    html = item.findtext(f"{CONTENT}encoded")
    assert "<p>The ferry smelt of <b>oranges</b>.</p>" in html
    assert html.count("<figure>") == 3
    assert html.count('<img src="http://testserver/media/') == 3
    assert "Gulls on the quay Image: Photo desk" in html
    assert "<cite>A passenger</cite>" in html
    assert '<a href="https://vimeo.com/12345678">The ramp comes down</a> (Vimeo)' in html
    assert "<caption>Crossings</caption>" in html
    assert "<td>January</td><td>4.5</td>" in html
    assert html.endswith('<a href="http://testserver/en/city/older-story/">Older story</a></p>')
    assert item.findtext("description") == "Forty people walked on board."
    assert item.findtext("pubDate") == "Fri, 02 Dec 2022 09:30:00 +0000"
    assert item.findtext("category") == "Ferries"
    assert item.findtext(f"{DUBLIN_CORE}creator") == "Harbour desk"
    assert item.findtext(f"{DUBLIN_CORE}language") == "en"
    drawn = item.find(f"{MEDIA}content")
    assert drawn.get("url") == item.find("enclosure").get("url")
    assert drawn.findtext(f"{MEDIA}description") == "A white ferry"
    assert drawn.findtext(f"{MEDIA}credit") == "Photo desk"


def test_atom_tells_languages_authors_and_updates(client, full):
    factories.article(title="Le port", story_language="fr", body=body(PARAGRAPH))
    feed = client.get("/en/atom.xml")
    entries = {title_of(entry): entry for entry in read_atom(feed)}
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert tree(feed).get(language) == "en"
    assert [entries[title].get(language) for title in ("Le port", FULL)] == ["fr", None]
    entry = entries[FULL]
    assert entry.findtext(f"{ATOM}updated") == "2022-12-03T08:15:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == "http://testserver/en/authors/harbour-desk/"
    assert entry.find(f"{ATOM}content").get("type") == "html"


def test_a_json_feed_leaves_out_what_it_does_not_know(client, newsroom):
    factories.article(title="Ferry returns", body=body(PARAGRAPH))
    (item,) = read_json(client.get("/en/feed.json"))
    assert item["summary"] == "The ferry smelt of oranges. Forty on board"
    assert not {"image", "authors", "tags", "attachments"} & set(item)


def test_a_long_text_without_a_standfirst_is_cut_between_words(client, newsroom):
    factories.article(title="Long", body=body(("paragraph", "<p>Boats &amp; quays " + "and more boats " * 40 + "</p>")))
    (item,) = read_json(client.get("/en/feed.json"))
    assert item["summary"].startswith("Boats & quays and more")
    assert item["summary"].endswith("boats…")
    assert len(item["summary"]) <= 301


def test_an_editor_may_give_only_summaries(client, full):
    Terms.objects.create(site=Site.objects.get(), feed_content=Terms.Content.SUMMARY)
    item = next(item for item in read_rss(client.get("/en/rss.xml")) if title_of(item) == FULL)
    assert item.find(f"{CONTENT}encoded") is None
    assert item.find(f"{MEDIA}content") is not None
    item = next(item for item in read_json(client.get("/en/feed.json")) if item["title"] == FULL)
    assert item["content_text"] == "Forty people walked on board."


def test_feeds_carry_the_logo(client, full):
    assert tree(client.get("/en/rss.xml")).find("channel/image") is None
    assert "icon" not in json.loads(client.get("/en/feed.json").content)
    image = factories.image(file=factories.photograph((800, 400), image_format="PNG"), filename="logo.png")
    publication = Publication.objects.create(site=Site.objects.get(), logo=image)
    large, small = (f"http://testserver{each.url}" for each in publication.logo_prints())
    for address in ("/rss.xml", "/en/rss.xml", "/en/city/rss.xml", "/en/languages/en/rss.xml"):
        channel = tree(client.get(address)).find("channel")
        assert {each.tag: each.text for each in channel.find("image")} == {
            "url": small,
            "width": "144",
            "height": "72",
            "title": channel.findtext("title"),
            "link": channel.findtext("link"),
        }
        read_rss(client.get(address))
    feed = client.get("/en/atom.xml")
    assert tree(feed).findtext(f"{ATOM}logo") == large
    assert read_atom(feed)
    assert json.loads(client.get("/en/feed.json").content)["icon"] == large


def test_a_picture_whose_file_is_gone_has_no_size(client, full):
    prints = full.main_image.prints("lead").values()
    for each in prints:
        full.main_image.file.storage.delete(each.name)
    item = next(item for item in read_json(client.get("/en/feed.json")) if item["title"] == FULL)
    assert set(item["attachments"][0]) == {"url", "mime_type"}


def test_a_gallery_may_hold_pictures_that_are_gone_and_links_that_lead_nowhere(client, newsroom):
    gone = {"image": 999_999, "alt": "", "caption": ""}
    blocks = [("image", gone), ("gallery", [{"type": "item", "id": "x", "value": gone}]), ("read_more", 999_999)]
    factories.article(body=body(*blocks, ("heading", "Last")))
    (item,) = read_json(client.get("/en/feed.json"))
    assert item["content_html"] == "<h2>Last</h2>"


def test_what_xml_cannot_hold_is_left_out(client, newsroom):
    factories.article(title="Fer\x02ry & <co>", standfirst="A\x0bB & C", body=body(("heading", "One\x1f & two")))
    for name in ("rss.xml", "atom.xml"):
        (item,) = READERS[name](client.get(f"/en/{name}"))
        assert title_of(item) == "Ferry & <co>"


def test_a_story_keeps_its_name_wherever_it_moves(client, newsroom):
    story = factories.article()
    before = read_json(client.get("/en/feed.json"))[0]
    story.move(factories.section("Sport"), pos="last-child")
    after = read_json(client.get("/en/feed.json"))[0]
    assert before["id"] == after["id"]
    assert before["url"] != after["url"] == "http://testserver/en/sport/ferry-returns/"


def test_the_feed_of_the_paper_has_each_story_once(client, newsroom):
    story = factories.article(published_at=DECEMBER)
    story.copy_for_translation(newsroom.homes["es"].locale, copy_parents=True, alias=True)
    newer = factories.article(title="Más nuevo", language="es")
    feed = client.get("/feed.json")
    assert [item["title"] for item in read_json(feed)] == [newer.title, story.title]
    assert [item["language"] for item in read_json(feed)] == ["es", "en"]
    assert "language" not in json.loads(feed.content)
    (alias,) = [item for item in read_json(client.get("/es/feed.json")) if item["title"] == story.title]
    assert alias["id"] != read_json(feed)[1]["id"]


def test_a_language_has_a_feed_in_each_edition(client, newsroom):
    factories.article(title="Own")
    factories.article(title="Guest", story_language="fr")
    factories.article(title="English guest", language="es", story_language="en")
    assert [item["title"] for item in read_json(client.get("/en/languages/fr/feed.json"))] == ["Guest"]
    assert [item["title"] for item in read_json(client.get("/en/languages/en/feed.json"))] == ["Own"]
    assert [item["title"] for item in read_json(client.get("/es/languages/en/feed.json"))] == ["English guest"]


@pytest.mark.parametrize(
    "address",
    [
        "/en/city/ferry-returns/rss.xml",  # a story
        "/en/authors/rss.xml",  # a list of pages
        "/en/nothing/rss.xml",
        "/en/languages/tlh/rss.xml",
        "/en/fr/rss.xml",
    ],
)
def test_what_has_no_feed_is_not_found(client, newsroom, address):
    factories.article()
    assert client.get(address).status_code == 404


def test_nothing_private_stands_in_a_feed(client, newsroom):
    city = newsroom.sections["en"]
    factories.article()
    PageViewRestriction.objects.create(page=city, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/en/city/rss.xml").status_code == 404
    assert read_rss(client.get("/en/rss.xml")) == []


def test_drafts_and_what_is_over_stand_in_no_feed(client, newsroom):
    factories.article(title="Draft", live=False)
    factories.article(title="Over", expire_at=timezone.now() - timedelta(minutes=1))
    assert read_json(client.get("/en/feed.json")) == []
    assert read_atom(client.get("/en/atom.xml")) == []


def test_hubs_are_named_in_the_feed_and_in_its_headers(client, newsroom, settings):
    settings.TRIBUNA_WEBSUB_HUBS = ["https://hub.example/"]
    answer = client.get("/en/rss.xml")
    assert answer["Link"] == '<http://testserver/en/rss.xml>; rel="self", <https://hub.example/>; rel="hub"'
    assert tree(answer).find(f"channel/{ATOM}link[@rel='hub']").get("href") == "https://hub.example/"
    assert tree(client.get("/en/atom.xml")).find(f"{ATOM}link[@rel='hub']").get("href") == "https://hub.example/"
    assert json.loads(client.get("/en/feed.json").content)["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/"}
    ]


def full_stories(number):
    desk, ferries = factories.author(), factories.topic("Ferries")
    other = factories.article(title="Elsewhere", published_at=DECEMBER)
    for each in range(number):
        image = factories.image(file=factories.photograph((640, 480)))
        blocks = [
            ("paragraph", f'<p>See <a linktype="page" id="{other.pk}">there</a>.</p>'),
            ("image", {"image": image.pk, "alt": "", "caption": ""}),
            ("read_more", other.pk),
        ]
        factories.article(title=f"Story {each}", authors=[desk], topics=[ferries], main_image=image, body=body(*blocks))


@pytest.mark.storage
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # Sites, frame, page, terms; what goes live, stories, bylines, pictures; texts, topics, their pictures, the
        # stories and the pages they lead to.
        ("/en/rss.xml", 13),
        ("/en/city/atom.xml", 13),
        ("/en/authors/harbour-desk/feed.json", 13),
        ("/en/topics/ferries/rss.xml", 13),
        ("/en/languages/en/rss.xml", 13),
        # No page, but the front pages; and for an edition without stories what goes live, and stories.
        ("/rss.xml", 15),
    ],
)
def test_a_feed_asks_as_much_for_one_story_as_for_three(
    client, newsroom, django_assert_num_queries, number, address, queries
):
    full_stories(number)
    assert client.get(address).status_code == 200  # draws what pictures need
    with django_assert_num_queries(queries):
        client.get(address)
