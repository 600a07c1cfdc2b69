"""What tests of comments begin with: no judges, and a question instead of a picture."""

from __future__ import annotations

import pytest

from tests import factories
from tests.humans.factories import PERSON, QUESTION
from tribuna.humans.models import SiteQuestion


@pytest.fixture(autouse=True)
def _no_judges(settings):
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_CHALLENGES = [QUESTION, PERSON]
    settings.TRIBUNA_PRESS_STORE = "tribuna.press.stores.null.NullStore"  # in most tests nothing is ever committed


@pytest.fixture
def page(newsroom):
    """A live article that takes comments."""
    return factories.article()


@pytest.fixture
def questions(db, settings):
    """A question in each language, to be answered at once; the answers are in ``visits``."""
    settings.TRIBUNA_FORM_MINIMUM_SECONDS = 0
    SiteQuestion.objects.create(language="en", question="What colour is the harbour light?", answers="green")
    SiteQuestion.objects.create(language="es", question="¿De qué color es el faro?", answers="verde")
