"""Fills a newsroom with comments in bulk, in SQLite or PostgreSQL: one statement for a hot article, one for all others.

Each row is a copy of one of the model story's comments in everything but its place, so a new column comes along. Of
five comments two begin a conversation, the others answer, two levels deep; the oldest conversation of the hot article
is a third of all that it has, every one an answer to the first.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

ID_BYTES = 8
PER_PAGE = 100  # comments of each article but the hot one
BATCH_PAGES = 1_000
DAYS = 60  # since the oldest comment
_DEPTH = "CASE i % 5 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 4 THEN 1 ELSE 0 END"
_FIRST = "CASE i % 5 WHEN 1 THEN key - 1 WHEN 2 THEN key - 2 WHEN 4 THEN key - 1 ELSE key END"
_BELOW = "CASE i % 5 WHEN 0 THEN 2 WHEN 3 THEN 1 ELSE 0 END"


def fill(comments: int, *, hot: int, hot_page: int, model_page: int) -> None:
    """Add *comments*: *hot* of them to *hot_page*, the rest to bare pages. *model_page* has those that are copied."""
    from django.db import transaction

    with transaction.atomic():
        _add(comments, hot, hot_page, model_page)


def _add(comments: int, hot: int, hot_page: int, model_page: int) -> None:
    from django.core.management.color import no_style
    from django.db import connection

    from tribuna.comments.models import Comment, ThreadStat

    rest = (comments - hot) // PER_PAGE
    pages = _bare_pages(hot_page, rest)
    models = list(Comment.objects.filter(page_id=model_page).order_by("pk").values_list("pk", flat=True))
    start = max(models) + 1
    if connection.vendor == "sqlite":
        connection.connection.create_function("chain", 3, _chain, deterministic=True)
    with connection.cursor() as cursor:
        _copy(cursor, hot, start, page=str(hot_page), large=hot - hot * 2 // 15 * 5, models=models)
        page = f"{pages[0]} + n / {PER_PAGE}" if pages else "0"
        _copy(cursor, rest * PER_PAGE, start + hot, page=page, large=0, models=models)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
    counts = {hot_page: hot} | dict.fromkeys(pages, PER_PAGE)
    ThreadStat.objects.bulk_create([ThreadStat(page_id=page, visible_count=count) for page, count in counts.items()])


def _bare_pages(like: int, number: int) -> list[int]:
    """Return the ids, one after the other, of *number* pages that nobody will open: comments must stand somewhere."""
    from django.db.models import Max
    from wagtail.models import Page

    model = Page.objects.get(pk=like)
    first = Page.objects.aggregate(last=Max("pk"))["last"] + 1
    for begin in range(0, number, BATCH_PAGES):
        made = []
        for place in range(begin, min(begin + BATCH_PAGES, number)):
            page = Page.objects.model()
            for field in Page._meta.concrete_fields:
                setattr(page, field.attname, getattr(model, field.attname))
            page.pk, page.translation_key = first + place, uuid.uuid4()
            page.path, page.depth, page.slug = f"{place + 1:0>8}0001", 3, f"bare-{place}"
            made.append(page)
        Page.objects.bulk_create(made)
    return list(range(first, first + number))


def _chain(first: int, depth: int, key: int) -> bytes:
    """Return the path of comment *key*, whose conversation begins with *first*."""
    steps = {0: [key], 1: [first, key], 2: [first, key - 1, key]}[depth]
    return b"".join(step.to_bytes(ID_BYTES) for step in steps)


def _copy(cursor: Any, number: int, start: int, *, page: str, large: int, models: list[int]) -> None:
    """Add *number* comments from the id *start* on; the first *large* of them are one conversation."""
    from django.db import connection
    from django.utils import timezone

    from tribuna.comments.models import Comment

    if not number:
        return
    is_sqlite = connection.vendor == "sqlite"
    moment = timezone.now() - timedelta(days=DAYS)
    chain = "chain(head, level, key)"
    if not is_sqlite:
        chain = (
            "CASE level WHEN 0 THEN int8send(key) WHEN 1 THEN int8send(head) || int8send(key) "
            "ELSE int8send(head) || int8send(key - 1) || int8send(key) END"
        )
    answers = "CASE WHEN level > 0 THEN {} END"
    parent = answers.format(f"CASE WHEN n < {large} THEN head ELSE key - 1 END")
    written = {
        "id": "key",
        "page_id": page,
        "parent_id": parent,
        "reply_to_id": parent,
        "root_id": answers.format("head"),
        "depth": "level",
        "path": chain,
        "created_at": f"datetime('{moment:%Y-%m-%d %H:%M:%S}', '+' || n || ' seconds')"
        if is_sqlite
        else f"'{moment.isoformat()}'::timestamptz + n * interval '1 second'",
        "respect": "0",
        "replies": f"CASE WHEN n < {large} THEN CASE n WHEN 0 THEN {large - 1} ELSE 0 END ELSE {_BELOW} END",
    }
    columns = [str(field.column) for field in Comment._meta.concrete_fields if not field.generated]
    values = [written.get(name, f"model.{name}") for name in columns]
    cursor.execute(
        f"INSERT INTO comments_comment ({', '.join(columns)}) "
        f"WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {number - 1}), "
        f"counted(n, i, key) AS (SELECT n, n - {large}, CAST({start} + n AS bigint) FROM numbers), "
        "placed(n, i, key, level, head) AS (SELECT n, i, key, "
        f"CASE WHEN n < {large} THEN CASE n WHEN 0 THEN 0 ELSE 1 END ELSE {_DEPTH} END, "
        f"CASE WHEN n < {large} THEN CAST({start} AS bigint) ELSE {_FIRST} END FROM counted) "
        f"SELECT {', '.join(values)} FROM placed, comments_comment model "
        f"WHERE model.id = {models[0]} + placed.n % {len(models)}"
    )
