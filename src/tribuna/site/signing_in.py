"""The staff's door: passwords can't be tried for ever."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.forms import ValidationError
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm

from tribuna.humans.actions import add_wrong_sign_in, seconds_until_sign_in, visit_of


class SignInForm(LoginForm):
    """Wagtail's form, which takes no password for a while after too many wrong ones.

    They are counted by network and by account, without keeping either (``humans.actions.pressure``).
    """

    def clean(self) -> dict[str, Any]:
        network, account = visit_of(self.request).network, self.cleaned_data.get("username", "")
        if seconds := seconds_until_sign_in(network, account):
            minutes = ceil(seconds / 60)
            message = ngettext(
                "Too many wrong passwords. Try again in %(count)d minute.",
                "Too many wrong passwords. Try again in %(count)d minutes.",
                minutes,
            )
            raise ValidationError(message % {"count": minutes}, code="too_many")
        try:
            return super().clean()
        except ValidationError:
            add_wrong_sign_in(network, account)
            raise
