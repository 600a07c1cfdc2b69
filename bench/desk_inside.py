"""What the benchmark of the desk does within a newsroom: ``python -m bench.desk_inside WAITING BULK``.

The last line it prints is JSON: by the key of each row what was measured.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from statistics import median
from typing import Any

ROUNDS = 7
AUTHORS = 700
FRAME = "/admin/comments/appeals/"  # a page of the desk with nothing on it
QUEUE = "/admin/comments/"


def fill(waiting: int) -> None:
    """Let *waiting* comments wait under the newest stories, and as many be published, each with its record."""
    from django.utils import timezone

    from tribuna.comments.actions import reconcile_counts
    from tribuna.comments.models import ID_BYTES, Comment, Receipt
    from tribuna.moderation.base import fold_text, text_digests
    from tribuna.moderation.models import Decision, Trace
    from tribuna.newsroom.models import ArticlePage

    pages = list(ArticlePage.objects.values_list("pk", flat=True))
    now, last = timezone.now(), Comment.objects.order_by("pk").last()
    first = (last.pk if last else 0) + 1
    comments, receipts, traces, decisions = [], [], [], []
    for number in range(2 * waiting):
        state = "published" if number % 2 else "held"
        # So short that only equal ones are alike.
        text = f"Remark {number // 40 if number % 10 == 0 else number} on the harbour."
        comment = Comment(
            pk=first + number,
            page_id=pages[number % len(pages)],
            path=(first + number).to_bytes(ID_BYTES),
            created_at=now - timedelta(minutes=2 * waiting - number),
            state=state,
            author_ref=f"{number % AUTHORS:064x}",
            name=f"Reader {number % AUTHORS}",
            lang="en",
            body_source=text,
            body_html=f"<p>{text}</p>",
        )
        comments.append(comment)
        receipts.append(Receipt(comment=comment, secret_hash=f"{number:064x}"))
        traces.append(Trace(comment=comment, text_digest=text_digests(fold_text(text))[0], at=comment.created_at))
        decisions.append(
            Decision(
                comment=comment, action="receive", state_after=state, found_by="links", lang="en", at=comment.created_at
            )
        )
    for model, rows in ((Comment, comments), (Receipt, receipts), (Trace, traces), (Decision, decisions)):
        model.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]
    reconcile_counts()


def _moderator() -> Any:
    from django.contrib.auth.models import Group

    from tribuna.moderation.actions import open_desk
    from tribuna.people.models import User

    open_desk()
    user = User.objects.create_user("bench@example.org", "a long password")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def _asked(client: Any, url: str) -> tuple[int, float]:
    """Return how many queries a page takes, and the milliseconds that the database takes for them."""
    from django.db import connection

    spent: list[float] = []

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        response = client.get(url, headers={"host": "127.0.0.1"})
    if response.status_code != 200:
        raise AssertionError(f"{url} answers with {response.status_code}")
    return len(spent), sum(spent) * 1000


def measure(bulk: int) -> dict[str, dict[str, Any]]:
    """Return what each row comes to."""
    from django.test import Client

    from tribuna.comments.models import Comment
    from tribuna.comments.queries import drifts
    from tribuna.moderation.actions import decide_many
    from tribuna.moderation.queries import check_ledger, figures

    moderator, client = _moderator(), Client()
    client.force_login(moderator)
    _asked(client, QUEUE), _asked(client, FRAME)
    frame, _ = _asked(client, FRAME)
    screens = [_asked(client, QUEUE) for _ in range(ROUNDS)]
    found: dict[str, dict[str, Any]] = {
        "queries": {
            "ours": screens[0][0] - (frame - 1),
            "note": f"{frame - 1} more are those of any page of the admin",
        },
        "all_queries": {"ours": screens[0][0]},
        "database": {"ours": median(ms for _number, ms in screens), "note": f"{ROUNDS} rounds"},
    }
    held = dict.fromkeys(Comment.objects.filter(state="held").values_list("pk", flat=True)[: 2 * bulk], "held")
    ids = list(held)
    began, spent = time.perf_counter(), time.process_time()
    rejected = decide_many(dict.fromkeys(ids[:bulk], "held"), actor=moderator, state="rejected", rule="topic")
    note = f"{time.process_time() - spent:.1f} s of CPU"
    found["bulk"] = {"ours": time.perf_counter() - began, "note": note}
    published = decide_many(dict.fromkeys(ids[bulk:], "held"), actor=moderator, state="published")
    if len(rejected.decisions) != bulk or len(published.decisions) != bulk:
        raise AssertionError("not all were decided")
    found["counts"] = {"ours": len(drifts())}
    for key, work in (("figures", figures), ("ledger", check_ledger)):
        began = time.perf_counter()
        work()
        found[key] = {"ours": (time.perf_counter() - began) * 1000}
    return found


if __name__ == "__main__":
    import django

    django.setup()
    waiting, bulk = map(int, sys.argv[1:3])
    fill(waiting)
    print(json.dumps(measure(bulk)))
