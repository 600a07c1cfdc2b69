"""What the house writes to readers by mail: who asked for it, what waits to be sent, how often strangers were asked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models.comments import HASH_HEX_DIGITS, LANGUAGE_MAX_CHARACTERS, Comment
from tribuna.comments.models.notices import NONCE_HEX_DIGITS, Notice, fresh_nonce


class Pace(models.TextChoices):
    """How often a reader wants to hear of answers."""

    AT_ONCE = "at-once", _("At once, each in a mail of its own")
    DAILY = "daily", _("Once a day, all in one mail")


class Alert(models.Model):
    """An author who wants mail about one comment. The only place where a reader's e-mail address is kept.

    Nothing but the question whether they want it is sent before ``confirmed_at``. The nonce is part of the addresses in
    the mails: when the row goes, they lead nowhere.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="alert")
    email = models.EmailField(_("e-mail address"))
    address_ref = models.CharField(max_length=HASH_HEX_DIGITS, db_index=True)
    language = models.CharField(max_length=LANGUAGE_MAX_CHARACTERS)
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE)
    nonce = models.CharField(max_length=NONCE_HEX_DIGITS, default=fresh_nonce)
    asked_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Letter(models.Model):
    """A mail that waits to be sent. It goes once it is; one that can't be sent is kept for a while, without a moment.

    The address is that of the alert or of the notice; only the proof of an address carries one of its own.
    """

    class Kind(models.TextChoices):
        """What it says; each has a template of that name."""

        CONFIRM = "confirm"
        REPLIES = "replies"
        DECISION = "decision"
        NOTICE = "notice"
        OUTCOME = "outcome"
        ERROR = "error"
        RIGHTS = "rights"

    kind = models.CharField(max_length=10, choices=Kind)
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="letters")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")  # what it tells of
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=LANGUAGE_MAX_CHARACTERS)
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)  # empty: given up
    tries = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Asked(models.Model):
    """That somebody had the house write to an address nobody has confirmed: keyed hashes, for a day."""

    ref = models.CharField(max_length=HASH_HEX_DIGITS)
    at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mail asked for")
        verbose_name_plural = _("mails asked for")
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["ref", "at"], name="comments_asked_ref")]

    def __str__(self) -> str:
        return self.ref
