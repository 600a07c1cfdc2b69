"""Forms in which readers report a comment, or an error in an article; and the one in which that is settled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tribuna.comments.fields import CleanField
from tribuna.comments.forms.mail import address_field
from tribuna.comments.models import CITED_MAX_CHARACTERS, NAME_MAX_CHARACTERS, Ground, Notice, Outcome
from tribuna.comments.models.notices import CORRECTED
from tribuna.core.text import clean_line, clean_text
from tribuna.humans.forms import HumanForm

NEEDED_BY_LAW = _("A report of something illegal needs this, unless it concerns the sexual abuse of minors.")
ANSWER_MAX_CHARACTERS = 2_000


def _line(maximum: int, **kwargs: Any) -> CleanField:
    return CleanField(cleaned=clean_line, allowed=lambda: maximum, required=False, **kwargs)


def _text(**kwargs: Any) -> CleanField:
    allowed = lambda: settings.TRIBUNA_COMMENT_MAX_CHARACTERS  # noqa: E731 - as the field wants it: asked each time
    widget = forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    return CleanField(cleaned=clean_text, allowed=allowed, widget=widget, **kwargs)


class ReportForm(HumanForm):
    """What both reports have in common."""

    fields_of_notice: tuple[str, ...] = ("cited", "email")

    @property
    def notice(self) -> dict[str, Any]:
        """What ``actions.file_notice`` wants to know of the report. Only after ``is_valid()``."""
        told = {name: self.cleaned_data[name] for name in self.fields_of_notice}
        return {"explanation": self.cleaned_data["text"], **told}


class NoticeForm(ReportForm):
    """A report of a comment, with what article 16 of Regulation (EU) 2022/2065 asks for."""

    fields_of_notice = ("ground", "cited", "name", "email", "good_faith")

    ground = forms.ChoiceField(label=_("What is wrong with it"), choices=[("", "—"), *Ground.choices])
    text = _text(
        label=_("Why"),
        help_text=_("Say what makes it illegal, or which rule it breaks and how. The moderators read this."),
    )
    cited = _line(CITED_MAX_CHARACTERS, label=_("The law or the rule, if you know it (optional)"))
    name = _line(
        NAME_MAX_CHARACTERS,
        label=_("Your name"),
        help_text=_("Needed when you report something illegal; not when it concerns the sexual abuse of minors."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = address_field(
        required=False,
        help_text=_(
            "Needed in the same case. Only the moderators see it; once you confirm it, we send you the outcome."
        ),
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I report here is accurate and complete."),
        error_messages={"required": _("Please say that you report this in good faith.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for name and address where the law does."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ground") == Ground.ILLEGAL:
            for name in ("name", "email"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, NEEDED_BY_LAW)
        return cleaned


class ErrorForm(ReportForm):
    """A report of an error in an article, for the newsroom."""

    cited = _line(CITED_MAX_CHARACTERS, label=_("The words that are wrong (optional)"))
    text = _text(label=_("What is wrong, and what would be right"))
    email = address_field(
        _("Your e-mail address (optional)"),
        required=False,
        help_text=_("Only the newsroom sees it. Once you confirm it, we send you the answer."),
    )


class SettleForm(forms.Form):
    """What becomes of a report, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    answer = CleanField(
        label=_("Reasons"),
        cleaned=clean_text,
        allowed=lambda: ANSWER_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Told to who reported it, and to the author of a comment that is taken down."),
    )

    def __init__(self, data: Any = None, *, notice: Notice, **kwargs: Any) -> None:
        """Offer what can become of *notice*."""
        super().__init__(data, **kwargs)
        upheld = CORRECTED if notice.is_error else Outcome.UPHELD.label
        choices = [(Outcome.UPHELD.value, upheld), (Outcome.DISMISSED.value, Outcome.DISMISSED.label)]
        field = self.fields["outcome"]
        field.choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        if notice.is_error:
            self.fields["answer"].help_text = _("Told to who reported it.")
