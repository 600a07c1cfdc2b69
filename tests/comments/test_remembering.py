"""What is remembered of a page that takes comments, and when it is looked up again."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from tribuna.comments.models import CommentSettings
from tribuna.comments.queries import place_to_comment, rules_of
from tribuna.press.actions import with_memory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    """A store that hears of changes."""
    settings.TRIBUNA_PRESS_STORE = "tribuna.press.stores.files.FilesStore"
    settings.TRIBUNA_PRESS_FOLDER = tmp_path / "press"


def looked_up(page):
    with with_memory():
        return place_to_comment(page.pk)


def test_a_page_is_looked_up_once(page, django_assert_num_queries):
    place = looked_up(page)
    with django_assert_num_queries(0):
        assert looked_up(page) == place


def test_it_is_looked_up_again_when_it_has_changed(page, django_capture_on_commit_callbacks):
    assert looked_up(page).live
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert not looked_up(page).live


def test_it_is_looked_up_again_when_somebody_hides_it(page, django_capture_on_commit_callbacks):
    assert looked_up(page)
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert looked_up(page) is None


def test_it_is_looked_up_again_when_it_is_gone(page, django_capture_on_commit_callbacks):
    assert looked_up(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert looked_up(page) is None


def test_the_rules_are_read_again_when_the_site_has_others(page, django_capture_on_commit_callbacks):
    with with_memory():
        assert rules_of(place_to_comment(page.pk)).is_open
    with django_capture_on_commit_callbacks(execute=True):
        CommentSettings.objects.create(policy="closed")
    with with_memory():
        assert not rules_of(place_to_comment(page.pk)).is_open
