"""On a small telephone no page is wider than the screen, however long the words are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories
from tests.comments.factories import comment
from tribuna.comments.actions import submit_comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTH_PIXELS = 320
TITLE, NAME, TEXT = "T" * 120, "N" * 60, "x" * 400


@pytest.fixture
def story(site, settings):
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_COMMENTS_PER_PAGE = 10
    return factories.article(title=TITLE, kicker="K" * 40, standfirst="S" * 200)


def test_long_words_are_broken_and_widen_no_page(story, visit):
    first = comment(story, TEXT, name=NAME)
    comment(story, TEXT, name=NAME, reply_to=comment(story, TEXT, name=NAME, reply_to=first))
    receipt = submit_comment(story, text=TEXT, name=NAME, language="en").secret
    form = reverse("comments:form", args=[story.pk])
    page = visit(viewport={"width": WIDTH_PIXELS, "height": 640}).page
    addresses = [
        *("/en/", story.section.url, story.url, f"/en/search/?q={TITLE}"),
        *(reverse("comments:thread", args=[story.pk]), form, f"{form}?reply_to={first.pk}"),
        reverse("comments:receipt", args=[receipt]),
    ]
    widths = {}
    for address in addresses:
        assert page.goto(address).status == 200
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(addresses, WIDTH_PIXELS)
