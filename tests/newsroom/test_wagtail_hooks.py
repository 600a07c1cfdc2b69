from __future__ import annotations

import pytest
from django.utils.translation import override
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from tests import factories


def link(page) -> str:
    return f'<a linktype="page" id="{page.pk}">x</a>'


def test_a_link_in_a_text_leads_to_the_page(newsroom):
    assert expand_db_html(link(factories.article(title="Ferry"))) == '<a href="/en/city/ferry/">x</a>'


def test_a_link_leads_to_the_version_in_the_readers_language_once_it_is_live(newsroom):
    story = factories.article(title="Ferry")
    translation = story.copy_for_translation(newsroom.homes["es"].locale)
    with override("es"):
        assert expand_db_html(link(story)) == '<a href="/en/city/ferry/">x</a>'
        translation.save_revision().publish()
        assert expand_db_html(link(story)) == '<a href="/es/ciudad/ferry/">x</a>'


def test_a_link_to_a_draft_or_to_nothing_loses_its_address(newsroom):
    draft, gone = factories.article(live=False), factories.article()
    gone_link = link(gone)
    gone.delete()
    assert expand_db_html(link(draft) + gone_link) == "<a>x</a><a>x</a>"


@pytest.mark.parametrize("number", [1, 3])
def test_links_take_one_query_together(newsroom, django_assert_num_queries, number):
    Site.get_site_root_paths()  # warms the cache
    html = "".join(link(factories.article()) for _ in range(number))
    with django_assert_num_queries(1):
        assert expand_db_html(html).count("href") == number
