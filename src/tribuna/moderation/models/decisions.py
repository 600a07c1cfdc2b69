"""What was decided about a comment, by whom, and why. Rows are added and never touched again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.base import Reason
from tribuna.comments.models import Comment, State
from tribuna.moderation.models.records import AppendOnlyModel, AppendOnlyQuerySet

# What keeps a comment from its readers: the author is told why, and may appeal.
RESTRICTING = (State.REJECTED.value, State.SPAM.value)


class DecisionQuerySet(AppendOnlyQuerySet["Decision"]):
    """Filters over decisions."""

    def about(self, comment_id: int) -> DecisionQuerySet:
        """Return the decisions about one comment."""
        return self.filter(comment_id=comment_id)

    def by_people(self) -> DecisionQuerySet:
        """Return those that a moderator took."""
        return self.exclude(actor=None)

    def since(self, moment: datetime) -> DecisionQuerySet:
        """Return those taken at *moment* or later."""
        return self.filter(at__gte=moment)

    def standing(self) -> DecisionQuerySet:
        """Return those that were not undone, and no undoings."""
        return self.filter(undone_by=None).exclude(action=Decision.Action.UNDO)

    def undoable(self) -> DecisionQuerySet:
        """Return those with something before them, on comments that are there, and that no appeal brought about."""
        return self.exclude(state_before="").filter(comment__in=Comment.objects.all(), settled=None)

    def forget_words(self) -> int:
        """Empty what was said of comments whose text was erased at its author's wish: the one thing that may be."""
        return models.QuerySet.update(self, explanation="", facts=[])


REPORT = "report"  # stands in ``found_by`` for a reader who reported it


class Decision(AppendOnlyModel):
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
    rule_version = models.PositiveIntegerField(null=True)  # which text of it was told, and in which language
    rule_lang = models.CharField(max_length=12, blank=True)
    # Judges' names, a blank between two, or REPORT; empty: the moderator. Of a decision of people, who had it held.
    found_by = models.CharField(max_length=100, blank=True)
    facts: models.JSONField[Any, Any] = models.JSONField(default=list)  # told to the author: the fields of each Reason
    lang = models.CharField(_("language"), max_length=12)
    at = models.DateTimeField(_("when"))
    waited_seconds = models.PositiveIntegerField(null=True)  # in the queue, before a person took it out of there
    appealable_until = models.DateTimeField(null=True)  # the author's time to appeal; empty: nothing to appeal against
    undoes = models.OneToOneField("self", models.DO_NOTHING, null=True, related_name="undone_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        permissions: ClassVar = [("moderate_comments", _("Can moderate comments"))]
        indexes: ClassVar = [
            models.Index(fields=["comment", "id"], name="moderation_decision_comment"),
            models.Index(fields=["action", "id"], name="moderation_decision_action"),
            models.Index(fields=["at"], name="moderation_decision_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: #{self.comment_id}"

    @property
    def is_automatic(self) -> bool:
        """Say whether no person took it."""
        return self.actor_id is None

    @property
    def restricts(self) -> bool:
        """Say whether it keeps the comment from its readers."""
        return self.state_after in RESTRICTING

    @property
    def finders(self) -> list[str]:
        """Return who found it: names of judges, or REPORT; nobody but the moderator when there are none."""
        return self.found_by.split()

    @property
    def why(self) -> list[Reason]:
        """Return the reasons; each reads in the active language."""
        return [Reason(**fact) for fact in self.facts]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the ledger says of it: nothing about the author, the moderator, or anybody's words."""
        return {
            "at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
            "kind": "decision",
            "decision": self.pk,
            "action": self.action,
            "from": self.state_before,
            "to": self.state_after,
            "rule": self.rule,
            "rule_version": self.rule_version,
            "rule_lang": self.rule_lang,
            "found_by": self.finders,
            "by": "machine" if self.is_automatic else "person",
            "lang": self.lang,
            "undoes": self.undoes_id,
        }
