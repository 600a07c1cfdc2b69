from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.moderation.factories import comment
from tests.moderation.lessons import decided
from tribuna.comments.models import State
from tribuna.moderation.models import SiteFilter

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_too_little_to_learn_from_is_an_error_unless_nobody_asked():
    with pytest.raises(CommandError, match="There are 0 decisions"):
        told("filter_retrain")
    assert told("filter_retrain", "--if-due") == "Nothing to do.\n"
    decided(25)
    SiteFilter.objects.all().delete()


def test_decisions_all_of_a_kind_are_too_little(settings):
    settings.TRIBUNA_FILTER_HELPS_AFTER = 1
    comment(state=State.PUBLISHED)
    comment(state=State.SPAM)
    assert told("filter_retrain", "--if-due") == "Nothing to do.\n"


def test_it_learns_and_unlearns():
    decided(60)
    assert "learned from 60 decisions" in told("filter_retrain", "--if-due")
    assert told("filter_retrain", "--if-due") == "Nothing to do.\n"
    decided(60, seed=8)
    told("filter_retrain")
    first, second = SiteFilter.objects.order_by("pk")
    assert told("filter_rollback") == f"In force: filter {first.pk}.\n"
    assert told("filter_rollback") == "In force: the shipped prior alone.\n"
    with pytest.raises(CommandError, match="Nothing was learned yet"):
        told("filter_rollback")
    assert second.decisions == 120


def test_its_status_is_told_in_shares_with_intervals():
    assert "the shipped prior alone" in told("filter_status")
    assert "none yet" in told("filter_status")
    assert json.loads(told("filter_status", "--json")) == {"filter": None, "lived": {}}
    comment(text="Click http://best-pills.com and win free cash now!!!", state=State.SPAM)
    decided(60)
    made = SiteFilter.objects.get(pk=int(told("filter_retrain").split()[1]))
    status = told("filter_status")
    assert f"In force: filter {made.pk}" in status
    assert "precision 100.0% (20.7% to 100.0% of 1)" in status
    assert "reject  precision unknown (of none)" in status
    packed = json.loads(told("filter_status", "--json"))
    assert packed["filter"]["decisions"] == made.decisions
    assert packed["lived"]["en"]["hold"]["precision"] == {"hits": 1, "total": 1}
