from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site, Workflow, WorkflowPage

from tests import factories
from tribuna.newsroom.actions import open_newsroom
from tribuna.newsroom.actions.opening import EDITORS, REPORTERS, WORKFLOW
from tribuna.newsroom.models import AuthorIndexPage, HomePage, TopicIndexPage


def test_each_language_gets_a_front_page_with_lists_of_authors_and_topics(newsroom):
    assert set(newsroom.homes) == {"en", "es"}
    for model in (HomePage, AuthorIndexPage, TopicIndexPage):
        assert set(model.objects.live().values_list("locale__language_code", flat=True)) == {"en", "es"}


def test_pages_of_two_languages_are_translations_of_each_other(newsroom):
    home, portada = newsroom.homes.values()
    assert home.get_translation(portada.locale) == portada
    authors = AuthorIndexPage.objects.child_of(home).get()
    assert authors.get_translation(portada.locale).get_parent().specific == portada


def test_lists_are_called_in_their_own_language(newsroom):
    assert AuthorIndexPage.objects.child_of(newsroom.homes["es"]).get().title == "Autores"
    assert TopicIndexPage.objects.child_of(newsroom.homes["es"]).get().slug == "temas"


def test_the_site_stands_at_the_given_address(db):
    site = open_newsroom("The Tribune", hostname="news.example", port=8080)
    assert (site.root_url, site.site_name, site.is_default_site) == ("http://news.example:8080", "The Tribune", True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")


def test_wagtails_own_welcome_is_cleared_away(newsroom):
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.count() == 1
    assert not Workflow.objects.filter(name="Moderators approval", active=True).exists()


def test_moderators_have_no_say_over_pages(newsroom):
    assert Group.objects.filter(name="Moderators").exists()
    assert not GroupPagePermission.objects.filter(group__name="Moderators").exists()
    assert not GroupCollectionPermission.objects.filter(group__name="Moderators").exists()


@pytest.mark.parametrize(
    ("group", "rights"),
    [
        (REPORTERS, {"add_page", "change_page"}),
        (EDITORS, {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}),
    ],
)
def test_reporters_write_and_editors_publish(newsroom, group, rights):
    found = GroupPagePermission.objects.filter(group__name=group, page__depth=1)
    assert set(found.values_list("permission__codename", flat=True)) == rights
    assert Group.objects.get(name=group).permissions.filter(codename="access_admin").exists()
    may_set_terms = Group.objects.get(name=group).permissions.filter(codename="change_terms").exists()
    assert may_set_terms == (group == EDITORS)
    assert GroupCollectionPermission.objects.filter(group__name=group, permission__codename="choose_image").exists()


def test_every_page_goes_the_way_from_reporter_to_editor(newsroom):
    workflow = factories.article(live=False).get_workflow()
    assert workflow.name == WORKFLOW
    assert [group.name for task in workflow.tasks for group in task.specific.groups.all()] == [EDITORS]


def test_opening_again_changes_only_name_and_address(newsroom):
    pages = Page.objects.count()
    site = open_newsroom("Harbour News", hostname="harbour.example", port=443)
    assert (site.pk, site.site_name, site.root_url) == (newsroom.site.pk, "Harbour News", "https://harbour.example")
    assert site.root_page_id == newsroom.site.root_page_id
    assert Page.objects.count() == pages
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1


def test_opening_again_leaves_another_workflow_in_its_place(newsroom):
    other = Workflow.objects.create(name="Two editors")
    WorkflowPage.objects.update(workflow=other)
    factories.newsroom()
    assert WorkflowPage.objects.get().workflow == other


def test_a_list_that_an_editor_deleted_comes_back(newsroom):
    TopicIndexPage.objects.child_of(newsroom.homes["es"]).get().delete()
    factories.newsroom()
    topics = TopicIndexPage.objects.child_of(newsroom.homes["es"]).get()
    assert topics.translation_key == TopicIndexPage.objects.child_of(newsroom.homes["en"]).get().translation_key


def test_a_missing_site_is_made_again(newsroom):
    Site.objects.all().delete()
    assert factories.newsroom().site.root_page.specific == newsroom.homes["en"]
