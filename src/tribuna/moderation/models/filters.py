"""What the filter learned here, each time it was fitted, and what it said of a comment before a person decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import Comment


class SiteFilterQuerySet(models.QuerySet["SiteFilter"]):
    """Filters over fitted layers."""

    def in_force(self) -> SiteFilter | None:
        """Return the newest that was not taken back; None when the prior stands alone."""
        return self.filter(is_withdrawn=False).order_by("pk").last()


class SiteFilter(models.Model):
    """A newsroom's own layer, fitted to the decisions of one moment. Taking it back brings back the one before."""

    made_at = models.DateTimeField(_("made"))
    decisions = models.PositiveIntegerField(_("decisions"))  # that it was fitted to
    spam = models.PositiveIntegerField(_("of these spam"))
    last_decision = models.PositiveBigIntegerField()  # the id of the newest decision there was
    weights = models.BinaryField()  # as learning.layers packs them
    standing: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # by language: counts on texts it had not seen
    is_withdrawn = models.BooleanField(_("taken back"), default=False)

    objects = SiteFilterQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("fitted filter")
        verbose_name_plural = _("fitted filters")
        default_permissions = ()
        permissions: ClassVar = [("teach_filter", _("Can have the learned filter fitted again, and take a fit back"))]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.decisions})"


class Score(models.Model):
    """What the filter made of a comment when it came in."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="+")
    site_filter = models.ForeignKey(SiteFilter, models.SET_NULL, null=True, related_name="+")  # empty: the prior alone
    value = models.FloatField()
    decision = models.PositiveSmallIntegerField()  # a comments.base.Decision; what it would have done by itself

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.value:.2f}"
