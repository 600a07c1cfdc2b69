"""A desk that has decided much: made-up comments with a moderator's word on each, without going through the form."""

from __future__ import annotations

from django.utils import timezone

from tests.moderation.factories import article, moderator
from tools.prior.made import made
from tribuna.comments.models import ID_BYTES, Comment, State
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.models import Decision
from tribuna.people.models import User


def decided(count: int, *, language: str = "en", seed: int = 7) -> User:
    """Store *count* comments, each published or marked as spam by the moderator, who is returned."""
    actor = User.objects.first() or moderator()
    page, now = article(), timezone.now()
    first = (Comment.objects.order_by("pk").values_list("pk", flat=True).last() or 0) + 1
    made_up = list(enumerate(made(count, seed=seed), first))
    Comment.objects.bulk_create(
        Comment(
            pk=pk,
            page=page,
            path=pk.to_bytes(ID_BYTES),
            created_at=now,
            state=State.SPAM if label else State.PUBLISHED,
            name="Reader 1",
            lang=language,
            body_source=text,
        )
        for pk, (text, label) in made_up
    )
    Decision.objects.bulk_create(
        Decision(
            comment_id=pk,
            actor=actor,
            action=Decision.Action.SPAM if label else Decision.Action.PUBLISH,
            state_before=State.HELD,
            state_after=State.SPAM if label else State.PUBLISHED,
            lang=language,
            at=now,
        )
        for pk, (_text, label) in made_up
    )
    MEMORY.forget()
    return actor
