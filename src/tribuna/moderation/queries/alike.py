"""Which of the comments that wait say nearly the same, so that one decision is enough for all of them.

All of a group are nearly like the same text, the first of its kind that was read: so none strays in over a chain of
small steps. Texts that are equal once their disguises are off are of a kind, however short.
"""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime

from django.db.models import QuerySet

from tribuna.comments.models import Comment, State
from tribuna.learning.campaigns import Kinds
from tribuna.moderation.base import fold_text

FORGOTTEN_MAXIMUM = 20_000  # comments that no longer wait and are still known; then everything is read anew
type _Version = list[datetime | None]  # when a comment was written, and when it was changed


class _Texts:
    """What this process knows of texts that wait or waited: each is read and compared once, and none is kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._kinds = Kinds()
        self._kind: dict[bytes, int] = {}  # by the digest of what is left of a text when it is folded
        self._known: dict[int, tuple[_Version, int]] = {}  # by comment, the kind of its text

    def groups(self, waiting: QuerySet[Comment]) -> dict[int, list[int]]:
        """Return the ids of *waiting*, in its order: of each group the first, with the others."""
        found = {pk: version for pk, *version in waiting.values_list("pk", "created_at", "edited_at")}
        with self._lock:
            if len(self._known) > FORGOTTEN_MAXIMUM + len(found):
                self._forget()
            missing = [pk for pk, version in found.items() if pk not in self._known or self._known[pk][0] != version]
            if missing:
                self._read(missing)
            kinds = {pk: self._known[pk][1] for pk in found if pk in self._known}
        groups: dict[int, list[int]] = {}
        heads: dict[int, int] = {}
        for pk, kind in kinds.items():
            head = heads.setdefault(kind, pk)
            groups.setdefault(head, []).append(pk)
        return {head: everyone[1:] for head, everyone in groups.items()}

    def _read(self, missing: list[int]) -> None:
        # Few of those between the first and the last are known: what is missing came last, or nothing is known yet.
        between = Comment.objects.filter(state=State.HELD, pk__range=(min(missing), max(missing))).order_by("pk")
        for pk, text, *version in between.values_list("pk", "body_source", "created_at", "edited_at"):
            digest = hashlib.blake2b(fold_text(text).encode(), digest_size=16).digest()
            if digest not in self._kind:
                self._kind[digest] = self._kinds.kind_of(text)
            self._known[pk] = version, self._kind[digest]


_texts = _Texts()


def groups_of(waiting: QuerySet[Comment]) -> dict[int, list[int]]:
    """Return the ids of *waiting* in its order: of each group the first, with the others. One query, or two."""
    return _texts.groups(waiting)


def alike_waiting(comment_id: int) -> list[int]:
    """Return the ids of other comments that wait and say nearly the same, oldest first. One query, or two."""
    groups = groups_of(Comment.objects.filter(state=State.HELD).order_by("pk"))
    own = next(([head, *others] for head, others in groups.items() if comment_id in (head, *others)), [])
    return [pk for pk in own if pk != comment_id]
