"""The numbers of the tokens that were used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentNonce(models.Model):
    """The number of a token that was used or answered wrongly. It says nothing about who used it."""

    nonce = models.CharField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("spent token")
        verbose_name_plural = _("spent tokens")

    def __str__(self) -> str:
        return self.nonce
