"""Forms about mail: alerts for one comment, and the proof that an address is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import Pace
from tribuna.comments.queries.letters import is_asked_too_often
from tribuna.humans.forms import HumanForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EMAIL_MAX_CHARACTERS = 254

YOUR_ADDRESS = _("Your e-mail address")
NO_ADDRESS = _("We need your e-mail address to write to you.")
TOO_OFTEN = _("Too many mails were asked for today, to this address or from your network. Please try again tomorrow.")


def address_flaw(email: str, *, network: str) -> StrOrPromise:
    """Return what keeps the house from writing to *email*, which nobody has confirmed; empty when nothing does."""
    if not email:
        return NO_ADDRESS
    return TOO_OFTEN if is_asked_too_often(email, network=network) else ""


def address_field(label: StrOrPromise = YOUR_ADDRESS, **kwargs: Any) -> forms.EmailField:
    """Return a field for an e-mail address, which a browser may fill in."""
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=label, max_length=EMAIL_MAX_CHARACTERS, widget=widget, **kwargs)


class PaceForm(forms.Form):
    """How often."""

    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices)


class AlertsForm(PaceForm):
    """Alerts for a comment that has none yet."""

    email = address_field(help_text=_("Never shown. You get one mail first, in which you confirm that you want this."))
    field_order = ("email", "pace")

    def __init__(self, data: Any = None, *, network: str = "", **kwargs: Any) -> None:
        """Take an address that a reader in *network* names."""
        super().__init__(data, **kwargs)
        self.network = network

    def clean_email(self) -> str:
        """Refuse an address that was written to often enough today."""
        email: str = self.cleaned_data["email"]
        if flaw := address_flaw(email, network=self.network):
            raise forms.ValidationError(flaw)
        return email


class ProveForm(HumanForm):
    """Where to send the way to all comments under an address."""

    email = address_field()

    def clean_email(self) -> str:
        """Refuse an address that was written to often enough today."""
        email: str = self.cleaned_data["email"]
        if flaw := address_flaw(email, network=self.visit.network):
            raise forms.ValidationError(flaw)
        return email
