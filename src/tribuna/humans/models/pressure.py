"""How much has lately come from where, without saying where that is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribuna.humans.models.sums import SumQuerySet


class Bucket(models.Model):
    """What was poured into one bucket on one day; ``actions.pressure`` says how its number and its content are read.

    The number is the day's and 20 bits of a keyed hash: there are about a million a day at most, several networks may
    share one, and none can be traced back or compared with another day's.
    """

    number = models.BigIntegerField(primary_key=True)
    content = models.FloatField()

    objects = SumQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bucket")
        verbose_name_plural = _("buckets")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)
