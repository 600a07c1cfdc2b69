"""Stories that are hard to write down: every document takes them, and none tells what isn't public."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests import factories
from tests.syndication.reading import is_address, read_atom, read_json, read_rss, tree
from tests.theme.factories import body, soup
from tests.theme.vocabulary import check
from tribuna.newsroom.models import LivePost
from tribuna.syndication.queries import document_addresses

HOST = "http://testserver"
READERS = {"rss.xml": read_rss, "atom.xml": read_atom, "feed.json": read_json}
TITLE = "R&D <b>\"x\"</b> ]]> 'q' 🦆👩‍👧 مرحبا بالعالم &amp; --> \u202eevil " + "é" * 180
LINKS = (
    '<p><a href="#note">1</a> <a href="../?a=1&amp;b=2">2</a> <a href="//else.example/">3</a> '
    '<a href="mailto:desk@example.org">4</a> <a href="//[x/">5</a> says: href="/no-link" <br/></p>'
)


@pytest.fixture
def story(newsroom):
    picture = factories.image(file=factories.photograph((640, 480)), credit="A & <B>", caption='"]]>')
    return factories.article(
        title=TITLE,
        slug="hard",
        standfirst=f"{TITLE} {TITLE}",
        kicker="K & <i>",
        story_language="ar",
        authors=[factories.author('A & <B> "C"', slug="desk")],
        topics=[factories.topic("T & <U>", slug="tea")],
        main_image=picture,
        body=body(
            ("heading", TITLE[:200]),
            ("quote", {"text": "<script>\n&", "attribution": "x & <y>"}),
            ("paragraph", LINKS.replace('<a href="//[x/">5</a>', "5")),
        ),
    )


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "place", ["/", "/en/", "/en/city/", "/en/authors/desk/", "/en/topics/tea/", "/en/languages/ar/"]
)
def test_every_feed_takes_any_text(client, story, place, name):
    (item,) = READERS[name](client.get(f"{place}{name}"))
    assert (item["title"] if name == "feed.json" else "".join(item.itertext())).count(TITLE) >= 1


def test_links_lead_where_they_led_on_the_page(client, story):
    (item,) = read_json(client.get("/en/feed.json"))
    html = item["content_html"]
    assert [link["href"] for link in soup_of(html).find_all("a")] == [
        *(f"{HOST}/en/city/hard/#note", f"{HOST}/en/city/?a=1&b=2", "http://else.example/", "mailto:desk@example.org")
    ]
    assert 'says: href="/no-link"' in html  # words are words
    text = client.get("/en/city/hard/index.md").text
    assert f"[2]({HOST}/en/city/?a=1&b=2)" in text


def soup_of(html):
    return soup(type("Answer", (), {"content": html.encode(), "status_code": 200}))


def test_what_is_no_address_stays_as_it_is(client, newsroom):
    factories.article(body=body(("paragraph", LINKS)))
    html = json.loads(client.get("/en/feed.json").content)["items"][0]["content_html"]
    assert '<a href="//[x/">5</a>' in html


def test_a_story_of_which_there_is_nothing_to_say_has_no_summary(client, newsroom):
    factories.article(body=body(("embed", {"url": "https://vimeo.com/1", "title": ""})))
    factories.article(title="Bare", body="[]")
    for name, reader in READERS.items():
        assert len(reader(client.get(f"/en/{name}"))) == 2


def test_cards_pages_and_sitemaps_take_any_text(client, story):
    card = json.loads(client.get("/oembed.json", {"url": f"{HOST}{story.url}"}).content)
    assert card["title"] == TITLE
    assert [tag.name for tag in soup_of(card["html"]).find_all(True)] == ["blockquote", "p", "a", "p", "p"]
    assert tree(client.get("/oembed.xml", {"url": f"{HOST}{story.url}"})).findtext("title") == TITLE
    news = tree(client.get("/en/sitemap-news.xml"))
    assert TITLE in "".join(news.itertext())
    page = soup(client.get(story.url))
    check(json.loads(page.head.find("script", type="application/ld+json").string)["@graph"])
    assert page.head.find("meta", property="og:title")["content"] == TITLE
    assert page.head.find_all("b") == []
    assert client.get("/llms.txt").text.count("index.md)") == 1


def test_the_twin_of_a_live_blog_holds_its_posts_in_the_local_time(client, newsroom, settings):
    settings.TIME_ZONE = "America/Argentina/Buenos_Aires"
    night = timezone.now().replace(year=2026, month=3, day=2, hour=1, minute=30)
    blog = factories.article(live_blog="running", published_at=night)
    for title, words in (("It <left>", "On time."), ("", 'See <a href="/en/city/">there</a>.')):
        LivePost.objects.create(story=blog, title=title, at=night, body=body(("paragraph", f"<p>{words}</p>")))
    text = client.get(f"{blog.url}index.md").text
    assert "\nPublication date: 1 March 2026\n" in text
    assert "\n## 1 March 2026, 22:30: It \\<left\\>\n\nOn time.\n" in text
    assert f"\n## 1 March 2026, 22:30\n\nSee [there]({HOST}/en/city/).\n" in text


SECRET = "Unheard"


@pytest.fixture
def secrets(newsroom):
    """Stories of all the kinds that readers must not see, by authors and about topics that they may."""
    closed = factories.section(f"{SECRET} section")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    facts = {"authors": [factories.author(slug="desk")], "topics": [factories.topic(slug="tea")]}
    private = factories.article(title=f"{SECRET} one", **facts)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.PASSWORD, password="x")
    later = timezone.now() + timedelta(days=1)
    changed = factories.article(title="Heard", slug="heard", **facts)
    changed.title = f"{SECRET} draft of a change"
    changed.save_revision()
    return [
        private,
        factories.article(title=f"{SECRET} two", parent=closed, **facts),
        factories.article(title=f"{SECRET} three", live=False, **facts),
        factories.article(title=f"{SECRET} four", live=False, go_live_at=later, **facts),
        factories.article(title=f"{SECRET} five", expire_at=timezone.now() - timedelta(seconds=1), **facts),
    ]


def test_no_document_tells_a_secret(client, secrets):
    addresses = [address.removeprefix(HOST) for address in document_addresses()]
    assert {"/en/rss.xml", "/en/authors/desk/atom.xml", "/llms.txt", "/en/city/heard/index.md"} <= set(addresses)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.text, address
        assert "unheard" not in answer.text, address
    for story in secrets:
        for address in (story.url, f"{story.url}index.md", f"/oembed.json?url={HOST}{story.url}"):
            answer = client.get(address)
            assert answer.status_code in {302, 404} or "<form" in answer.text, address
            assert story.title not in answer.text, address


@pytest.mark.parametrize("name", ["/sitemap.xml", "/en/sitemap-1.xml", "/en/sitemap-news.xml"])
def test_maps_lead_only_to_pages_that_answer(client, secrets, name):
    for location in tree(client.get(name)).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        assert is_address(location.text)
        assert client.get(location.text.removeprefix(HOST)).status_code == 200, location.text
