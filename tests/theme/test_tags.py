"""The tags and filters, each by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import Storage
from django.template import Context, Template
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from wagtail.images.models import Picture

from tests import factories
from tribuna.comments.models import ThreadStat
from tribuna.newsroom.models.images import picture_specs
from tribuna.newsroom.queries import Listing
from tribuna.newsroom.queries.pictures import pictures_of
from tribuna.theme.templatetags import tribuna as tags


class Elsewhere(Storage):
    """Keeps nothing, and says of everything where it is."""

    def url(self, name):
        return f"/elsewhere/{name}"


def drawn(source, **context):
    return Template("{% load i18n tribuna %}" + source).render(Context(context))


def words(message, language):
    with override(language):
        return gettext(message)


@pytest.mark.parametrize(("code", "expected"), [("en", "ltr"), ("ar", "rtl"), ("pt-br", "ltr")])
def test_a_language_has_a_direction(code, expected):
    assert drawn("{{ code|direction }}", code=code) == expected


@pytest.mark.parametrize(
    ("tag", "code", "interface", "expected"),
    [
        ("lang_of", "en", "en", ""),
        ("lang_of", "en", "es", ' lang="en" dir="ltr"'),
        ("lang_of", "ar", "es", ' lang="ar" dir="rtl"'),
        ("lang_of", "", "es", ""),
        ("lang_back", "es", "es", ""),
        ("lang_back", "ar", "es", ' lang="es" dir="ltr"'),
    ],
)
def test_only_what_is_in_another_language_is_marked(tag, code, interface, expected):
    with override(interface):
        assert drawn(f"{{% {tag} code %}}", code=code) == expected


def test_a_text_in_a_story_is_marked_against_the_story():
    with override("es"):
        assert drawn("{% lang_within 'es' 'en' %}") == ' lang="es" dir="ltr"'
        assert drawn("{% lang_within 'en' 'en' %}") == ""


def test_words_in_a_story_are_in_its_language_and_those_after_it_are_not():
    with override("es"):
        shown = drawn(
            "{% instory code %}{% translate 'READ MORE:' %}{% endinstory %}|{% translate 'Comments' %}", code="fr"
        )
    assert shown == f"{words('READ MORE:', 'fr')}|{words('Comments', 'es')}"
    assert words("READ MORE:", "fr") != "READ MORE:"


def test_a_story_without_a_language_speaks_the_interface():
    with override("es"):
        shown = drawn("{% instory nothing %}{% translate 'Comments' %}{% endinstory %}")
    assert shown == words("Comments", "es")


NOON = datetime(2022, 12, 2, 11, 30, 15, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "", "2 December 2022"),
        ("es", "", "2 de diciembre de 2022"),
        ("en", "'DATETIME_FORMAT'", "2 December 2022, 12:30"),
        ("en", "'YEAR_MONTH_FORMAT'", "December 2022"),
        ("es", "'YEAR_MONTH_FORMAT'", "diciembre de 2022"),
    ],
)
def test_a_time_is_said_in_the_interface_language_and_the_sites_zone(settings, language, style, expected):
    settings.TIME_ZONE = "Europe/Madrid"
    with override(language):
        assert drawn(f"{{% time moment {style} %}}", moment=NOON) == (
            f'<time datetime="2022-12-02T12:30:15+01:00">{expected}</time>'
        )


def test_a_day_has_no_hour():
    assert drawn("{% time day %}", day=date(2022, 12, 2)) == '<time datetime="2022-12-02">2 December 2022</time>'


def test_a_byline_joins_names_and_links_them(newsroom, rf):
    authors = [factories.author(name) for name in ("Ana", "Bo & Co", "Cleo")]
    source = "{% byline authors %}"
    shown = BeautifulSoup(drawn(source, authors=authors, request=rf.get("/")), "html.parser")
    assert shown.text == "By Ana, Bo & Co and Cleo"
    assert [link["href"] for link in shown.find_all("a")] == [
        "/en/authors/ana/",
        "/en/authors/bo-co/",
        "/en/authors/cleo/",
    ]
    assert drawn(source, authors=authors[:1]) == 'By <a rel="author" href="/en/authors/ana/">Ana</a>'


def test_a_byline_without_links_escapes_too(newsroom):
    author = factories.author("<i>Ana</i>")
    assert drawn("{% byline authors links=False %}", authors=[author]) == "By &lt;i&gt;Ana&lt;/i&gt;"


def test_nobody_wrote_it():
    assert drawn("{% byline authors %}", authors=[]) == ""


def test_a_picture_comes_in_every_format_with_its_size(newsroom):
    image = factories.image(file=factories.photograph((1600, 1200)))
    shown = BeautifulSoup(
        drawn("{% picture image 'card' sizes='50vw' alt='' loading='lazy' %}", image=image), "html.parser"
    )
    assert [source["type"] for source in shown.find_all("source")] == ["image/avif", "image/webp"]
    assert {name: shown.img[name] for name in ("width", "height", "alt", "loading", "sizes")} == {
        "width": "400",
        "height": "225",
        "alt": "",
        "loading": "lazy",
        "sizes": "50vw",
    }
    assert [each.split()[1] for each in shown.img["srcset"].split(", ")] == ["400w", "800w"]


def test_a_small_picture_comes_in_one_size_of_each_format(newsroom):
    image = factories.image(file=factories.photograph((64, 36)))
    shown = BeautifulSoup(drawn("{% picture image 'card' sizes='50vw' alt='' %}", image=image), "html.parser")
    assert [source["srcset"].count(",") for source in shown.find_all("source")] == [0, 0]
    assert (shown.img["width"], shown.img.get("srcset"), shown.img.get("sizes")) == ("64", None, None)


@pytest.mark.parametrize("shape", ["card", "lead", "story", "portrait"])
@pytest.mark.parametrize("size", [(1600, 1200), (700, 500)])
def test_a_picture_is_what_wagtail_would_print(newsroom, shape, size):
    image = factories.image(file=factories.photograph(size), description="Tom & <b>")
    expected = Picture(image.get_renditions(*picture_specs(shape)), {"sizes": "50vw", "loading": "lazy"})
    with_one_size = len({rendition.width for rendition in expected.renditions}) == 1
    stored = pictures_of([image.pk])[image.pk]
    for each in (image, stored):
        shown = drawn("{% picture image shape sizes='50vw' loading='lazy' %}", image=each, shape=shape)
        assert with_one_size or shown == expected.__html__()


def test_a_picture_is_where_its_storage_says(newsroom, settings):
    image = factories.image()
    image.get_renditions(*picture_specs("card"))
    stored = pictures_of([image.pk])[image.pk]
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Elsewhere"}}
    assert 'src="/elsewhere/images/' in drawn("{% picture image 'card' alt='' title='here' %}", image=stored)


def test_a_picture_that_is_at_hand_asks_nothing(newsroom, django_assert_num_queries):
    image = factories.image()
    image.get_renditions(*picture_specs("card"))
    stored = pictures_of([image.pk])[image.pk]
    with django_assert_num_queries(0):
        assert "card" not in drawn("{% picture image 'card' alt='' %}", image=stored)


def test_a_picture_that_was_cut_elsewhere_is_printed_anew(newsroom):
    image = factories.image(file=factories.photograph((1600, 1200)))
    image.get_renditions(*picture_specs("card"))
    before = drawn("{% picture image 'card' alt='' %}", image=pictures_of([image.pk])[image.pk])
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 9, 9, 9, 9
    image.save()
    after = drawn("{% picture image 'card' alt='' %}", image=pictures_of([image.pk])[image.pk])
    assert before != after


def test_a_picture_whose_file_is_gone_breaks_nothing(newsroom):
    image = factories.image()
    image.file.storage.delete(image.file.name)
    assert "not-found" in drawn("{% picture image 'card' alt='' %}", image=image)


@pytest.mark.parametrize("number", [1, 3])
def test_counts_for_any_number_of_stories_cost_one_query(newsroom, django_assert_num_queries, number):
    stories = [factories.article(title=f"Story {each}") for each in range(number)]
    ThreadStat.objects.create(page=stories[0], visible_count=4)
    front = [(newsroom.sections["en"], stories)]
    with django_assert_num_queries(1):
        counts = tags.comment_counts(stories[0], None, Listing(stories).items, front)
    assert counts[stories[0].pk] == 4
    assert {story.pk for story in stories} <= set(counts)


def test_no_stories_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tags.comment_counts(None, []) == {}


# --- cards ------------------------------------------------------------------------------------------------------------
def test_a_card_shows_what_there_is_and_escapes_it(newsroom):
    story = factories.article(
        title="Tom & <b>Jerry</b>", kicker="<i>", standfirst="50 % & more", authors=[factories.author("Ana & Co")]
    )
    shown = BeautifulSoup(
        drawn("{% card story counts=counts level='h4' %}", story=story, counts={story.pk: 1}), "html.parser"
    )
    assert shown.h4.text == "Tom & <b>Jerry</b>"
    assert shown.find(class_="kicker").text == "<i>"
    assert shown.find(class_="card-standfirst").text == "50 % & more"
    assert shown.find(class_="byline").text == "By Ana & Co"
    assert shown.find(class_="card-comments").text == "1 comment"
    assert shown.find("a", class_="card-comments")["href"] == story.url + "#comments"
    assert shown.find("img") is None


def test_a_bare_card_has_nothing_empty(newsroom):
    shown = BeautifulSoup(drawn("{% card story %}", story=factories.article()), "html.parser")
    assert [tag.name for tag in shown.find_all(True)] == ["article", "div", "h3", "a", "p", "time"]
    assert shown.article["class"] == ["card", "card-plain"]


def test_comments_are_counted_in_words():
    assert drawn("{% comment_count 0 %}, {% comment_count 1 %}, {% comment_count 1234 %}") == (
        "0 comments, 1 comment, 1,234 comments"
    )


# --- what is the same on many pages -----------------------------------------------------------------------------------
def test_what_is_kept_is_printed_once_for_each_set_of_values_and_language():
    printed = []
    count = SimpleLazyObject(lambda: "never")
    template = Template(
        "{% load i18n tribuna %}{% kept name=name %}{{ name }}{{ other }}{% translate 'Home' %}{% endkept %}"
    )
    kept = template.nodelist.get_nodes_by_type(tags.KeptNode)[0]
    for name, language in (("a", "en"), ("b", "en"), ("a", "en"), ("a", "es"), ("b", "en")):
        with override(language):
            printed.append(template.render(Context({"name": name, "other": count})))
    assert printed == ["aHome", "bHome", "aHome", "a" + words("Home", "es"), "bHome"]
    assert kept.printed.cache_info().misses == 3


def test_what_is_kept_is_escaped_like_everything():
    source = "{% kept name=name %}{{ name }}{% endkept %}"
    assert drawn(source, name="<b>") == "&lt;b&gt;"


def test_what_is_safe_in_one_place_is_escaped_in_another():
    template = Template("{% load tribuna %}{% kept name=name %}{{ name }}{% endkept %}")
    shown = [template.render(Context({"name": name})) for name in (SafeString("<b>"), "<b>", SafeString("<b>"))]
    assert shown == ["<b>", "&lt;b&gt;", "<b>"]
