"""What authors say against a decision, and readers against the outcome of their report; and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import Comment, Notice
from tribuna.moderation.models.decisions import Decision

APPEAL_MAX_CHARACTERS = 2_000
_SETTLED_HAS_MOMENT = Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False))


class AppealModel(models.Model):
    """What any appeal has. Whoever decided first doesn't decide on it."""

    class Outcome(models.TextChoices):
        """What came of it."""

        UPHELD = "upheld", _("Upheld")
        REVERSED = "reversed", _("Reversed")
        SUPERSEDED = "superseded", _("Changed before it was decided")

    text = models.TextField(_("what the author says"))
    opened_at = models.DateTimeField(_("opened"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    decided_by_name = models.CharField(_("who"), max_length=320, blank=True)
    answer = models.TextField(_("answer"), blank=True)  # in the moderator's own words

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}: {self.get_outcome_display() or _('open')}"

    @property
    def is_open(self) -> bool:
        """Say whether nobody has decided on it."""
        return not self.outcome


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Filters over appeals."""

    def open(self) -> AppealQuerySet:
        """Return those that nobody has decided, on comments that did not go with their page."""
        return self.filter(outcome="", decision__comment__in=Comment.objects.all())

    def about(self, comment_id: int) -> AppealQuerySet:
        """Return those about one comment."""
        return self.filter(decision__comment=comment_id)


class Appeal(AppealModel):
    """One appeal of an author against one decision."""

    decision = models.OneToOneField(Decision, models.DO_NOTHING, related_name="appeal")
    reversal = models.OneToOneField(Decision, models.DO_NOTHING, null=True, related_name="settled")

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["opened_at"], condition=Q(outcome=""), name="moderation_appeal_open")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_SETTLED_HAS_MOMENT, name="moderation_appeal_decided")
        ]


class NoticeAppealQuerySet(models.QuerySet["NoticeAppeal"]):
    """Filters over appeals of readers who reported something."""

    def open(self) -> NoticeAppealQuerySet:
        """Return those that nobody has decided."""
        return self.filter(outcome="")


class NoticeAppeal(AppealModel):
    """One appeal against the outcome of a report of a comment (EU DSA, article 20). It goes when the report goes."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="+")

    objects = NoticeAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal about a report")
        verbose_name_plural = _("appeals about reports")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["opened_at"], condition=Q(outcome=""), name="moderation_notice_appeal_open")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_SETTLED_HAS_MOMENT, name="moderation_notice_appeal_done")
        ]
