"""Imports that editors ask for in the admin, and how far they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tribuna.importers.models.archives import KIND_MAX_CHARACTERS, NAME_MAX_CHARACTERS

SILENCE = timedelta(minutes=10)  # after which a run of another machine counts as broken off


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports that were begun in the admin."""

    def without_reports(self) -> ImportRunQuerySet:
        """Leave out what may be large."""
        return self.defer("report", "mapping", "sealed_url").select_related("by")


class ImportRun(models.Model):
    """An import that somebody asked for in the admin: what of, how far it is, and its report."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Ready to start")
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Ended with an error")
        STOPPED = "stopped", _("Stopped")
        BROKEN_OFF = "broken-off", _("Broken off")

    archive = models.CharField(_("archive"), max_length=NAME_MAX_CHARACTERS)
    source = models.CharField(_("source"), max_length=NAME_MAX_CHARACTERS)
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)  # by the names of the source's arguments
    wishes: models.JSONField[Any, Any] = models.JSONField(default=dict)  # section, language, folder, fetch
    files: models.JSONField[Any, Any] = models.JSONField(default=list)  # of each: stored, name, size
    sealed_url = models.BinaryField(default=b"")  # of a database; it may hold a password
    shown_url = models.CharField(max_length=500, blank=True)
    mapping = models.TextField(_("mapping"), blank=True)
    is_dry = models.BooleanField(_("dry run"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    phase = models.CharField(max_length=KIND_MAX_CHARACTERS, blank=True)  # a kind of record, or what is done besides
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    is_stopping = models.BooleanField(default=False)
    node = models.CharField(max_length=64, blank=True)  # the machine that is at it
    error = models.TextField(blank=True)
    report: models.JSONField[Any, Any] = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    began_at = models.DateTimeField(_("began"), null=True)
    seen_at = models.DateTimeField(null=True)  # when it last told how far it is
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ImportRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import in the admin")
        verbose_name_plural = _("imports in the admin")
        ordering = ("-pk",)
        default_permissions = ()
        permissions: ClassVar = [("import_archives", _("Can import archives of other systems"))]

    def __str__(self) -> str:
        return f"{self.archive} ({self.source})"

    @property
    def standing(self) -> State:
        """How it stands; one that has told nothing for long was broken off, whatever its row says."""
        is_silent = self.seen_at is not None and self.seen_at < timezone.now() - SILENCE
        return self.State.BROKEN_OFF if self.state == self.State.RUNNING and is_silent else self.State(self.state)

    @property
    def is_going_on(self) -> bool:
        """Somebody who looks again later will see something else."""
        return self.standing in {self.State.WAITING, self.State.RUNNING}

    @property
    def can_go_on(self) -> bool:
        """It ended before its end, and what it reads is still there."""
        ended = {self.State.FAILED, self.State.STOPPED, self.State.BROKEN_OFF}
        return self.standing in ended and self.has_source

    @property
    def has_source(self) -> bool:
        """What it reads is still kept here, or is a database elsewhere."""
        return bool(self.files or self.sealed_url)

    @property
    def per_second(self) -> float | None:
        """How many records it did in a second, on average; None before the first."""
        if self.began_at is None or self.seen_at is None or not self.done:
            return None
        return self.done / max((self.seen_at - self.began_at).total_seconds(), 0.1)
