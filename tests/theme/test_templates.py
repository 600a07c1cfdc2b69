"""Every page, as a reader without a script gets it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests import factories
from tests.comments.factories import comment
from tests.theme.factories import printed, soup
from tribuna import theme
from tribuna.newsroom.models import ArticlePage

THEME = Path(theme.__file__).parent
TEMPLATES = sorted(str(path.relative_to(THEME / "templates")) for path in (THEME / "templates").rglob("*.html"))
LIMIT_BYTES = 12 * 1024  # of stylesheet and script together, gzipped; the issue allows 30 kB
PASSES_LIMIT_BYTES = 4_096  # as it is, not compressed


def addresses(story):
    section, author, topic = story.get_parent(), story.byline[0], story.topics.first()
    views = ["archive/", "archive/2022/12/", "search/", "search/?q=ferry", "search/?q=zzz", "nothing/"]
    form = f"articles/{story.pk}/comments/new/"
    pages = [section, story, author, author.get_parent(), topic, topic.get_parent()]
    spanish = ArticlePage.objects.get(locale__language_code="es")
    return [
        *(f"/{code}/{view}" for code in ("en", "es") for view in ("", *views, form)),
        *(page.url for page in (*pages, spanish, spanish.get_parent())),
    ]


def test_every_page_is_clean_in_both_languages(client, full):
    for address in addresses(full):
        response = client.get(address)
        page = soup(response)
        assert response.status_code == (404 if "nothing" in address else 200), address
        assert not response.cookies, address
        assert page.html["lang"] == address[1:3], address
        assert page.html["dir"] == "ltr"
        assert len(page.find_all("h1")) == 1, address
        assert page.title.text.strip(" –")
        assert page.find("a", href="#main"), address
        assert page.find(id="main").name == "main"
        inline = [
            tag
            for tag in page.find_all(True)
            if tag.name == "style" or tag.has_attr("style") or any(re.match("on[a-z]+$", name) for name in tag.attrs)
        ]
        assert inline == [], address
        scripts = page.find_all("script", type=lambda kind: kind != "application/ld+json")
        assert all(script.has_attr("src") for script in scripts)
        assert all(image.has_attr("alt") and image.has_attr("width") for image in page.find_all("img")), address
        fetched = [tag["src"] for tag in page.find_all(src=True)]
        fetched += [tag["href"] for tag in page.find_all("link", rel=["stylesheet", "icon"])]
        assert all(re.match(r"/(?!/)|data:", source) for source in fetched), address
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), address


def test_every_template_can_be_read():
    assert len(TEMPLATES) > 40
    for name in TEMPLATES:
        get_template(name)


def test_the_front_page_has_a_lead_others_and_bands(client, newsroom, picture):
    for each in range(8):
        factories.article(title=f"Story {each}", main_image=picture, standfirst="In short.")
    comment(ArticlePage.objects.get(title="Story 7"), "First!")
    page = soup(client.get("/en/"))
    assert page.h1.text == "The Tribune"
    assert page.find(class_="card-lead").h2.text == "Story 7"
    assert page.find(class_="card-lead").find(class_="card-comments").text.strip() == "1 comment"
    assert len(page.find(class_="front-leads").find_all("li")) == 4
    band = page.find("section", class_="band")
    assert band["aria-labelledby"] == band.h2["id"]
    assert [title.text for title in band.find_all("h3")] == ["Story 2", "Story 1", "Story 0"]
    loading = [image.get("loading") for image in page.find_all("img")]
    assert loading == [None, *["lazy"] * 7]


def test_the_front_page_is_whole_with_one_story_and_with_none(client, newsroom):
    assert soup(client.get("/en/")).find(class_="empty")
    factories.article(title="Alone")
    page = soup(client.get("/en/"))
    assert page.find(class_="front-alone").h2.text == "Alone"
    assert page.find(class_="band") is None
    assert page.find("main").find("img") is None


def test_a_list_leads_to_older_stories(client, newsroom):
    for each in range(21):
        factories.article(title=f"Story {each}")
    page = soup(client.get("/en/city/"))
    assert len(page.find("ol", class_="listing").find_all("li")) == 20
    older = soup(client.get("/en/city/" + page.find("a", rel="next")["href"]))
    assert [title.text for title in older.find("ol", class_="listing").find_all("h2")] == ["Story 0"]
    assert older.find("a", rel="next") is None


def test_empty_lists_say_so(client, newsroom):
    assert soup(client.get("/en/city/")).find(class_="empty")
    assert soup(client.get("/en/topics/")).find(class_="empty")
    assert soup(client.get("/en/authors/")).find(class_="empty")
    assert soup(client.get("/es/archive/")).find(class_="empty")


def test_a_search_says_how_many_and_keeps_the_words(client, newsroom):
    for each in range(21):
        factories.article(title=f"Ferry {each}")
    page = soup(client.get("/en/search/?q=ferry"))
    assert page.find("input", id="page-search")["value"] == "ferry"
    assert "21" in page.find(class_="heading-intro").text
    onward = page.find("a", rel="next")["href"]
    assert soup(client.get("/en/search/" + onward)).find("a", rel="prev")["href"] == "?q=ferry&page=1"


def test_a_listing_of_twenty_stays_within_twelve_queries(client, newsroom, picture, django_assert_max_num_queries):
    authors = [factories.author("Harbour desk")]
    for each in range(20):
        factories.article(title=f"Story {each}", main_image=picture, authors=authors)
    printed(client, "/en/city/")
    with django_assert_max_num_queries(12):
        client.get("/en/city/")


def test_stylesheet_and_script_are_small():
    sizes = [len(gzip.compress(Path(finders.find(f"theme/{name}")).read_bytes())) for name in ("site.css", "site.js")]
    assert sum(sizes) <= LIMIT_BYTES
    assert len(Path(finders.find("theme/passes.js")).read_bytes()) <= PASSES_LIMIT_BYTES


def test_the_stylesheet_reads_from_either_side():
    """Only logical properties: nothing in it knows left from right."""
    sheet = (THEME / "static/theme/site.css").read_text()
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:", sheet) == []
    assert re.findall(r"(?:float|text-align|clear)\s*:\s*(?:left|right)", sheet) == []
