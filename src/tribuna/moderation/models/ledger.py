"""The ledger: one chained line for each decision that a person took or that kept a comment from its readers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import HASH_HEX_DIGITS
from tribuna.core.chain import GENESIS, Link, line_of
from tribuna.moderation.models.decisions import Decision
from tribuna.moderation.models.records import AppendOnlyModel, AppendOnlyQuerySet


class LedgerEntry(AppendOnlyModel):
    """One line. That no two follow the same one is the database's own business: ``prev_hash`` is unique."""

    number = models.PositiveBigIntegerField(primary_key=True)
    decision = models.ForeignKey(Decision, models.DO_NOTHING, related_name="+")
    body = models.TextField()  # the line without its hash, byte for byte
    prev_hash = models.CharField(max_length=HASH_HEX_DIGITS, unique=True)
    hash = models.CharField(max_length=HASH_HEX_DIGITS, unique=True)

    objects = AppendOnlyQuerySet["LedgerEntry"].as_manager()

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger")
        default_permissions = ()
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def line(self) -> str:
        """Return the line as it is published."""
        return line_of(self.body, self.hash)


class LedgerHead(models.Model):
    """The one row that whoever writes into the ledger locks: its last number and hash."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH_HEX_DIGITS, default=GENESIS)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("end of the ledger")
        verbose_name_plural = _("ends of the ledger")
        default_permissions = ()
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="moderation_one_ledger")]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def link(self) -> Link:
        """Return the end of the chain."""
        return Link(self.number, self.hash)
