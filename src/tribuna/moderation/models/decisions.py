"""What was decided about a comment, by whom, and why. Rows are added and never touched again."""

from __future__ import annotations

from typing import Any, ClassVar, Never

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.base import Reason
from tribuna.comments.models import Comment


class AppendOnly(Exception):  # noqa: N818
    """Someone tried to alter what was decided. A decision is undone by another one."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Filters over decisions; what would alter or remove rows is refused."""

    def about(self, comment_id: int) -> DecisionQuerySet:
        """Return the decisions about one comment."""
        return self.filter(comment_id=comment_id)

    def by_people(self) -> DecisionQuerySet:
        """Return those that a moderator took."""
        return self.exclude(actor=None)

    def undoable(self) -> DecisionQuerySet:
        """Return those that have something before them, on comments that did not go with their page."""
        return self.exclude(state_before="").filter(comment__in=Comment.objects.all())

    def update(self, **values: Any) -> Never:
        """Refuse."""
        raise AppendOnly(f"Decisions are not altered: {sorted(values)}")

    def delete(self) -> Never:
        """Refuse."""
        raise AppendOnly("Decisions are not deleted.")


class Decision(models.Model):
    """One step in what the house thinks of a comment: the judges' at submission, a moderator's, or an undoing."""

    class Action(models.TextChoices):
        """What was done."""

        RECEIVE = "receive", _("Received")
        PUBLISH = "publish", _("Published")
        HOLD = "hold", _("Held")
        REJECT = "reject", _("Rejected")
        SPAM = "spam", _("Marked as spam")
        UNDO = "undo", _("Undone")

    # The record outlives its page and the account of whoever decided, so the database holds no one to these two.
    comment = models.ForeignKey(Comment, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )  # empty: the judges
    actor_name = models.CharField(_("who"), max_length=320, blank=True)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    state_before = models.CharField(max_length=10, blank=True)  # comments' State values; none before the first
    state_after = models.CharField(max_length=10)
    rule = models.CharField(max_length=50, blank=True)  # the code of the rule that was cited
    explanation = models.TextField(_("explanation"), blank=True)  # in the moderator's own words
    found_by = models.CharField(max_length=100, blank=True)  # judges' names, a blank between two
    facts: models.JSONField[Any, Any] = models.JSONField(default=list)  # told to the author: the fields of each Reason
    lang = models.CharField(_("language"), max_length=12)
    at = models.DateTimeField(_("when"))
    undoes = models.OneToOneField("self", models.DO_NOTHING, null=True, related_name="undone_by")

    objects = DecisionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        permissions: ClassVar = [("moderate_comments", _("Can moderate comments"))]
        indexes: ClassVar = [
            models.Index(fields=["comment", "id"], name="moderation_decision_comment"),
            models.Index(fields=["action", "id"], name="moderation_decision_action"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: #{self.comment_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new decision. Raises AppendOnly for one that is stored already."""
        if not self._state.adding:
            raise AppendOnly("Decisions are not altered.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse."""
        raise AppendOnly("Decisions are not deleted.")

    @property
    def is_automatic(self) -> bool:
        """Say whether no person took it."""
        return self.actor_id is None

    @property
    def why(self) -> list[Reason]:
        """Return the reasons; each reads in the active language."""
        return [Reason(**fact) for fact in self.facts]
