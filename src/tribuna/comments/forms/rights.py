"""Forms about what is kept of a reader: what of it goes, and how the staff finds it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tribuna.comments.base import Erasure
from tribuna.comments.forms.mail import address_field
from tribuna.comments.models import Comment

WHAT = [
    (Erasure.TEXT.value, _("The text and the name")),
    (Erasure.NAME.value, _("Only the name: the text stays, as nobody's")),
]


class EraseForm(forms.Form):
    """What to erase, of which comments."""

    what = forms.ChoiceField(label=_("What goes"), choices=WHAT, widget=forms.RadioSelect, initial=Erasure.TEXT.value)
    comments = forms.ModelMultipleChoiceField(
        label=_("Comments"),
        queryset=Comment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one comment.")},
    )

    def __init__(self, data: Any = None, *, comments: QuerySet[Comment], **kwargs: Any) -> None:
        """Let the reader choose among *comments*; all are chosen to begin with."""
        super().__init__(data, initial={"comments": comments}, **kwargs)
        self.fields["comments"].queryset = comments  # type: ignore[attr-defined]  # it is a field of models


class FindForm(forms.Form):
    """How the staff finds what is kept of a reader who asks by other means."""

    email = address_field(_("E-mail address"), required=False)
    number = forms.IntegerField(label=_("Number of a comment"), required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned["email"] or cleaned["number"]):
            self.add_error("email", _("Give an address or the number of a comment."))
        return cleaned
