"""A comment and its place in the thread, and the counters of a page.

The place is a materialised path: eight bytes per ancestor (its id, big-endian), then the comment's own. Bytewise order
is reading order within a conversation, and a conversation or any branch of it is one range.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ID_BYTES = 8
MAX_DEPTH = 15  # sixteen levels; a reply to the deepest hangs beside it
NAME_MAX_CHARACTERS = 60
LANGUAGE_MAX_CHARACTERS = 12
HASH_HEX_DIGITS = 64


class State(models.TextChoices):
    """What has been decided about one comment, whatever stands above it."""

    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    REJECTED = "rejected", _("Not published")
    SPAM = "spam", _("Taken for spam")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")  # and nothing stood below it: see Comment.is_withdrawn


_STANDS_PUBLISHED = models.Q(state="published", hidden_by__isnull=True)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Filters over comments."""

    def public(self) -> Self:
        """Return those that every reader may see."""
        return self.filter(visible=True)

    def under(self, page_id: int) -> Self:
        """Return those of one page."""
        return self.filter(page_id=page_id)

    def branch(self, comment: Comment) -> Self:
        """Return *comment* and everything below it: one range of the index over page and path."""
        start = bytes(comment.path)
        return self.filter(page_id=comment.page_id, path__gte=start, path__lt=after_branch(start))


def after_branch(path: bytes) -> bytes:
    """Return the first path that is no longer below *path* (of one or more whole ids)."""
    number = int.from_bytes(path[-ID_BYTES:])
    return path[:-ID_BYTES] + (number + 1).to_bytes(ID_BYTES)


class Comment(models.Model):
    """What one reader said under one page."""

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", db_index=False, verbose_name=_("page")
    )
    # A comment goes only together with its page, so nothing has to be followed when one is deleted.
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="+", db_index=False)  # in storage
    reply_to = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="+", db_index=False)  # as answered
    root = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="+", db_index=False)  # empty: itself
    depth = models.PositiveSmallIntegerField(default=0)
    path = models.BinaryField(max_length=ID_BYTES * (MAX_DEPTH + 1))
    created_at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    # The nearest ancestor that is not published.
    hidden_by = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="+", db_index=False)
    visible = models.GeneratedField(
        expression=_STANDS_PUBLISHED,  # type: ignore[arg-type]  # a Q will do, which the stubs don't know
        output_field=models.BooleanField(),
        db_persist=True,
    )
    author_ref = models.CharField(max_length=HASH_HEX_DIGITS, blank=True)
    name = models.CharField(_("name"), max_length=NAME_MAX_CHARACTERS)
    lang = models.CharField(_("language"), max_length=LANGUAGE_MAX_CHARACTERS)
    body_source = models.TextField(_("text"))
    body_html = models.TextField()
    edited_at = models.DateTimeField(null=True)
    by_newsroom = models.BooleanField(default=False)  # somebody of the staff wrote it, in the newsroom's name
    is_answered = models.BooleanField(default=False)  # the newsroom has answered it
    pass_epoch = models.PositiveBigIntegerField(null=True)  # of the pass it came with: which spam may burn
    respect = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)  # of a root: the visible comments below it

    objects = CommentQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # Wagtail would index every save otherwise

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions: ClassVar = [("answer_comments", _("Can answer comments in the newsroom's name"))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "path"], name="comments_path"),
            models.CheckConstraint(condition=models.Q(depth__lte=MAX_DEPTH), name="comments_depth"),
            models.CheckConstraint(
                condition=models.Q(depth=0, parent=None, root=None)
                | models.Q(depth__gt=0, parent__isnull=False, root__isnull=False),
                name="comments_root",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["page", "-created_at", "-id"],
                condition=models.Q(parent=None, visible=True),
                name="comments_roots",
            ),
            models.Index(
                fields=["page", "-respect", "-id"],
                condition=models.Q(parent=None, visible=True),
                name="comments_respected",
            ),
            models.Index(fields=["state", "id"], condition=~models.Q(state="published"), name="comments_queue"),
            models.Index(fields=["author_ref", "state"], name="comments_author"),
            # For reading a conversation, and so that the database can let go of a page's comments quickly.
            models.Index(fields=["root"], condition=models.Q(root__isnull=False), name="comments_root_id"),
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="comments_parent_id"),
            models.Index(fields=["reply_to"], condition=models.Q(reply_to__isnull=False), name="comments_reply_to_id"),
            models.Index(fields=["hidden_by"], condition=models.Q(hidden_by__isnull=False), name="comments_hidden_by"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}".strip()

    def get_absolute_url(self) -> str:
        """Return the permalink, which leads to the comment in its thread, in the active language."""
        return reverse("comments:comment", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Say whether the comment itself has been let through."""
        return self.state == State.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        """Say whether its author took it back. Where others have answered, an empty one keeps their place."""
        return not self.body_source


class ThreadStat(models.Model):
    """The counters of one page, and the row that whoever changes its thread locks first."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, primary_key=True, related_name="+")
    visible_count = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)  # goes up whenever readers see something else
    last_at = models.DateTimeField(null=True)  # when it did
    pinned = models.ForeignKey(  # the comment that stands above all others
        Comment, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes: ClassVar = [
            models.Index(fields=["pinned"], condition=models.Q(pinned__isnull=False), name="comments_pinned_id")
        ]

    def __str__(self) -> str:
        return f"#{self.page_id}: {self.visible_count}"
