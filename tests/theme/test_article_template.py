"""The article: the story in its own language, everything around it in the reader's."""

from __future__ import annotations

import pytest
from django.utils.translation import ngettext, override

from tests import factories
from tests.comments.factories import comment
from tests.theme.factories import DECEMBER, PARAGRAPH, body, printed, said, soup
from tribuna.newsroom.models import ArticlePage


def test_an_article_carries_the_story_in_its_language_and_the_labels_in_ours(client, newsroom, picture):
    older = factories.article(title="Older story")
    factories.article(
        title="Pilots want their tower back",
        language="es",
        story_language="en",
        published_at=DECEMBER,
        main_image=picture,
        body=body(PARAGRAPH, ("read_more", older.pk)),
    )
    page = soup(client.get("/es/ciudad/pilots-want-their-tower-back/"))
    story = page.find("article", class_="story")
    facts = story.find(class_="facts")
    assert (page.html["lang"], story["lang"], story["dir"], facts["lang"]) == ("es", "en", "ltr", "es")
    assert page.title["lang"] == "en"
    assert page.title.text.startswith("Pilots want their tower back – ")
    steps = page.find("nav", class_="breadcrumb").find_all("li")
    assert steps[-1].text == page.h1.text == "Pilots want their tower back"
    assert steps[-1].span["aria-current"] == "page"
    assert steps[-1].span["lang"] == "en"
    assert facts.time.text == "2 de diciembre de 2022"
    assert facts.time["datetime"].startswith("2022-12-02T")
    assert said("Publication date:", "es") in facts.text
    assert facts.find(class_="byline") is None
    with override("es"):
        nothing = ngettext("%(number)s comment", "%(number)s comments", 0) % {"number": 0}
    assert facts.find("a", href="#comments").text.strip() == nothing
    assert story.find(class_="read-more").text == "READ MORE: Older story"
    assert "Image: Photo desk" in story.figcaption.text
    assert page.find("nav", class_="sections").a["aria-current"] == "true"


@pytest.mark.parametrize(("language", "way"), [("fr", "ltr"), ("pt", "ltr"), ("ar", "rtl")])
def test_words_in_a_story_are_in_its_language(client, newsroom, picture, language, way):
    older = factories.article(title="Older story")
    factories.article(
        title="Port", story_language=language, main_image=picture, body=body(PARAGRAPH, ("read_more", older.pk))
    )
    page = soup(client.get("/en/city/port/"))
    story = page.find("article", class_="story")
    assert (story["lang"], story["dir"]) == (language, way)
    assert story.find(class_="read-more").strong.text == said("READ MORE:", language)
    assert story.find(class_="read-more").a["lang"] == "en"
    assert said("Image: %(credit)s", language, credit="Photo desk") in story.figcaption.text
    assert (story.find(class_="facts")["lang"], story.find(class_="facts")["dir"]) == ("en", "ltr")
    card = soup(client.get("/en/city/")).find("article", lang=language)
    assert card["dir"] == way
    assert card.find(class_="card-facts")["lang"] == "en"


def test_a_full_article_shows_all_of_it(client, full):
    page = soup(client.get(full.url))
    story = page.find("article", class_="story")
    assert story.find(class_="byline").text == "By Harbour desk"
    assert [each.text for each in story.find(class_="facts").find_all("time")] == [
        "2 December 2022",
        "3 December 2022, 08:15",
    ]
    assert story.find(class_="facts").find("a", hreflang="es").text == "Español"
    assert story.find(class_="main-image").img["alt"] == "A white ferry"
    assert len(story.find(class_="gallery").find_all("li")) == 2
    assert [image["alt"] for image in story.find(class_="gallery").find_all("img")] == ["A white ferry", "Gulls"]
    assert story.find("td", class_="number").text == "4.5"
    assert story.find("caption").text == "Crossings"
    assert len(story.find_all(class_="read-more")) == 1
    log = story.find(class_="corrections")
    assert (log.time.text, log.li.p.text) == ("4 December 2022", "It was six minutes past two.")
    assert page.find(class_="topics").a.text == "Ferries"
    assert page.find(class_="related").h3.text == "Older story"
    assert {link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)} == {
        "en": "http://testserver/en/city/the-night-the-ferry-came-back/",
        "es": "http://testserver/es/ciudad/vuelve-el-barco/",
        "x-default": "http://testserver/en/city/the-night-the-ferry-came-back/",
    }
    assert page.find("link", rel="canonical")["href"] == "http://testserver/en/city/the-night-the-ferry-came-back/"
    assert page.find("meta", attrs={"name": "description"})["content"] == "Forty people walked on board."


def test_a_film_is_only_offered(client, full):
    films = soup(client.get(full.url)).find_all(class_="embed")
    known, unknown = films
    assert known["data-player"].startswith("https://player.vimeo.com/video/12345678")
    assert known.find("button").has_attr("hidden")  # of no use without the script
    assert "Vimeo" in known.find("a", href="https://vimeo.com/12345678").text
    assert not unknown.has_attr("data-player")
    assert unknown.find("button") is None
    assert "example.org" in unknown.a.text
    assert not any(film.find("iframe") for film in films)


def test_numbers_in_a_table_are_written_as_in_the_story(client, newsroom):
    columns = [{"type": "number", "heading": "Viajes"}]
    table = ("table", {"caption": "Viajes", "columns": columns, "rows": [{"values": ["4.5"]}]})
    factories.article(title="Viajes", story_language="es", body=body(table))
    assert soup(client.get("/en/city/viajes/")).find("td").text == "4,5"


def test_comments_are_a_nested_list_of_articles(client, full):
    page = soup(client.get(full.url))
    thread = page.find(id="comments")
    assert thread["aria-labelledby"] == thread.h2["id"]
    outer = thread.find("ol", recursive=False)
    first = outer.li.article
    reply = outer.li.ol.li.article
    assert first.find("a", class_="comment-answers") is None
    assert reply.find("a", class_="comment-answers")["href"] == f"#{first['id']}"
    assert reply.find(class_="comment-text")["lang"] == "es"
    assert "reply_to=" in reply.find(attrs={"data-opens-form": True})["href"]
    assert page.find(class_="facts-comments").text.strip() == "2 comments"


def test_a_story_can_be_previewed_before_it_is_stored(newsroom, picture):
    section = newsroom.sections["es"]
    draft = ArticlePage(title="Draft", locale=section.locale, main_image=picture, body=body(PARAGRAPH))
    draft.depth, draft.path = section.depth + 1, section._get_path(section.path, section.depth + 1, 1)
    draft.set_url_path(section)
    page = soup(draft.make_preview_request())
    assert page.h1.text == "Draft"
    assert page.find(class_="breadcrumb").find_all("a")[-1].text == "Ciudad"
    assert page.find(id="comments") is None


def test_a_closed_article_says_so_and_offers_no_form(client, newsroom):
    factories.article(title="Closed", comments_policy="closed")
    thread = soup(client.get("/en/city/closed/")).find(id="comments")
    assert thread.find("a", attrs={"data-opens-form": True}) is None
    assert "closed" in thread.find(class_="thread-closed").text


def test_an_article_with_fifty_comments_stays_within_sixteen_queries(client, full, django_assert_max_num_queries):
    for each in range(50):
        comment(full, f"Comment {each}")
    printed(client, full.url)
    with django_assert_max_num_queries(16):
        response = client.get(full.url)
    assert len(soup(response).find_all("article", class_="comment")) == 50
