from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
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
from tribuna.newsroom.models.pages import being_published

FIELDS = [field.attname for field in ArticlePage._meta.concrete_fields]


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


def test_a_page_out_of_the_database_is_what_django_would_make_of_it(newsroom):
    body = [{"type": "paragraph", "value": "<p>Ferry</p>"}]
    story = factories.article(title="Ferry", body=body, authors=[factories.author()])
    row = ArticlePage.objects.filter(pk=story.pk).values_list(*FIELDS).get()
    made = ArticlePage(**dict(zip(FIELDS, row, strict=True)))
    read = ArticlePage.objects.get()
    assert read == made
    for name in FIELDS:
        assert getattr(read, name) == getattr(made, name), name
    assert (read._state.adding, read._state.db) == (False, "default")
    assert read.body[0].value.source == "<p>Ferry</p>"
    assert read.section.pk == newsroom.sections["en"].pk
    assert read.byline[0].title == str(story.byline[0])


def test_what_was_not_read_of_a_page_is_read_when_it_is_asked_for(newsroom, django_assert_num_queries):
    factories.article(title="Ferry", body=[{"type": "paragraph", "value": "<p>Ferry</p>"}])
    read = ArticlePage.objects.only("title").get()
    assert "body" in read.get_deferred_fields()
    with django_assert_num_queries(1):
        assert read.body[0].value.source == "<p>Ferry</p>"
    read.title = "Ferry returns"
    read.save(update_fields=["title"], clean=False)
    assert ArticlePage.objects.get().title == "Ferry returns"


def test_what_is_said_to_be_published_is_so_only_while_it_is(newsroom):
    story = factories.article(live=False)
    seen = []

    def look(instance, **_):
        seen.append((instance.pk, being_published.get()))

    post_save.connect(look, sender=ArticlePage)
    try:
        story.save()
        story.save_revision().publish()
    finally:
        post_save.disconnect(look, sender=ArticlePage)
    assert seen[0] == (story.pk, None)
    assert (story.pk, story.pk) in seen
    assert being_published.get() is None
