"""A comment that changed in its source since it came: its words and what was decided about it are taken over."""

from __future__ import annotations

from tribuna.comments.actions import hold_comment, mark_comment_as_spam, publish_comment, reject_comment
from tribuna.comments.models import Comment as Stored
from tribuna.comments.models import State
from tribuna.core.mojibake import mended
from tribuna.core.text import clean_text, render_text
from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.base import Comment, Said
from tribuna.press.actions import changed

_VERDICTS = {
    Said.PUBLISHED: publish_comment,
    Said.HELD: hold_comment,
    Said.REJECTED: reject_comment,
    Said.GONE: reject_comment,
    Said.SPAM: mark_comment_as_spam,
}


def bring_up_to_date(ledger: Ledger, record: Comment, pk: int) -> None:
    """Let the comment with the primary key *pk* be as *record* says; one that is no more stays away."""
    comment = Stored.objects.filter(pk=pk).first()
    text = clean_text(mended(record.text))
    if comment is None:
        ledger.enter(Comment.kind, [(record.key, pk, record.digest)], counted="kept")
        return
    if text and text != comment.body_source:
        Stored.objects.filter(pk=pk).update(body_source=text, body_html=render_text(text))
        changed(f"comments:{comment.page_id}", withdrawn=True)
    if comment.state != (State.REJECTED if record.state == Said.GONE else record.state.value):
        _VERDICTS[record.state](comment)
    ledger.enter(Comment.kind, [(record.key, pk, record.digest)], counted="updated")
