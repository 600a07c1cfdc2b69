from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError

from tests import factories
from tribuna.newsroom.blocks import BodyBlock, EmbedBlock, Film, Loaded, PrintedText, at_hand, film_at
from tribuna.newsroom.models import ArticlePage, NewsImage

YOUTUBE = Film("YouTube", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")
VIMEO = Film("Vimeo", "https://player.vimeo.com/video/1084537?dnt=1")


@pytest.mark.parametrize(
    ("url", "film"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=10s", YOUTUBE),
        ("https://m.youtube.com/watch?v=aqz-KE-bpKQ", YOUTUBE),
        ("https://youtu.be/aqz-KE-bpKQ?si=x", YOUTUBE),
        ("https://www.youtube.com/shorts/aqz-KE-bpKQ/", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ", YOUTUBE),
        ("https://vimeo.com/1084537", VIMEO),
        ("https://vimeo.com/channels/staffpicks/1084537", VIMEO),
        ("https://player.vimeo.com/video/1084537", VIMEO),
        ("https://www.youtube.com/@harbour", Film("YouTube")),
        ("https://vimeo.com/features", Film("Vimeo")),
        ("https://www.harbour.example/film", Film("harbour.example")),
        ("https://youtube.com.example/watch?v=aqz-KE-bpKQ", Film("youtube.com.example")),
        ("mailto:desk@harbour.example", Film("")),
    ],
)
def test_an_address_tells_where_a_film_is_to_be_seen(url, film):
    assert film_at(url) == film


def test_an_embed_knows_its_film():
    block = EmbedBlock()
    value = block.clean(block.to_python({"url": "https://youtu.be/aqz-KE-bpKQ", "title": "A rabbit"}))
    assert value.film == YOUTUBE


def test_an_unknown_house_is_only_linked_to():
    block = EmbedBlock()
    value = block.clean(block.to_python({"url": "https://harbour.example/film", "title": "The quay"}))
    assert value.film.player == ""


def test_an_address_that_leads_to_no_film_is_refused_in_clear_words():
    block = EmbedBlock()
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python({"url": "https://vimeo.com/features", "title": "Films"}))
    message = refusal.value.block_errors["url"].messages[0]
    assert message == "This leads to Vimeo but not to a video. Open the video there and copy its address."


def test_choosers_take_what_is_at_hand(newsroom, django_assert_num_queries):
    image, story = factories.image(), factories.article()
    raw = [
        {"type": "image", "value": {"image": image.pk}},
        {"type": "image", "value": {"image": image.pk + 1}},
        {"type": "read_more", "value": story.pk},
    ]
    with django_assert_num_queries(0):
        token = at_hand.set(Loaded({NewsImage: {image.pk: image}, ArticlePage: {story.pk: story}}, None))
        first, gone, more = BodyBlock().to_python(raw)
        assert (first.value["image"], gone.value["image"], more.value) == (image, None, story)
        at_hand.reset(token)


def test_choosers_ask_the_database_when_nothing_is_at_hand(newsroom):
    image = factories.image()
    assert BodyBlock().to_python([{"type": "image", "value": {"image": image.pk}}])[0].value["image"] == image


def test_printed_text_shows_its_html_and_keeps_its_source():
    text = PrintedText('<a linktype="page" id="1">x</a>', '<a href="/en/">x</a>')
    assert (str(text), text.source) == ('<a href="/en/">x</a>', '<a linktype="page" id="1">x</a>')
