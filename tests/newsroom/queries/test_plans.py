"""How databases find what lists show: by indexes, however many stories there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tribuna.newsroom.models import HomePage, RelatedStory
from tribuna.newsroom.queries.listings import articles_in, front_page
from tribuna.newsroom.queries.stories import related_to

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def _plans(queries: CaptureQueriesContext) -> list[str]:
    """Return how the database carries out those of *queries* that ask who may see a page."""
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # which for a handful of rows is the best there is
        for query in [each["sql"] for each in queries if "pageviewrestriction" in each["sql"]]:
            cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN'} {query}")
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return plans


@pytest.mark.parametrize("ask", ["front", "section", "related"])
def test_no_list_reads_all_pages(newsroom, ask, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PREPARED", False)  # with their values in them they can be explained
    story, other = factories.article(), factories.article()
    story.related = [RelatedStory(story=other)]
    home = HomePage.objects.get(locale__language_code="en")
    asked = {
        "front": lambda: front_page(home),
        "section": lambda: articles_in(story.section),
        "related": lambda: related_to(story),
    }
    with CaptureQueriesContext(connection) as queries:
        asked[ask]()
    plans = _plans(queries)
    assert plans
    for plan in plans:
        assert "Seq Scan on wagtailcore_page " not in plan
        assert "Seq Scan on newsroom_articlepage " not in plan
        assert "OR (hashed SubPlan" not in plan
        assert "SCAN wagtailcore_page" not in plan.replace("SCAN wagtailcore_pageview", "")
