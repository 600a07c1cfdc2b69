"""What the benchmark of comments does within a newsroom, in a process whose working directory is that newsroom.

``python -m bench.comments_inside ORDER WORDS``: ``fill`` it, ``read`` threads, ``look`` at pages, make ``forms``,
``hammer`` threads, look for ``drift``, count what was ``sent``. The answer is JSON, on standard output.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.inside import ANSWER
from bench.prose import english, prose

REPEATS = 31
LOOKS = 5
TEXT_WORDS = 45
ENGLISH_WORDS = 55  # as long: its words are shorter
HAMMERED = 3  # articles: the more of them there are, the less the writers meet
RECENT = 40

type Queries = list[tuple[str, Any]]


def _pages() -> list[int]:
    from tribuna.newsroom.models import ArticlePage

    return list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True)[:5])


def fill(comments: str, hot: str) -> None:
    """Add comments to the newsroom: the second of its stories is the hot one."""
    from django.db import connection

    from bench import comments_fill

    model, hot_page, *_ = _pages()
    comments_fill.fill(int(comments), hot=int(hot), hot_page=hot_page, model_page=model)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE comments_comment")  # as its own housekeeping would have by now


def read() -> dict[str, Any]:
    """Return what the first page of the hot thread takes of the database, and every other page: (ms, queries).

    All pages take turns: a neighbour's burst falls on one time of many, and not on all those of one page.
    """
    from tribuna.comments.queries import thread_page

    page = _pages()[1]
    found = thread_page(page)
    total, asked, cursor = found.total, [_asked(page, None)], found.next_cursor
    while cursor is not None:
        asked.append(_asked(page, cursor))
        cursor = thread_page(page, cursor).next_cursor
    rounds = [[_took(each) for each in asked] for _ in range(REPEATS)]
    took = zip(*rounds, strict=True)
    return {"total": total, "pages": [(median(times), len(each)) for times, each in zip(took, asked, strict=True)]}


def _asked(page: int, cursor: str | None) -> Queries:
    """Return what a page of the thread asks the database."""
    from django.db import connection

    from tribuna.comments.queries import thread_page

    asked: Queries = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        thread_page(page, cursor)
    return asked


def _took(asked: Queries) -> float:
    """Return the milliseconds that the database and its driver take for these queries, asked as the site asks them."""
    from django.db import connection

    from tribuna.core.prepared import cursor_on

    with cursor_on(connection) as database:
        began = time.perf_counter()
        for sql, params in asked:
            database.execute(sql, params)
            database.fetchall()
        return (time.perf_counter() - began) * 1_000


def look() -> dict[str, Any]:
    """Return what readers' GETs of the hot article do: statements that write, cookies, and the addresses asked for."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import override

    from tribuna.comments.models import Comment
    from tribuna.comments.queries import thread_page
    from tribuna.newsroom.models import ArticlePage

    settings.ALLOWED_HOSTS.append("testserver")
    story = ArticlePage.objects.get(pk=_pages()[1])
    with override("en"):
        address = reverse("comments:thread", args=[story.pk])
        newest = Comment.objects.public().filter(page_id=story.pk).latest("pk")
        after = thread_page(story.pk).next_cursor
        paths = [story.get_url(), f"{address}?after={after}", newest.get_absolute_url()]
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            writes.append(sql[:80])
        return execute(sql, params, many, context)

    client, cookies = Client(), 0
    with connection.execute_wrapper(note):
        for path in paths * LOOKS:
            answer = client.get(path)
            if answer.status_code not in {200, 302}:
                raise AssertionError(f"{path} answered {answer.status_code}")
            cookies += len(answer.cookies)
    return {"writes": writes, "cookies": cookies, "paths": paths}


def forms(number: str, file: str, first: str = "0") -> None:
    """Write *number* filled-in forms for the hot article, one a line: network, path, type, body.

    Each has a token of its own, which asks the newsroom's question, and a text that nobody said before and the filter
    takes for honest: one in some hundreds would be held.
    """
    from tribuna.humans.actions import issue_challenge
    from tribuna.learning.features import examine
    from tribuna.learning.prior import shipped_prior

    page = _pages()[1]
    began, prior = time.time() - 60, shipped_prior()
    with Path(file).open("w", encoding="ascii") as stream:
        for place in range(int(first), int(first) + int(number)):
            texts = (english(f"form {place} {again}", ENGLISH_WORDS) for again in range(100))
            token = issue_challenge(f"comment:{page}", language="en", wanted="question", began_at=began).token
            said = {
                "text": next(text for text in texts if prior.score(examine(text)) < 0),
                "name": f"Visitor {place}",
                "email": "",
                "language": "en",
                "reply_to": "",
                "token": token,
                "answer": ANSWER,
                "pass": "",
                "work": "",
            }
            network = f"10.{place // 250 % 250}.{place % 250}.1"
            path = f"/en/articles/{page}/comments/new/"
            stream.write("\t".join([network, path, "application/x-www-form-urlencoded", urlencode(said)]) + "\n")


def hammer(seed: str, seconds: str) -> dict[str, Any]:
    """Post, answer, hold, publish, reject and mark as spam at random in a few threads; return how often."""
    from tribuna.comments.actions import hold_comment, mark_comment_as_spam, publish_comment, reject_comment

    chance, done = random.Random(seed), {"posted": 0, "decided": 0}
    pages = _articles()
    verbs = [hold_comment, publish_comment, publish_comment, reject_comment, mark_comment_as_spam]
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        page = chance.choice(pages)
        if chance.random() < 0.5:
            done["posted"] += _post(page, chance)
        else:
            found = _recent(page.pk, chance)
            if found is not None:
                chance.choice(verbs)(found)
                done["decided"] += 1
    return done


def _articles() -> list[Any]:
    from tribuna.newsroom.models import ArticlePage

    return list(ArticlePage.objects.filter(pk__in=_pages()[1 : 1 + HAMMERED]))


def _post(page: Any, chance: random.Random) -> int:
    from tribuna.comments.actions import ReplyGone, submit_comment

    above = _recent(page.pk, chance) if chance.random() < 0.7 else None
    said = prose(chance.random(), TEXT_WORDS)
    try:
        submit_comment(page, text=said, name="Hammer", language="en", reply_to=above)
    except ReplyGone:
        return 0
    return 1


def _recent(page: int, chance: random.Random) -> Any:
    from tribuna.comments.models import Comment

    recent = list(Comment.objects.filter(page_id=page).order_by("-pk")[:RECENT])
    return chance.choice(recent) if recent else None


def drift() -> dict[str, int]:
    """Compare every counter with what it counts."""
    from tribuna.comments.models import Comment
    from tribuna.comments.queries import drifts

    return {"drifts": len(drifts()), "comments": Comment.objects.count()}


def sent() -> dict[str, int]:
    """Return how many comments of the hot article came from the load generator, and how many of these are public."""
    from tribuna.comments.models import Comment

    thread = Comment.objects.filter(page_id=_pages()[1], name__startswith="Visitor ")
    return {"public": thread.public().count(), "all": thread.count()}


_ORDERS = {order.__name__: order for order in (fill, read, look, forms, hammer, drift, sent)}


def main(words: list[str]) -> None:
    """Set Django up for the newsroom in the working directory and carry out one order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
    import django

    django.setup()
    print(json.dumps(_ORDERS[words[0]](*words[1:])))  # type: ignore[operator]  # each takes its own words


if __name__ == "__main__":
    main(sys.argv[1:])
