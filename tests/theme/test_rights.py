from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from tribuna.theme.templatetags.rights import duration, finders


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2, minutes=5), "2 hours, 5 minutes"),
        (timedelta(days=40), "1 month, 1 week"),
    ],
)
def test_how_long_it_took_is_said_in_words(value: timedelta, words: str):
    assert duration(value).replace("\xa0", " ") == words


def test_durations_speak_the_language_of_the_page():
    with override("es"):
        assert duration(timedelta(hours=2)).replace("\xa0", " ") == "2 horas"


def test_finders_are_called_by_their_titles(settings):
    settings.TRIBUNA_JUDGES = ["tribuna.moderation.judges.links.LinksJudge"]
    assert finders("links report other") == "Links, A reader's report, other"
    assert finders("") == ""
