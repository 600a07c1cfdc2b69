"""What the search achieves: how long it takes over many stories, beside WordPress's ``LIKE``, and what comes first.

The stories are invented words in the frequencies of a language (``prose``) plus twenty that say something, which the
relevance row looks for as readers would: in the plural, without the accent, by a name. SQLite only.
docs/reference/performance.md explains each row.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import harness, machine
from bench.harness import Findings, Plan, Report, Result, percentile
from bench.processes import in_own_session
from bench.prose import prose
from bench.searched import QUESTIONS, STORIES

STORIES_MADE = {False: 100_000, True: 5_000}  # by whether it is to be quick
ASKED = {False: 200, True: 60}
LIKES = {False: 20, True: 20}  # of the questions, those that are asked with LIKE as well: each reads every story
PARAGRAPHS, PARAGRAPH_WORDS, VARIANTS = 6, 70, 4_000
BATCH = 1_000


def plans(stories: int) -> tuple[Plan, ...]:
    """Return the rows for a newsroom with so many *stories*."""
    about = f"{stories:,} stories, SQLite"
    return (
        Plan("time", f"search, 95 in 100 answers within ({about})", "ms", "ours <= 50"),
        Plan("page", f"the whole page of a search, 95 in 100 within ({about})", "ms", "ours <= 100"),
        Plan("like", f"search / LIKE over title and text, median of each ({about})", "ms", "ratio < 1"),
        Plan("first", "questions of twenty whose first hit is not the story that is meant", "questions", "ours <= 0"),
    )


def rows(stories: int, *, quick: bool) -> Findings:
    """Fill a newsroom of so many *stories* and ask it."""
    with tempfile.TemporaryDirectory(prefix="tribuna-bench-") as folder:
        locale = _opened(Path(folder))
        _fill(stories)
        seconds = _index()
        questions = list(_questions(ASKED[quick]))
        found = [_timed(locale, each) for each in questions]
        busy = [_busy(locale, each) for each in questions]
        spread = f"median {percentile(found, 50):.1f}, slowest {max(found):.1f}"
        spread += f", of the processor's time 95 in 100 within {percentile(busy, 95):.1f}"
        note = (
            f"{len(found)} questions of one to three words, {spread}; indexed in {seconds:.0f} s; {_size(Path(folder))}"
        )
        yield "time", Result(percentile(found, 95), note=note)
        pages = [_page(each) for each in questions]
        yield (
            "page",
            Result(
                percentile(pages, 95),
                note=f"through Django, with the form and twenty cards; median {percentile(pages, 50):.1f}",
            ),
        )
        pairs = [(_timed(locale, each), _like(each)) for each in questions[: LIKES[quick]]]
        yield "like", harness.compared(pairs)
        places = {question: _place(locale, question, title) for question, title in QUESTIONS}
        said = "; ".join(f"{question}: {place or 'nowhere'}" for question, place in places.items())
        yield "first", Result(sum(place != 1 for place in places.values()), note=f"place of what is meant: {said}")


def _opened(folder: Path) -> Any:
    """Open a newsroom in *folder*, in this process, and return its English tree."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tribuna.site.settings",
        "TRIBUNA_SECRET_KEY": "only-for-benchmarks-" + "0123456789" * 3,
        "TRIBUNA_DATA": str(folder),
        "TRIBUNA_ADDRESS": "http://testserver",
        "TRIBUNA_DEBUG": "1",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment
    from wagtail.models import Locale

    from tribuna.newsroom.actions import open_newsroom

    setup_test_environment()
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    open_newsroom("The Bench", hostname="testserver", port=80)
    return Locale.objects.get(language_code="en")


def _fill(stories: int) -> None:
    """Write the stories as an import would: pages and articles in bulk."""
    from datetime import timedelta

    from django.utils import timezone

    from tribuna.newsroom.models import HomePage, SectionPage

    home = HomePage.objects.get(locale__language_code="en")
    section = home.add_child(instance=SectionPage(title="City", locale=home.locale))
    newest = timezone.now() - timedelta(hours=1)
    said = [prose(f"paragraph {number}", PARAGRAPH_WORDS) for number in range(VARIANTS)]
    telling = random.Random(4).sample(range(stories // 2, stories), len(STORIES))
    chosen = dict(zip(telling, STORIES, strict=True))
    for first in range(0, stories, BATCH):
        _write(section, range(first, min(first + BATCH, stories)), said, chosen, newest)


def _write(section: Any, numbers: range, said: Sequence[str], chosen: dict[int, Any], newest: Any) -> None:
    from datetime import timedelta

    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, models, transaction
    from wagtail.models import Page

    from tribuna.newsroom.models import ArticlePage

    kind = ContentType.objects.get_for_model(ArticlePage)
    articles = []
    for number in numbers:
        luck = random.Random(number)
        story = chosen.get(number)
        texts = [luck.choice(said) for _ in range(PARAGRAPHS)]
        title = story.title if story else prose(f"title {number}", 7).rstrip(".")
        texts += [story.text] if story else []
        moment = newest - timedelta(minutes=37 * number)
        articles.append(
            ArticlePage(
                title=title, draft_title=title, slug=f"story-{number}", content_type=kind, locale=section.locale,
                path=section._get_path(section.path, 4, number + 1), depth=4, numchild=0, live=True,
                url_path=f"{section.url_path}story-{number}/", published_at=moment, first_published_at=moment,
                standfirst=story.standfirst if story else prose(f"standfirst {number}", 14), page_above=section,
                story_language=story.language if story else "",
                body=[("paragraph", f"<p>{text}</p>") for text in texts],
            )
        )  # fmt: skip
    with transaction.atomic():
        Page.objects.bulk_create(
            [
                Page(**{f.attname: getattr(a, f.attname) for f in Page._meta.concrete_fields if f.name != "id"})
                for a in articles
            ]
        )
        ids = dict(
            Page.objects.filter(path__gte=articles[0].path, path__lte=articles[-1].path, depth=4).values_list(
                "slug", "pk"
            )
        )
        own = list(ArticlePage._meta.local_concrete_fields)
        columns = ", ".join(f.column for f in own)
        marks = ", ".join(["%s"] * len(own))
        values = [[_stored(f, a, ids[a.slug], connection, models) for f in own] for a in articles]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO newsroom_articlepage ({columns}) VALUES ({marks})", values)


def _stored(field: Any, article: Any, pk: int, connection: Any, models: Any) -> Any:
    if field.primary_key:
        return pk
    if field.name == "page_above":
        return article.page_above_id
    return field.get_db_prep_save(field.value_from_object(article), connection)


def _index() -> float:
    from tribuna.search.actions import catch_up

    begun = time.perf_counter()
    catch_up()
    return time.perf_counter() - begun


def _size(folder: Path) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(block)) FROM search_words_data")
        index = cursor.fetchone()[0]
        cursor.execute("SELECT sum(length(c0) + length(c1) + length(c2) + length(c3)) FROM search_words_content")
        words = cursor.fetchone()[0]
    whole = sum(file.stat().st_size for file in folder.glob("*.sqlite3*"))
    return f"index {index / 1e6:.0f} MB and words {words / 1e6:.0f} MB of {whole / 1e6:.0f} MB"


def _questions(number: int) -> Iterator[str]:
    """Yield so many questions: one to three words, rare and common as people use them."""
    words = prose("questions", number * 3).lower().replace(".", "").split()
    for place in range(number):
        yield " ".join(words[place * 3 : place * 3 + 1 + place % 3])


def _timed(locale: Any, text: str) -> float:
    """Return how many milliseconds the search takes, with the stories it shows."""
    from tribuna.search.queries import Asked, find_stories

    begun = time.perf_counter()
    find_stories(locale, Asked(text))
    return (time.perf_counter() - begun) * 1000


def _busy(locale: Any, text: str) -> float:
    """Return how many milliseconds of the processor's time it takes, which neighbours do not change much."""
    from tribuna.search.queries import Asked, find_stories

    begun = time.process_time()
    find_stories(locale, Asked(text))
    return (time.process_time() - begun) * 1000


def _page(text: str) -> float:
    from django.test import Client

    client = Client()
    begun = time.perf_counter()
    response = client.get("/en/search/", {"q": text})
    took = (time.perf_counter() - begun) * 1000
    if response.status_code != 200:
        raise harness.NotMeasured(f"a search answered {response.status_code}")
    return took


def _like(text: str) -> float:
    """Return how many milliseconds WordPress's own search takes: LIKE for each word, by date, twenty of them."""
    from django.db import connection

    found = "(p.title LIKE %s OR a.standfirst LIKE %s OR CAST(a.body AS text) LIKE %s)"
    where = " AND ".join(found for _ in text.split())
    statement = f"""SELECT p.id, p.title FROM wagtailcore_page p JOIN newsroom_articlepage a ON a.page_ptr_id = p.id
        WHERE p.live AND {where} ORDER BY p.title LIKE %s DESC, a.published_at DESC LIMIT 20"""
    values = [f"%{word}%" for word in text.split() for _ in range(3)]
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, f"%{text}%"])
        cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def _place(locale: Any, text: str, title: str) -> int:
    """Return at which place, from 1, the story with this *title* stands; 0 where it is not among the first twenty."""
    from tribuna.search.queries import Asked, find_stories

    titles = [story.title for story in find_stories(locale, Asked(text)).stories]
    return titles.index(title) + 1 if title in titles else 0


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and return 0 when every goal is held, 1 otherwise."""
    options = harness.arguments(__doc__ or "").parse_args(words)
    report = Report("search", machine.describe(), f"./dev bench search{' --quick' if options.quick else ''}")
    stories = STORIES_MADE[options.quick]
    report.machine["priority"] = "raised" if machine.prefer(os.getpid()) else "as everybody's (not root)"
    report.rows = harness.measured(plans(stories), rows(stories, quick=options.quick), failures=(harness.NotMeasured,))
    report.machine["load average after"] = machine.load_average()
    harness.publish(report, name="search", options=options)
    return 0 if all(row.holds is not False for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(in_own_session(main))
