"""What tests of comments begin with: no judges, and a question instead of a picture."""

from __future__ import annotations

import pytest

from tests import factories
from tests.humans.factories import PERSON, QUESTION


@pytest.fixture(autouse=True)
def _no_judges(settings):
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_CHALLENGES = [QUESTION, PERSON]


@pytest.fixture
def page(newsroom):
    """A live article that takes comments."""
    return factories.article()
