from __future__ import annotations

import pytest

from tests.moderation.factories import comment, moderator
from tribuna.moderation.actions import decide, open_desk
from tribuna.moderation.models import AppendOnly, Rule, RuleVersion
from tribuna.moderation.queries import cited_in, earlier_versions

pytestmark = pytest.mark.django_db


def rule(code: str = "topic", language: str = "en") -> Rule:
    return Rule.objects.get(code=code, locale__language_code=language)


def test_a_rule_that_says_something_else_is_a_new_version_and_what_was_cited_stays():
    mara, stored = moderator(), comment()
    first = decide(stored, actor=mara, state="rejected", rule="topic")
    changed = rule()
    changed.text = "Stay with the article."
    changed.save()
    assert (changed.version, rule(language="es").version) == (2, 1)
    second = decide(comment(stored.page, text="Other words"), actor=mara, state="rejected", rule="topic")
    texts = cited_in([first, second])
    assert texts["topic", "en", 1].text.startswith("A comment is about")
    assert texts["topic", "en", 2].text == "Stay with the article."
    assert cited_in([]) == {}
    assert [each.version for each in earlier_versions(["topic"], "en")["topic"]] == [2, 1]
    assert str(texts["topic", "en", 2]) == "Keep to the subject (en, 2)"


def test_saving_the_same_words_or_another_order_is_no_new_version():
    open_desk()
    same = rule()
    same.sort_order = 9
    same.save()
    assert same.version == 1
    assert RuleVersion.objects.filter(code="topic", language="en").count() == 1


def test_a_rule_that_comes_back_goes_on_counting():
    open_desk()
    old = rule()
    old.delete()
    again = Rule.objects.create(code="topic", title="Subject", text="Keep to it.", locale=old.locale)
    assert again.version == 2


def test_versions_are_never_altered():
    open_desk()
    with pytest.raises(AppendOnly):
        RuleVersion.objects.first().save()
    with pytest.raises(AppendOnly):
        RuleVersion.objects.all().delete()


def test_half_of_a_rule_out_of_a_fixture_is_left_alone():
    from django.core import serializers

    open_desk()
    packed = serializers.serialize("json", [rule()])
    for each in serializers.deserialize("json", packed.replace("Keep to the subject", "Other")):
        each.save()
    assert rule().title == "Other"
    assert rule().version == 1
