"""What readers who reported a comment may say against the outcome, and what waits of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.comments.models import Notice, Outcome
from tribuna.moderation.models import RESTRICTING, NoticeAppeal


@dataclass(frozen=True, slots=True)
class NoticeRights:
    """What a reader may do about the outcome of a report, or has done (EU DSA, article 20)."""

    notice: Notice
    appeal: NoticeAppeal | None

    @property
    def until(self) -> datetime | None:
        """Return until when there may be an appeal; None where there is nothing to appeal against.

        That is a report of a comment that was declined, while the comment is there for readers.
        """
        notice = self.notice
        if notice.outcome != Outcome.DISMISSED or notice.decided_at is None:
            return None
        if notice.comment is None or notice.comment.state in RESTRICTING:
            return None
        return notice.decided_at + timedelta(days=settings.TRIBUNA_APPEAL_DAYS)

    @property
    def may_be_appealed(self) -> bool:
        """Say whether the reader may appeal, and has not yet."""
        return self.appeal is None and self.until is not None and timezone.now() < self.until


def notice_rights(notice: Notice) -> NoticeRights:
    """Return what its reader may do about *notice*."""
    return NoticeRights(notice, NoticeAppeal.objects.filter(notice=notice).first())


def open_notice_appeals(*, limit: int) -> QuerySet[NoticeAppeal]:
    """Return the appeals about reports that have waited longest, each with its report, comment and page."""
    waiting = NoticeAppeal.objects.open().select_related("notice__comment__page__locale", "notice__decided_by")
    return waiting.order_by("opened_at")[:limit]
