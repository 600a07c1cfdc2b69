"""One story for machines: its Markdown twin, its oEmbed card, the guide for language models."""

from __future__ import annotations

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from wagtail.embeds.finders.oembed import OEmbedFinder
from wagtail.models import PageViewRestriction

from tests import factories
from tests.syndication.reading import is_address
from tests.theme.factories import PARAGRAPH, body, soup
from tribuna.newsroom.blocks import BodyBlock
from tribuna.syndication.writers.prose import Prose

HOST = "http://testserver"


def test_every_kind_of_block_can_be_written():
    assert {name for name in BodyBlock().child_blocks if not hasattr(Prose, name)} == set()


# --- Markdown ---------------------------------------------------------------------------------------------------------
def twin(client, address):
    answer = client.get(f"{address}index.md")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    return answer


def test_a_story_has_a_twin_with_all_of_it(client, full):
    answer = twin(client, full.url)
    text = answer.content.decode()
    assert answer["Link"] == f'<{HOST}{full.url}>; rel="canonical"'
    assert text.startswith(
        "Report\n\n# The night the ferry came back\n\n**Forty people walked on board.**\n\nBy [Harbour"
    )
    for line in (
        f"By [Harbour desk]({HOST}/en/authors/harbour-desk/)",
        "Publication date: 2 December 2022",
        "Updated: 3 December 2022, 08:15",
        "Topics: Ferries",
        "*The quay at dawn Image: Photo desk*",
        "The ferry smelt of **oranges**.",
        "- Forty on board",
        "## What the water remembers",
        "*Gulls on the quay Image: Photo desk*",
        "> We came to see the edge.",
        "[The ramp comes down](https://vimeo.com/12345678) (Vimeo)",
        "| January | 4.5 |",
        f"**READ MORE:** [Older story]({HOST}/en/city/older-story/)",
        "## Corrections",
        "- 4 December 2022: It was six minutes past two.",
        f"Original: <{HOST}{full.url}>",
    ):
        assert f"\n{line}\n" in text, line
    assert text.count("![A white ferry](http://testserver/media/") == 3
    assert "\n\n\n" not in text


def test_a_twin_is_in_the_storys_language_and_its_labels_in_ours(client, newsroom):
    factories.article(title="Le port", language="es", story_language="fr", body=body(PARAGRAPH, ("heading", "Quai")))
    answer = twin(client, "/es/ciudad/le-port/")
    assert answer["Content-Language"] == "fr"
    assert "Fecha de publicación:" in answer.content.decode()


def test_what_looks_like_markdown_is_text(client, newsroom):
    factories.article(title="2 * 3 * 4 <b> [x](y)", slug="signs", body=body(("heading", "_under_ & over")))
    text = twin(client, "/en/city/signs/").content.decode()
    assert text.startswith(r"# 2 \* 3 \* 4 \<b\> \[x\](y)")
    assert r"## \_under\_ \& over" in text


def test_a_twin_of_an_alias_names_its_original(client, newsroom):
    story = factories.article()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, copy_parents=True, alias=True)
    assert twin(client, alias.url)["Link"] == f'<{HOST}{story.url}>; rel="canonical"'


def test_only_public_stories_have_twins(client, newsroom):
    story = factories.article()
    factories.article(title="Draft", live=False)
    for address in ("/en/city/index.md", "/en/index.md", "/en/city/draft/index.md", "/en/city/nothing/index.md"):
        assert client.get(address).status_code == 404, address
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{story.url}index.md").status_code == 404


def test_a_page_leads_to_its_twin(client, full):
    (link,) = soup(client.get(full.url)).head.find_all("link", type="text/markdown")
    assert link["href"] == f"{HOST}{full.url}index.md"
    assert client.get(link["href"].removeprefix(HOST)).status_code == 200


def test_the_guide_leads_to_sections_and_twins(client, full, newsroom):
    home = newsroom.homes["en"]
    home.tagline = "From the harbour"
    home.save()
    answer = client.get("/llms.txt")
    text = answer.content.decode()
    assert text.startswith("# The Tribune\n\n> From the harbour\n\n## ")
    assert f"- [City]({HOST}/en/city/)" in text
    assert f"- [Ciudad]({HOST}/es/ciudad/)" in text
    assert f"[The night the ferry came back]({HOST}{full.url}index.md): Forty people walked on board." in text
    assert f"[Vuelve el barco]({HOST}/es/ciudad/vuelve-el-barco/index.md)" in text


def test_the_guide_of_an_empty_paper_says_whose_it_is(client, db):
    factories.newsroom()
    assert (
        client.get("/llms.txt").content.decode().startswith("# The Tribune\n\n## The Tribune (en)\n\n- [The Tribune]")
    )


# --- oEmbed 1.0 (oembed.com) ------------------------------------------------------------------------------------------
def card(client, address, **parameters):
    answer = client.get("/oembed.json", {"url": address, **parameters})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    facts = json.loads(answer.content)
    assert facts["version"] == "1.0"  # 2.3.4: required
    assert facts["type"] in {"link", "rich"}
    if facts["type"] == "rich":  # 2.3.4.4: required
        assert facts["html"]
        assert facts["width"] <= float(parameters.get("maxwidth", "inf"))
        assert facts["height"] <= float(parameters.get("maxheight", "inf"))
    thumbnail = {name for name in facts if name.startswith("thumbnail_")}
    assert thumbnail in (set(), {"thumbnail_url", "thumbnail_width", "thumbnail_height"})  # all three or none
    return facts


def test_a_story_has_a_card(client, full):
    facts = card(client, f"{HOST}{full.url}")
    assert (facts["type"], facts["title"]) == ("rich", "The night the ferry came back")
    assert (facts["provider_name"], facts["provider_url"]) == ("The Tribune", f"{HOST}/")
    assert (facts["author_name"], facts["author_url"]) == ("Harbour desk", f"{HOST}/en/authors/harbour-desk/")
    assert is_address(facts["thumbnail_url"])
    assert facts["html"] == (
        f'<blockquote lang="en"><p><a href="{HOST}{full.url}">The night the ferry came back</a></p>'
        "<p>Forty people walked on board.</p><p>The Tribune</p></blockquote>"
    )


def test_a_card_fits_into_its_room(client, full):
    address = f"{HOST}{full.url}"
    facts = card(client, address, maxwidth="300", maxheight="250")
    assert (facts["type"], facts["width"], facts["height"]) == ("rich", 300, 200)
    assert "thumbnail_url" not in facts
    assert card(client, address, maxwidth="150")["type"] == "link"
    assert card(client, address, maxheight="40")["type"] == "link"


def test_nothing_in_a_story_becomes_markup_elsewhere(client, newsroom):
    factories.article(title="<script>x</script>", slug="sign", standfirst='"><img onerror=x>')
    facts = card(client, f"{HOST}/en/city/sign")
    assert "<script>" not in facts["html"]
    assert "<img" not in facts["html"]
    assert not {"author_name", "thumbnail_url"} & set(facts)


def test_a_card_in_xml_says_the_same(client, full):
    address = f"{HOST}{full.url}"
    answer = client.get("/oembed.xml", {"url": address})
    assert answer.content == client.get("/oembed.json", {"url": address, "format": "xml"}).content
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in card(client, address).items()
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_leads_to_its_cards(client, full, language):
    address = full.url if language == "en" else "/es/ciudad/vuelve-el-barco/"
    head = soup(client.get(address)).head
    for kind, form in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        link = head.find("link", type=kind)
        assert link["href"] == f"{HOST}/oembed.{form}?url={quote(HOST + address, safe='')}"
        assert client.get(link["href"].removeprefix(HOST)).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("", "nothing", "https://elsewhere.example/en/city/ferry-returns/", "http://[::1/en/", f"{HOST}/"),
        *(f"{HOST}/en/city/", f"{HOST}/en/nothing/", f"{HOST}/fr/city/ferry-returns/", "ftp://testserver/en/city/"),
    ],
)
def test_other_addresses_have_no_card(client, newsroom, address):
    factories.article()
    assert client.get("/oembed.json", {"url": address}).status_code == 404


def test_what_is_asked_wrongly_is_told_so(client, newsroom):
    address = f"{HOST}{factories.article().url}"
    assert client.get("/oembed.json", {"url": address, "format": "yaml"}).status_code == 501
    assert client.get("/oembed.json", {"url": address, "maxwidth": "wide"}).status_code == 400
    assert client.get("/oembed.json", {"url": address, "maxheight": "-1"}).status_code == 400
    assert client.get("/oembed.json", {"url": address, "maxheight": "nan"}).status_code == 400


def test_anybody_may_fetch_a_card_and_keep_it_for_an_hour(client, newsroom):
    answer = client.get("/oembed.json", {"url": f"{HOST}{factories.article().url}"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_another_program_shows_the_card(live_server):
    newsroom = factories.newsroom()
    newsroom.site.hostname, newsroom.site.port = live_server.thread.host, live_server.thread.port
    newsroom.site.save()
    story = factories.article(standfirst="Forty people walked on board.")
    provider = {"endpoint": f"{live_server.url}/oembed.{{format}}", "urls": [rf"^{live_server.url}/.+$"]}
    found = OEmbedFinder([provider]).find_embed(f"{live_server.url}{story.url}", max_width=400)
    assert (found["type"], found["title"], found["provider_name"]) == ("rich", "Ferry returns", "The Tribune")
    assert (found["width"], found["height"]) == (400, 200)
    assert f'<a href="{live_server.url}{story.url}">Ferry returns</a>' in found["html"]
