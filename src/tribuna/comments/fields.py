"""A form field for what strangers type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("This has %(count)d characters; at most %(allowed)d are possible.")
# Beyond this many times what is allowed, what was typed is not worth cleaning before it is refused.
HOPELESS = 4


class CleanField(forms.CharField):
    """Text that is cleaned first and counted then, so that nobody is told off for what can't be seen."""

    def __init__(self, *, cleaned: Callable[[str], str], allowed: Callable[[], int], **kwargs: Any) -> None:
        """Clean with *cleaned* (of ``core.text``) and take as many characters as *allowed* says at the time."""
        super().__init__(strip=False, **kwargs)
        self.cleaned, self.allowed = cleaned, allowed

    def to_python(self, value: Any) -> str:
        """Return the clean text. Raises ValidationError when it is too long."""
        typed, allowed = str(value or ""), self.allowed()
        text = self.cleaned(typed) if len(typed) <= allowed * HOPELESS else typed
        if len(text) > allowed:
            raise forms.ValidationError(TOO_LONG, code="too_long", params={"count": len(text), "allowed": allowed})
        return text
