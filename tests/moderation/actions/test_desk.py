from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from tests.moderation.factories import moderator
from tribuna.moderation.actions import open_desk
from tribuna.moderation.models import Rule

pytestmark = pytest.mark.django_db


def test_the_desk_opens_with_moderators_and_rules_in_every_language_of_the_site() -> None:
    open_desk()
    held = set(Group.objects.get(name="Moderators").permissions.values_list("codename", flat=True))
    assert {"access_admin", "moderate_comments", "add_wordentry", "change_rule"} <= held
    for language in ("en", "es"):
        rules = Rule.objects.filter(locale__language_code=language)
        assert [rule.code for rule in rules] == ["respect", "hatred", "privacy", "topic", "advertising"]
    assert Rule.objects.get(code="topic", locale__language_code="es").get_translations().get().title == (
        "Keep to the subject"
    )


def test_opening_it_again_changes_nothing() -> None:
    open_desk()
    Rule.objects.filter(code="topic").delete()
    open_desk()
    assert Rule.objects.count() == 8
    assert Group.objects.filter(name="Moderators").count() == 1


def test_a_language_without_rules_of_ours_gets_none(settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("pt", "Portuguese")]
    open_desk()
    assert {rule.locale.language_code for rule in Rule.objects.select_related("locale")} == {"en"}


def test_a_moderator_may_moderate_and_nothing_else_of_the_newsroom() -> None:
    mara = moderator()
    assert mara.has_perm("moderation.moderate_comments")
    assert mara.has_perm("wagtailadmin.access_admin")
    assert not mara.has_perm("newsroom.add_articlepage")
