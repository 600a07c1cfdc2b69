"""An editor looks after the questions in Wagtail's admin."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.humans.factories import site_question
from tribuna.humans.models import SiteQuestion


@pytest.fixture
def editor(client, db):
    client.force_login(get_user_model().objects.create_superuser("editor@example.org", "a long password"))
    return client


def test_an_editor_sees_the_questions(editor):
    site_question()
    page = editor.get(reverse("wagtailsnippets_humans_sitequestion:list"))
    assert page.status_code == 200
    assert "end of the pier" in page.text


def test_an_editor_adds_a_question(editor):
    fields = {"language": "es", "question": "¿Qué hay al final del muelle?", "answers": "El faro"}
    page = editor.post(reverse("wagtailsnippets_humans_sitequestion:add"), fields)
    assert page.status_code == 302
    assert SiteQuestion.objects.values("language", "question", "answers").get() == fields


def test_an_editor_is_told_that_an_answer_is_missing(editor):
    page = editor.post(
        reverse("wagtailsnippets_humans_sitequestion:add"), {"language": "en", "question": "What?", "answers": "?"}
    )
    assert page.status_code == 200
    assert "at least one answer" in page.text
    assert not SiteQuestion.objects.exists()
