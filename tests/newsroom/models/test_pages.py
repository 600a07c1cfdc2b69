from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (Page, {HomePage}),
        (HomePage, {SectionPage, AuthorIndexPage, TopicIndexPage}),
        (SectionPage, {ArticlePage}),
        (AuthorIndexPage, {AuthorPage}),
        (TopicIndexPage, {TopicPage}),
        (ArticlePage, set()),
        (AuthorPage, set()),
        (TopicPage, set()),
    ],
)
def test_pages_stand_only_where_they_belong(parent, children):
    kinds = {HomePage, SectionPage, AuthorIndexPage, TopicIndexPage, ArticlePage, AuthorPage, TopicPage}
    assert {kind for kind in kinds if kind in parent.allowed_subpage_models()} >= children
    assert {kind for kind in kinds if parent in kind.allowed_parent_page_models()} == children


@pytest.mark.parametrize("slug", ["archive", "articles", "comments", "receipts", "search"])
def test_a_section_can_not_take_an_address_of_the_site(newsroom, slug):
    with pytest.raises(ValidationError, match="taken by the site"):
        newsroom.homes["en"].add_child(instance=SectionPage(title="Search", slug=slug))


def test_a_page_speaks_the_language_of_its_tree(newsroom):
    assert [section.language for section in newsroom.sections.values()] == ["en", "es"]


def test_a_page_is_its_own_original_unless_it_is_an_alias(newsroom):
    story = factories.article()
    alias = story.copy_for_translation(newsroom.homes["es"].locale, alias=True)
    assert (story.original, alias.original) == (story, story)


def test_restrictions_hold_for_pages_below(newsroom, django_assert_num_queries):
    PageViewRestriction.objects.create(page=newsroom.sections["en"], restriction_type="login")
    story = factories.article()
    assert story.get_view_restrictions().exists()
    story.may_be_private = False
    with django_assert_num_queries(0):
        assert not story.get_view_restrictions()
