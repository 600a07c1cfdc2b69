"""The wires that a newsroom takes in, and where each of the drafts that came from them is from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tribuna.importers.base import DIGEST_BYTES, Standing
from tribuna.importers.models.archives import KEY_MAX_CHARACTERS, NAME_MAX_CHARACTERS
from tribuna.newsroom.models.articles import story_languages

ADDRESS_MAX_CHARACTERS = 2_000
MOST_MINUTES = 60 * 24 * 30
MOST_DOUBLINGS = 10
LONGEST_BACKOFF = timedelta(hours=6)
_COUNTED = {
    "created": _("%(count)s new"),
    "updated": _("%(count)s updated"),
    "same": _("%(count)s as before"),
    "left": _("%(count)s left alone"),
    "canceled": _("%(count)s canceled"),
    "passed": _("%(count)s passed over"),
    "refused": _("%(count)s refused"),
}


class Wire(models.Model):
    """A feed or an agency's service: where it is, how often it is asked, and what its items become."""

    class Format(models.TextChoices):
        """What its documents are in; the keys are those of ``sources.wires.FORMATS``."""

        DETECTED = "", _("Told from the document")
        FEED = "feed", "RSS, Atom"
        NEWSML = "newsml", "NewsML-G2"
        NITF = "nitf", "NITF"
        NINJS = "ninjs", "ninjs"

    name = models.CharField(_("name"), max_length=NAME_MAX_CHARACTERS, unique=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    address = models.CharField(
        _("address"),
        max_length=ADDRESS_MAX_CHARACTERS,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where it is fetched from."),
    )
    folder = models.CharField(
        _("watched folder"),
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"\A[\w][\w.-]*\Z", _("A folder's name alone, without slashes."))],
        help_text=_("Instead of an address: the name of a folder among those that agencies deliver files into."),
    )
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.DETECTED, blank=True)
    section = models.ForeignKey(
        "newsroom.SectionPage",
        verbose_name=_("section"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where its drafts stand. The section tells the edition."),
    )
    byline = models.ForeignKey(
        "newsroom.AuthorPage",
        verbose_name=_("byline"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The agency or the desk that stands over its stories."),
    )
    language = models.CharField(
        _("language"),
        max_length=16,
        blank=True,
        choices=story_languages,
        help_text=_("Of items that don't say their own. Empty: that of the edition."),
    )
    credit = models.CharField(
        _("credit line"),
        max_length=255,
        blank=True,
        help_text=_("Stands under each story. Empty: what the item itself says."),
    )
    takes_pictures = models.BooleanField(
        _("take pictures"), default=False, help_text=_("Only if your contract lets you show them.")
    )
    minutes = models.PositiveIntegerField(
        _("every so many minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    hold_minutes = models.PositiveIntegerField(
        _("hold for minutes"),
        default=0,
        validators=[MaxValueValidator(MOST_MINUTES)],
        help_text=_("No story may be published sooner after the agency issued it, whatever the item says."),
    )

    due_at = models.DateTimeField(_("next"), default=timezone.now, db_index=True, editable=False)
    ran_at = models.DateTimeField(_("last run"), null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)  # in a row
    error = models.TextField(_("last error"), blank=True, editable=False)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict, editable=False)  # of the last run
    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)  # Last-Modified, as the server wrote it

    class Meta:
        verbose_name = _("wire")
        verbose_name_plural = _("wires")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Want either an address or a folder; of another one nothing is known yet, and it is asked at once."""
        super().clean()
        if bool(self.address) == bool(self.folder):
            raise ValidationError(_("A wire has either an address or a watched folder."))
        before = Wire.objects.filter(pk=self.pk).values_list("address", "folder", "format", "section_id").first()
        if before and before != (self.address, self.folder, self.format, self.section_id):
            self.etag = self.modified = ""
            self.due_at, self.failures = timezone.now(), 0

    @property
    def edition(self) -> str:
        """The edition that its stories stand in, by its own name."""
        return get_language_info(self.section.locale.language_code)["name_local"] if self.section else ""

    @property
    def summed_up(self) -> str:
        """What the last run counted, in words."""
        said = [words % {"count": self.counts[key]} for key, words in _COUNTED.items() if self.counts.get(key)]
        return ", ".join(said) if said else "–"

    @property
    def standing(self) -> str:
        """The last error, or that all is well."""
        return self.error or str(_("As it should be") if self.ran_at else _("Not asked yet"))

    def next_due(self, now: datetime) -> datetime:
        """Return when it is asked again after a run at *now*: later, and later again, while it fails."""
        pause = timedelta(minutes=self.minutes)
        longer = min(pause * 2 ** min(self.failures, MOST_DOUBLINGS), LONGEST_BACKOFF)
        return now + (max(pause, longer) if self.failures else pause)


class WireItem(models.Model):
    """One item of a wire, and the draft it became."""

    class State(models.TextChoices):
        """What the wire lets be done with it."""

        USABLE = Standing.USABLE.value, _("Usable")
        WITHHELD = Standing.WITHHELD.value, _("Withheld")
        CANCELED = Standing.CANCELED.value, _("Canceled")

    wire = models.ForeignKey(Wire, models.PROTECT, verbose_name=_("wire"), related_name="items")
    key = models.CharField(_("identifier"), max_length=KEY_MAX_CHARACTERS)
    page = models.ForeignKey(
        "newsroom.ArticlePage", models.SET_NULL, null=True, verbose_name=_("draft"), related_name="+", editable=False
    )
    title = models.CharField(_("title"), max_length=255, editable=False)
    version = models.CharField(_("version"), max_length=60, blank=True, editable=False)
    newer_version = models.BooleanField(  # that was not taken over, for an editor had worked on the draft
        _("a newer version came"), default=False, editable=False
    )
    digest = models.CharField(max_length=2 * DIGEST_BYTES, editable=False)
    revision_id = models.BigIntegerField(null=True, editable=False)  # the last one that the wire made
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.USABLE, editable=False)
    embargo = models.DateTimeField(_("embargo until"), null=True, editable=False)
    released = models.BooleanField(
        _("released"),
        default=False,
        help_text=_("Publish it all the same: the agency has agreed, or the story is your own by now."),
    )
    byline = models.CharField(_("byline"), max_length=255, blank=True, editable=False)
    address = models.CharField(_("address"), max_length=ADDRESS_MAX_CHARACTERS, blank=True, editable=False)
    terms = models.TextField(_("usage terms"), blank=True, editable=False)
    picture = models.ForeignKey(
        "newsroom.NewsImage", models.SET_NULL, null=True, verbose_name=_("picture"), related_name="+", editable=False
    )
    picture_address = models.CharField(max_length=ADDRESS_MAX_CHARACTERS, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("fetched"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("item of a wire")
        verbose_name_plural = _("items of wires")
        ordering: ClassVar = ["-fetched_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["wire", "key"], name="importers_wireitem_key")]

    def __str__(self) -> str:
        return self.title or self.key

    def is_held(self, now: datetime) -> bool:
        """Say whether nobody may publish it at *now*."""
        if self.released:
            return False
        return self.state != self.State.USABLE or (self.embargo is not None and self.embargo > now)
