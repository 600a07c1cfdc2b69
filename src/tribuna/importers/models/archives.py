"""What came from where: archives, the runs that read them, each thing's origin, and what could not come as it was."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.importers.base import DIGEST_BYTES

KEY_MAX_CHARACTERS = 200
KIND_MAX_CHARACTERS = 16
NAME_MAX_CHARACTERS = 60


class Archive(models.Model):
    """The past of one other system. Its name keeps its keys apart from those of all others."""

    name = models.CharField(_("name"), max_length=NAME_MAX_CHARACTERS, unique=True)
    source = models.CharField(_("source"), max_length=NAME_MAX_CHARACTERS)
    begun_at = models.DateTimeField(_("first read"), auto_now_add=True)
    settled = models.PositiveBigIntegerField(default=0)  # the last origin whose page is in the indexes

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One reading of an archive. Without an end it was cut off, or goes on now."""

    archive = models.ForeignKey(Archive, models.CASCADE, related_name="runs")
    began_at = models.DateTimeField(_("began"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)  # by kind: read, created, updated, same, left
    is_whole = models.BooleanField(default=False)  # the source was read to its end

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.archive} #{self.pk}"


class Origin(models.Model):
    """What one record became: the primary key of ours, and the digest it had when it was stored."""

    archive = models.ForeignKey(Archive, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=KIND_MAX_CHARACTERS)
    key = models.CharField(max_length=KEY_MAX_CHARACTERS)
    target = models.BigIntegerField(null=True)  # none: it could not come
    digest = models.CharField(max_length=2 * DIGEST_BYTES, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["archive", "kind", "key"], name="importers_origin_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Finding(models.Model):
    """What was changed of one record, or lost, with the original as it was."""

    archive = models.ForeignKey(Archive, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=KIND_MAX_CHARACTERS)
    key = models.CharField(max_length=KEY_MAX_CHARACTERS)
    about = models.CharField(max_length=200)  # an untranslated message id
    detail = models.TextField(blank=True)
    original = models.TextField(blank=True)
    is_lost = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes: ClassVar = [models.Index(fields=["archive", "kind", "key"], name="importers_finding_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.about}"
