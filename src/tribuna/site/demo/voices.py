"""Lets the demo's readers speak, and the moderator answer: through the same verbs as everybody."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from secrets import token_hex

from tribuna.comments.actions import submit_comment
from tribuna.comments.models import Comment, State
from tribuna.humans.base import Outcome, Proof
from tribuna.moderation.actions import decide
from tribuna.people.models import User
from tribuna.site.demo import threads
from tribuna.site.demo.pages import Paper
from tribuna.site.demo.threads import Line

PROOF_LIFETIME_SECONDS = 3600


def let_readers_speak(paper: Paper, *, moderator: User) -> int:
    """Submit every comment of the demo at its time, in the order of time, and return how many there are.

    What is not of the queue and a judge has held nevertheless, the *moderator* lets through: others answer it.
    """
    talk = [(_appeared(paper, line) + timedelta(hours=line.hours), line) for line in threads.talk()]
    queue = [(paper.now - timedelta(hours=line.hours), line) for line in threads.queue()]
    waiting = {line for _at, line in queue}
    stored: dict[Line | None, Comment] = {}
    for at, line in sorted([*talk, *queue], key=lambda pair: pair[0]):
        stored[line] = comment = _submit(paper, line, at=at, answered=stored.get(line.above))
        if comment.state == State.HELD and line not in waiting:
            decide(comment, actor=moderator, state=State.PUBLISHED)
    return len(stored)


def _appeared(paper: Paper, line: Line) -> datetime:
    appeared: datetime = paper.stories[line.story, line.page].published_at  # type: ignore[assignment]
    return appeared


def _submit(paper: Paper, line: Line, *, at: datetime, answered: Comment | None) -> Comment:
    return submit_comment(
        paper.stories[line.story, line.page],
        text=line.text,
        name=line.name,
        language=line.language,
        email=_address(line.name) if line.marks == "known" else "",
        reply_to=answered,
        proof=_request_for_person() if line.marks == "person" else None,
        at=at,
    ).comment


def _address(name: str) -> str:
    return f"{'.'.join(name.casefold().replace('_', ' ').split())}@readers.example"


def _request_for_person() -> Proof:
    """What a reader leaves who would rather have a moderator look than read letters from a picture."""
    return Proof(token_hex(16), Outcome.HELD, "person", time.time() + PROOF_LIFETIME_SECONDS)


def turn_some_down(moderator: User) -> None:
    """Reject what the files say was rejected, each with its rule and a word to the author."""
    for line in threads.queue():
        if line.rejection:
            rule, words = line.rejection
            comment = Comment.objects.get(name=line.name)
            decide(comment, actor=moderator, state=State.REJECTED, rule=rule, explanation=words)
