"""What readers report: a comment (Regulation (EU) 2022/2065, article 16), or an error in an article."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models.comments import HASH_HEX_DIGITS, LANGUAGE_MAX_CHARACTERS, NAME_MAX_CHARACTERS, Comment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NONCE_HEX_DIGITS = 32
CITED_MAX_CHARACTERS = 200


def fresh_nonce() -> str:
    """Return 128 random bits in hexadecimal."""
    return token_hex(NONCE_HEX_DIGITS // 2)


class Ground(models.TextChoices):
    """Why a comment should go."""

    ILLEGAL = "illegal", _("It is illegal")
    MINORS = "minors", _("It sexually exploits or abuses minors")
    RULE = "rule", _("It breaks the rules of this site")


class Outcome(models.TextChoices):
    """What became of it."""

    OPEN = "", _("Not decided yet")
    UPHELD = "upheld", _("Taken down")
    DISMISSED = "dismissed", _("Stays as it is")


CORRECTED = _("Corrected")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters over what readers report."""

    def of_comments(self) -> NoticeQuerySet:
        """Return those about a comment, which are the moderators' business."""
        return self.filter(comment__isnull=False)

    def of_errors(self) -> NoticeQuerySet:
        """Return those about an error in an article, which are the newsroom's."""
        return self.filter(comment=None)

    def open(self) -> NoticeQuerySet:
        """Return those that nobody has decided."""
        return self.filter(outcome=Outcome.OPEN)


class Notice(models.Model):
    """One report: of a comment, or, where there is none, of an error in the article."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="notices", verbose_name=_("comment"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    cited = models.CharField(_("law or rule"), max_length=CITED_MAX_CHARACTERS, blank=True)  # of an error: the words
    explanation = models.TextField(_("explanation"))
    name = models.CharField(_("name"), max_length=NAME_MAX_CHARACTERS, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address_ref = models.CharField(max_length=HASH_HEX_DIGITS, blank=True, db_index=True)
    confirmed_at = models.DateTimeField(null=True)  # when the address was proved
    good_faith = models.BooleanField(_("good faith"), default=False)
    language = models.CharField(max_length=LANGUAGE_MAX_CHARACTERS)
    nonce = models.CharField(max_length=NONCE_HEX_DIGITS, unique=True, default=fresh_nonce)
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    answer = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(null=True, db_index=True)
    # The record outlives the account.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        permissions: ClassVar = [
            ("settle_notices", _("Can decide on reports of comments")),
            ("settle_errors", _("Can answer reports of errors in articles")),
            ("serve_rights", _("Can hand out and erase what is kept of a reader")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(outcome=""), name="comments_open_notices"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether nobody has decided yet."""
        return self.outcome == Outcome.OPEN

    @property
    def is_error(self) -> bool:
        """Say whether it is about the article and not about a comment."""
        return self.comment_id is None

    @property
    def outcome_words(self) -> StrOrPromise:
        """Return what became of it, in the active language: of an error there is nothing to take down."""
        return CORRECTED if self.is_error and self.outcome == Outcome.UPHELD else Outcome(self.outcome).label
