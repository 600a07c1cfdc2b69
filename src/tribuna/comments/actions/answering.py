"""What the newsroom says in a thread of its own: answers, the mark that it has answered, and the pinned comment."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from tribuna.comments.actions.storing import store_comments
from tribuna.comments.actions.submitting import cleaned
from tribuna.comments.actions.threads import lock_thread, note_change
from tribuna.comments.models import NAME_MAX_CHARACTERS, Comment, State, ThreadStat
from tribuna.core.signing import keyed_hash
from tribuna.core.text import render_text
from tribuna.people.models import User


class NotShown(Exception):  # noqa: N818
    """Readers don't see this comment, so it can't be pinned or marked."""


def answer_as_newsroom(
    page: Page, *, text: str, language: str, staff: User, reply_to: Comment | None = None
) -> Comment:
    """Publish *text* under *page* in the newsroom's name; a comment that it answers is marked as answered.

    No judge is asked and no receipt is made: the desk has it. Also where readers may not comment. Raises NothingToSay,
    TooLong, or ReplyGone as ``submit_comment`` does.
    """
    said = cleaned(text)
    comment = Comment(
        page_id=page.pk,
        created_at=timezone.now(),
        state=State.PUBLISHED,
        author_ref=keyed_hash("author.staff", str(staff.pk)),
        name=_newsroom(page)[:NAME_MAX_CHARACTERS],
        lang=language,
        body_source=said,
        body_html=render_text(said),
        reply_to_id=None if reply_to is None else reply_to.pk,
        by_newsroom=True,
    )
    with transaction.atomic():
        lock_thread(page.pk)
        store_comments([comment])
        if reply_to is not None:
            Comment.objects.filter(pk=reply_to.pk).update(is_answered=True)
    return comment


def mark_answered(comment: Comment, *, answered: bool = True) -> None:
    """Mark *comment* as answered by the newsroom, which may have been in the article; or take the mark away."""
    with transaction.atomic():
        _shown(comment)
        comment.is_answered = answered
        comment.save(update_fields=["is_answered"])
        note_change(comment.page_id)


def pin_comment(comment: Comment) -> None:
    """Let *comment* stand above all others of its page, in the place of the one that did. Raises NotShown."""
    with transaction.atomic():
        _shown(comment)
        ThreadStat.objects.filter(page_id=comment.page_id).update(pinned=comment)
        note_change(comment.page_id)


def unpin_comment(comment: Comment) -> None:
    """Let *comment* stand in its own place only. One that isn't pinned stays as it is."""
    with transaction.atomic():
        lock_thread(comment.page_id)
        if ThreadStat.objects.filter(page_id=comment.page_id, pinned=comment).update(pinned=None):
            note_change(comment.page_id)


def _newsroom(page: Page) -> str:
    """Return the name of the newsroom that *page* stands in."""
    site = page.get_site()
    return str((site and site.site_name) or settings.WAGTAIL_SITE_NAME)


def _shown(comment: Comment) -> None:
    lock_thread(comment.page_id)
    comment.refresh_from_db()
    if not comment.visible or comment.is_withdrawn:
        raise NotShown
