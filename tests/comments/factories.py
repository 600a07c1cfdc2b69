"""Comments as readers would leave them, and judges that are easily read."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from tribuna.comments.actions import submit_comment
from tribuna.comments.base import Decision, Draft, Reason, Verdict
from tribuna.comments.models import Comment
from tribuna.humans.base import Outcome, Proof

BEGINNING = datetime(2022, 12, 2, 9, 0, tzinfo=UTC)
_minutes = itertools.count()


def comment(page: Any, text: str = "A good read.", **fields: Any) -> Comment:
    """Return a stored comment on *page*, each a minute younger than the one before."""
    fields = {"name": "Ana", "language": "en", "at": BEGINNING + timedelta(minutes=next(_minutes)), **fields}
    return submit_comment(page, text=text, **fields).comment


def replies(page: Any, levels: int, *, to: Comment | None = None) -> list[Comment]:
    """Return a chain of comments, each in reply to the one before."""
    chain = [to] if to else []
    for level in range(levels):
        chain.append(comment(page, f"Level {level}", name=f"Reader {level}", reply_to=chain[-1] if chain else None))
    return chain[1:] if to else chain


def proof(outcome: Outcome = Outcome.PASSED, *, nonce: str = "0" * 32) -> Proof:
    """Return what an answered challenge gives."""
    return Proof(nonce=nonce, outcome=outcome, challenge="question", expires_at=time.time() + 60)


class Doubtful:
    """Holds whatever has a question mark."""

    name = "doubtful"

    def judge(self, draft: Draft) -> Verdict:
        if "?" not in draft.text:
            return Verdict(Decision.PUBLISH, (Reason("There is no question mark."),))
        return Verdict(Decision.HOLD, (Reason("%(count)d question marks.", {"count": draft.text.count("?")}),))


class Severe:
    """Rejects shouting."""

    name = "severe"

    def judge(self, draft: Draft) -> Verdict:
        shouts = draft.text.isupper()
        return Verdict(Decision.REJECT, (Reason("It is all capitals."),)) if shouts else Verdict(Decision.PUBLISH)


class Shy:
    """Holds newcomers."""

    name = "shy"

    def judge(self, draft: Draft) -> Verdict:
        return (
            Verdict(Decision.HOLD, (Reason("Nobody knows this reader yet."),))
            if draft.is_newcomer
            else Verdict(Decision.PUBLISH)
        )


class Broken:
    """Fails."""

    name = "broken"

    def judge(self, draft: Draft) -> Verdict:
        raise ZeroDivisionError


DOUBTFUL, SEVERE, SHY, BROKEN = (f"{__name__}.{name}" for name in ("Doubtful", "Severe", "Shy", "Broken"))
