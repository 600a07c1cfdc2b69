"""Mistakes in the settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from tests.comments.factories import DOUBTFUL
from tribuna.comments.checks import judges_can_judge


class Nameless:
    """Not a judge: it has no name."""

    def judge(self, draft):
        raise NotImplementedError


class Picky:
    """Not a judge: it can't be made without an argument."""

    def __init__(self, argument):
        raise NotImplementedError


def test_judges_that_can_judge_are_fine(settings):
    settings.TRIBUNA_JUDGES = [DOUBTFUL]
    assert judges_can_judge() == []


@pytest.mark.parametrize("path", ["nowhere.Judge", f"{__name__}.Nameless", f"{__name__}.Picky", f"{__name__}.pytest"])
def test_what_is_not_a_judge_is_named(settings, path):
    settings.TRIBUNA_JUDGES = [path, DOUBTFUL]
    [error] = run_checks(tags=["tribuna"])
    assert error.id == "tribuna.comments.E001"
    assert path in error.msg
