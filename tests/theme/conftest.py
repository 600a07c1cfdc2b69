"""Fixtures of the theme's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.comments.factories import comment
from tests.theme.factories import DECEMBER, rich_body
from tribuna.newsroom.models import Correction, RelatedStory


@pytest.fixture
def picture(newsroom):
    return factories.image(file=factories.photograph((640, 480)), credit="Photo desk", caption="The quay at dawn")


@pytest.fixture(autouse=True)
def _every_comment_is_published(settings):
    settings.TRIBUNA_JUDGES = []


@pytest.fixture
def full(newsroom, picture):
    """A story with everything a story can have, and its translation."""
    other = factories.article(title="Older story", kicker="Analysis", main_image=picture, standfirst="What was before.")
    story = factories.article(
        title="The night the ferry came back",
        kicker="Report",
        standfirst="Forty people walked on board.",
        authors=[factories.author("Harbour desk", role="Desk", bio="Covers the quays.", portrait=picture)],
        topics=[factories.topic("Ferries", intro="All that floats.")],
        main_image=picture,
        published_at=DECEMBER,
        body=rich_body(picture, other),
    )
    story.last_published_at = datetime(2022, 12, 3, 8, 15, tzinfo=UTC)
    story.corrections = [Correction(text="It was six minutes past two.", date=date(2022, 12, 4))]
    story.related = [RelatedStory(story=other)]
    story.save()
    factories.article(
        title="Vuelve el barco", language="es", translation_key=story.translation_key, published_at=DECEMBER
    )
    first = comment(story, "Welcome back!")
    comment(story, "¿Y los domingos?", name="Ximena", language="es", reply_to=first)
    return story
