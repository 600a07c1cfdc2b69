"""What is read of readers' reports: those that wait, those that were decided, how many."""

from __future__ import annotations

from django.db.models import QuerySet

from tribuna.comments.models import Notice

SHOWN_DECIDED = 100


def open_notices() -> QuerySet[Notice]:
    """Return the reports of comments that wait for a moderator, oldest first, each with its comment and page."""
    return Notice.objects.of_comments().open().select_related("comment", "page").order_by("pk")


def open_errors() -> QuerySet[Notice]:
    """Return the reports of errors in articles that wait for the newsroom, oldest first, each with its page."""
    return Notice.objects.of_errors().open().select_related("page").order_by("pk")


def decided_notices(*, errors: bool) -> QuerySet[Notice]:
    """Return the newest reports that were decided, of *errors* or of comments."""
    about = Notice.objects.of_errors() if errors else Notice.objects.of_comments()
    return (
        about.exclude(decided_at=None)
        .select_related("comment", "page", "decided_by")
        .order_by("-decided_at")[:SHOWN_DECIDED]
    )


def notices_about(comment_id: int) -> QuerySet[Notice]:
    """Return the reports of one comment, newest first: for whoever decides on it elsewhere."""
    return Notice.objects.filter(comment=comment_id).order_by("-pk")
