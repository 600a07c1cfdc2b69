"""What pages tell machines about themselves: schema.org's words, and what other sites make a card of."""

from __future__ import annotations

import json

import pytest
from wagtail.models import Site

from tests import factories
from tests.comments.factories import comment
from tests.syndication.reading import is_address, moment
from tests.theme.factories import body, soup
from tests.theme.vocabulary import check
from tribuna.newsroom.models import LivePost, Publication
from tribuna.newsroom.models.images import Print
from tribuna.theme.metadata import open_graph_locale

HOST = "http://testserver"
# What Google's documents ask of an article, a live blog and a way of pages, wherever a newsroom has it.
ARTICLE = {"headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"}
LIVE_BLOG = {"coverageStartTime", "liveBlogUpdate"}


def things(client, address):
    (script,) = soup(client.get(address)).head.find_all("script", type="application/ld+json")
    told = json.loads(script.string)
    assert told["@context"] == "https://schema.org"
    check(told["@graph"])
    return {thing["@type"]: thing for thing in told["@graph"]}


def logo() -> Print:
    """Give the site a logo, and return it as it is shown."""
    image = factories.image(file=factories.photograph((800, 400), image_format="PNG"), filename="logo.png")
    publication = Publication.objects.create(site=Site.objects.get(), logo=image)
    large, _small = publication.logo_prints()
    return large


def metas(client, address):
    head = soup(client.get(address)).head
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in head.find_all("meta", content=True)}


def steps(breadcrumb):
    items = breadcrumb["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert all(is_address(item["item"]) for item in items)
    return [(item["name"], item["item"].removeprefix(HOST)) for item in items]


def test_a_story_is_a_news_article(client, full):
    told = things(client, full.url)
    article = told["NewsArticle"]
    assert set(article) >= ARTICLE
    assert all({"name", "url"} <= set(author) for author in article["author"])
    assert article["mainEntityOfPage"] == article["url"] == f"{HOST}{full.url}"
    assert (article["headline"], article["inLanguage"]) == ("The night the ferry came back", "en")
    assert moment(article["datePublished"]) < moment(article["dateModified"])
    assert article["author"] == [{"@type": "Person", "name": "Harbour desk", "url": f"{HOST}/en/authors/harbour-desk/"}]
    assert article["publisher"] == {"@id": told["NewsMediaOrganization"]["@id"]}
    assert (article["articleSection"], article["keywords"]) == (["City"], ["Ferries"])
    assert article["commentCount"] == 2
    assert article["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2022-12-04", "text": "It was six minutes past two."}
    ]
    (image,) = article["image"]
    assert is_address(image["url"])
    assert (image["caption"], image["creditText"]) == ("The quay at dawn", "Photo desk")
    assert told["NewsMediaOrganization"]["name"] == "The Tribune"
    assert steps(told["BreadcrumbList"]) == [
        ("The Tribune", "/en/"),
        ("City", "/en/city/"),
        ("The night the ferry came back", full.url),
    ]


def test_a_live_blog_is_one_and_an_article_as_well(client, full):
    full.live_blog = "over"
    full.save()
    text = "<p>Tom &amp; Jo say <b>it</b> left.</p><p>At last.</p>"
    LivePost.objects.create(story=full, body=body(("paragraph", text)))
    blog = things(client, full.url)["LiveBlogPosting"]
    assert set(blog) >= ARTICLE | LIVE_BLOG | {"coverageEndTime"}
    (post,) = blog["liveBlogUpdate"]
    assert post["headline"] == post["articleBody"] == "Tom & Jo say it left. At last."
    assert moment(post["datePublished"]) <= moment(post["dateModified"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "NewsStory"},
        {"@type": "Person", "headline": "A person has none"},
        {"@type": "Person", "name": ""},
        {"@type": "NewsArticle", "author": "Harbour desk"},
        {"@type": "NewsArticle", "author": [{"@type": "ImageObject", "url": "https://example.org/"}]},
        {"@type": "NewsArticle", "datePublished": "yesterday"},
        {"@type": "NewsArticle", "isAccessibleForFree": 1},
    ],
)
def test_what_schema_org_does_not_know_is_seen(wrong):
    with pytest.raises((AssertionError, AttributeError)):
        check([wrong])


def test_a_desk_is_no_person(client, newsroom):
    factories.article(authors=[factories.author("City desk", is_desk=True), factories.author("Reader 1")])
    authors = things(client, "/en/city/ferry-returns/")["NewsArticle"]["author"]
    assert [author["@type"] for author in authors] == ["Organization", "Person"]


def test_a_bare_story_says_only_what_there_is(client, newsroom):
    factories.article()
    article = things(client, "/en/city/ferry-returns/")["NewsArticle"]
    assert not {"image", "author", "description", "keywords", "correction"} & set(article)
    assert article["commentCount"] == 0


def test_no_text_gets_out_of_its_element(client, newsroom):
    title = '</script><script>alert("1")</script>&lt; % %(title)s <!--'
    story = factories.article(title=title, slug="sly", standfirst=title)
    comment(story, "Hello")
    page = soup(client.get("/en/city/sly/"))
    assert [script.get("type") for script in page.find_all("script") if not script.has_attr("src")] == [
        "application/ld+json"
    ]
    assert things(client, "/en/city/sly/")["NewsArticle"]["headline"] == title
    assert metas(client, "/en/city/sly/")["og:title"] == title


def test_an_alias_speaks_of_its_original(client, newsroom):
    story = factories.article()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, copy_parents=True, alias=True)
    assert things(client, alias.url)["NewsArticle"]["url"] == f"{HOST}{story.url}"
    assert metas(client, alias.url)["og:url"] == f"{HOST}{story.url}"


def test_the_front_page_is_a_website_of_the_newsroom(client, newsroom):
    told = things(client, "/es/")
    assert set(told) == {"NewsMediaOrganization", "WebSite"}
    assert (told["WebSite"]["url"], told["WebSite"]["inLanguage"]) == (f"{HOST}/es/", "es")


def test_sections_topics_and_authors_say_where_they_stand(client, full):
    assert steps(things(client, "/en/city/")["BreadcrumbList"])[-1] == ("City", "/en/city/")
    assert [name for name, _ in steps(things(client, "/en/topics/ferries/")["BreadcrumbList"])] == [
        *("The Tribune", "Topics", "Ferries")
    ]
    person = things(client, "/en/authors/harbour-desk/")["Person"]
    assert (person["jobTitle"], person["description"]) == ("Desk", "Covers the quays.")


def test_a_story_has_a_card(client, full):
    told = metas(client, full.url)
    assert told["og:type"] == "article"
    assert (told["og:title"], told["og:site_name"]) == ("The night the ferry came back", "The Tribune")
    assert told["og:description"] == told["description"] == "Forty people walked on board."
    assert told["og:url"] == f"{HOST}{full.url}"
    assert is_address(told["og:image"])
    assert (int(told["og:image:width"]), told["og:image:alt"]) == (640, "A white ferry")
    assert told["twitter:card"] == "summary_large_image"
    assert told["article:published_time"] == "2022-12-02T09:30:00+00:00"
    assert told["article:modified_time"] == "2022-12-03T08:15:00+00:00"
    assert told["article:section"] == "City"
    assert told["robots"] == "max-image-preview:large"


def test_without_a_picture_the_card_is_small(client, newsroom):
    factories.article()
    told = metas(client, "/en/city/ferry-returns/")
    assert told["twitter:card"] == "summary"
    assert not {"og:image", "og:description", "article:modified_time"} & set(told)
    assert metas(client, "/en/")["og:type"] == "website"


def test_without_a_picture_the_logo_stands_on_the_card(client, newsroom):
    shown = logo()
    story, home = factories.article(), "/en/"
    for address in (story.url, home):
        told = metas(client, address)
        assert (told["og:image"], told["og:image:width"]) == (f"{HOST}{shown.url}", "600")
        assert (told["og:image:height"], told["og:image:alt"]) == ("300", "The Tribune")
        assert told["twitter:card"] == "summary"


def test_a_picture_stands_before_the_logo(client, full):
    shown = logo()
    assert metas(client, full.url)["og:image"] != f"{HOST}{shown.url}"


def test_the_publisher_has_a_logo(client, full):
    organisation = things(client, full.url)["NewsMediaOrganization"]
    assert "logo" not in organisation
    shown = logo()
    said = {"@type": "ImageObject", "url": f"{HOST}{shown.url}", "width": 600, "height": 300}
    for address in (full.url, "/en/", "/en/city/"):
        organisation = things(client, address)["NewsMediaOrganization"]
        assert organisation["logo"] == said
    assert things(client, full.url)["NewsArticle"]["publisher"] == {"@id": organisation["@id"]}


def test_a_card_says_its_locale_and_the_others(client, full):
    head = soup(client.get(full.url)).head
    assert [tag["content"] for tag in head.find_all("meta", property="og:locale")] == ["en_US"]
    others = [tag["content"] for tag in head.find_all("meta", property="og:locale:alternate")]
    assert others == ["es_ES"]
    assert metas(client, "/es/")["og:locale"] == "es_ES"
    factories.article(title="Le port", story_language="fr")
    told = metas(client, "/en/city/le-port/")
    assert told["og:locale"] == "fr_FR"
    assert "og:locale:alternate" not in told


@pytest.mark.parametrize(
    ("code", "locale"),
    [("en", "en_US"), ("es-mx", "es_MX"), ("zh-hans", "zh_CN"), ("pt", "pt_BR"), ("tlh", "tlh")],
)
def test_a_locale_has_a_territory_where_one_is_known(code, locale):
    assert open_graph_locale(code) == locale


def test_words_of_a_card_are_in_the_storys_language(client, newsroom):
    factories.article(title="Le port", story_language="fr", standfirst="Un bateau.")
    head = soup(client.get("/en/city/le-port/")).head
    for name in ("og:title", "og:description"):
        assert head.find("meta", property=name)["lang"] == "fr"
    assert head.find("meta", attrs={"name": "description"})["lang"] == "fr"


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("/en/", ["/en/"]),
        ("/es/archive/", ["/es/"]),
        ("/en/city/", ["/en/", f"{HOST}/en/city/"]),
        ("/en/topics/ferries/", ["/en/", f"{HOST}/en/topics/ferries/"]),
        ("/en/authors/harbour-desk/", ["/en/", f"{HOST}/en/authors/harbour-desk/"]),
        ("/en/authors/", ["/en/"]),
        ("/en/city/the-night-the-ferry-came-back/", ["/en/"]),
    ],
)
def test_pages_lead_to_their_feeds(client, full, address, places):
    head = soup(client.get(address)).head
    for kind, name in (("rss+xml", "rss.xml"), ("atom+xml", "atom.xml"), ("feed+json", "feed.json")):
        links = [link["href"] for link in head.find_all("link", rel="alternate", type=f"application/{kind}")]
        assert links == [f"{place}{name}" for place in places]
        assert all(client.get(link.removeprefix(HOST)).status_code == 200 for link in links)


def test_who_reads_no_language_of_a_page_is_sent_to_the_first(client, full):
    for address in (full.url, "/es/ciudad/vuelve-el-barco/"):
        head = soup(client.get(address)).head
        assert head.find("link", hreflang="x-default")["href"] == f"{HOST}{full.url}"
    factories.article(title="Sólo aquí", slug="solo", language="es")
    head = soup(client.get("/es/ciudad/solo/")).head
    assert head.find("link", hreflang="x-default")["href"] == f"{HOST}/es/ciudad/solo/"
