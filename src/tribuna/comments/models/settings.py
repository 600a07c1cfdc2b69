"""What the newsroom says of comments on all its pages: the policy, how long they stay open, and when it is staffed."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting

from tribuna.comments import base

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MINUTES_OF_A_DAY = 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")

type Span = tuple[int, int]  # minutes since midnight: from, until


def read_hours(text: str) -> list[Span]:
    """Return the hours of a day as written: "09:00-13:00, 15:00-24:00". Raises ValidationError."""
    spans = [_span(part.strip()) for part in text.split(",") if part.strip()]
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise ValidationError(_("The hours of a day follow each other and don't overlap."))
    return spans


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValidationError(_("Write hours as 09:00-13:00, several with commas between them."))
    first, second, third, fourth = map(int, found.groups())
    begins, ends = first * 60 + second, third * 60 + fourth
    if max(second, fourth) > time.max.minute or not begins < ends <= MINUTES_OF_A_DAY:
        raise ValidationError(_("Hours lie between 00:00 and 24:00 and end after they begin."))
    return begins, ends


def check_hours(text: str) -> None:
    """Raise ValidationError unless ``read_hours`` understands *text*."""
    read_hours(text)


def _hours(name: StrOrPromise) -> models.CharField[str, str]:
    return models.CharField(name, max_length=80, blank=True, validators=[check_hours])


@register_setting(icon="comment")
class CommentSettings(BaseGenericSetting):
    """What is true of every page that says nothing else. Whoever saves it has every page printed anew."""

    class Policy(models.TextChoices):
        """The editors' words for ``base.Policy``."""

        OPEN = base.Policy.OPEN.value, _("Open")
        FIRST_HELD = base.Policy.FIRST_HELD.value, _("A moderator reads an author's first")
        PREMODERATED = base.Policy.PREMODERATED.value, _("A moderator reads each first")
        STAFFED = base.Policy.STAFFED.value, _("Open while the newsroom is staffed")
        CLOSED = base.Policy.CLOSED.value, _("Closed")

    policy = models.CharField(_("comments"), max_length=16, choices=Policy, default=Policy.OPEN)
    close_days = models.PositiveSmallIntegerField(
        _("close after days"), default=0, help_text=_("Counted from the publication of each article; 0: never.")
    )
    monday = _hours(_("Monday"))
    tuesday = _hours(_("Tuesday"))
    wednesday = _hours(_("Wednesday"))
    thursday = _hours(_("Thursday"))
    friday = _hours(_("Friday"))
    saturday = _hours(_("Saturday"))
    sunday = _hours(_("Sunday"))

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("policy"), FieldPanel("close_days")], heading=_("Where an article says nothing")),
        MultiFieldPanel(
            [FieldPanel(day) for day in WEEKDAYS],
            heading=_("When the newsroom is staffed"),
            help_text=_("In the newsroom's time zone: 09:00-13:00, 15:00-24:00. Empty: nobody is there all day."),
        ),
    ]

    class Meta:
        verbose_name = _("comments")
        verbose_name_plural = _("settings of comments")

    def __str__(self) -> str:
        return str(self.policy)
