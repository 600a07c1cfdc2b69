"""The forms in which a reader writes a comment, changes it or respects one, and the newsroom answers."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tribuna.comments.fields import CleanField
from tribuna.comments.forms.mail import EMAIL_MAX_CHARACTERS, address_flaw
from tribuna.comments.models import NAME_MAX_CHARACTERS, Comment, Pace
from tribuna.comments.queries.letters import mail_is_configured
from tribuna.core.text import clean_line, clean_text, whole_number
from tribuna.humans.forms import HumanForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEFT_TO_A_MODERATOR = "person"  # the challenge that asks for nothing

PLAIN_TEXT = _("Plain text. An empty line begins a new paragraph; addresses that begin with https:// become links.")
REPLY_GONE = _("The comment you answer is no longer shown. Send yours once more to let it stand on its own.")


def languages() -> list[tuple[str, StrOrPromise]]:
    """Return the languages a comment may say it is in: those of the site and of its stories, by their own names."""
    return _named(*dict(settings.LANGUAGES), *settings.TRIBUNA_STORY_LANGUAGES)


@cache
def _named(*codes: str) -> list[tuple[str, StrOrPromise]]:
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in dict.fromkeys(codes)]


def text_field(**kwargs: Any) -> CleanField:
    """Return the field for the text of a comment."""
    return CleanField(
        cleaned=clean_text,
        allowed=lambda: settings.TRIBUNA_COMMENT_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        **kwargs,
    )


class CommentForm(HumanForm):
    """Name, e-mail address, language and text of a comment, maybe in reply to another, and the human check."""

    text = text_field(label=_("Your comment"), help_text=PLAIN_TEXT)
    name = CleanField(
        label=_("Your name"),
        cleaned=clean_line,
        allowed=lambda: NAME_MAX_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        help_text=_("It appears above your comment."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        required=False,
        max_length=EMAIL_MAX_CHARACTERS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Never shown. It lets the moderators recognise your other comments, and is kept only if you want mail."
        ),
    )
    alerts = forms.ChoiceField(
        label=_("Mail when somebody answers you"),
        required=False,
        choices=[("", _("No mail")), *Pace.choices],
        help_text=_(
            "You get one mail first, in which you confirm that you want this. Each mail has a link that ends it."
        ),
    )
    language = forms.ChoiceField(label=_("Language of your comment"), choices=languages)
    reply_to = forms.Field(required=False, label="", widget=forms.HiddenInput)
    check_fields = staticmethod(lru_cache(maxsize=1_000)(HumanForm.check_fields))  # by page

    def __init__(self, data: Any = None, *, page_id: int, language: str, reply_to: str = "", **kwargs: Any) -> None:
        """Ask for a comment on a page, in an interface in *language*; *reply_to* is the id to answer, as it came."""
        initial = {"language": language, "reply_to": reply_to}
        kwargs.setdefault("label_suffix", "")  # no template writes one, and Django would translate it for each form
        super().__init__(data, scope=f"comment:{page_id}", language=language, initial=initial, **kwargs)
        self.page_id = page_id
        if not mail_is_configured():
            del self.fields["alerts"]
        self.answered = self._answered()

    @property
    def reply_gone(self) -> StrOrPromise:
        """What to say when the reader wanted to answer a comment that is not there; else empty."""
        return REPLY_GONE if self["reply_to"].value() and self.answered is None else ""

    @property
    def comment(self) -> dict[str, Any]:
        """What ``actions.submit_comment`` wants to know of the comment. Only after ``is_valid()``."""
        return {name: self.cleaned_data[name] for name in ("text", "name", "email", "language", "reply_to")}

    def clean(self) -> dict[str, Any]:
        """Refuse alerts that have nowhere to go, before anything is stored."""
        cleaned = super().clean() or self.cleaned_data
        flaw = address_flaw(cleaned.get("email", ""), network=self.visit.network) if cleaned.get("alerts") else ""
        if flaw and "email" not in self.errors:
            self.add_error("email", flaw)
        return cleaned

    def clean_reply_to(self) -> Comment | None:
        """Return the comment to answer. If it is gone the reader is told, and what they typed may stand on its own."""
        if self.reply_gone:
            self.let_go_of_reply()
        return self.answered

    def let_go_of_reply(self) -> None:
        """Say that the comment to answer is gone, and answer none from now on."""
        self.add_error(None, REPLY_GONE)
        self.data["reply_to"], self.answered = "", None

    def _answered(self) -> Comment | None:
        wanted = whole_number(str(self["reply_to"].value() or ""))
        return None if wanted is None else Comment.objects.under(self.page_id).public().filter(pk=wanted).first()


class _Shared(dict[str, forms.Field]):
    """The fields of a form that no instance of it changes, so that they need not be copied for each."""

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


CommentForm.base_fields = _Shared(CommentForm.base_fields)


class EditForm(forms.Form):
    """The text of a comment, as its author wants it now."""

    text = text_field(label=_("Your comment"), help_text=PLAIN_TEXT)


class RespectForm(HumanForm):
    """Nothing but the human check: a vote says no more than that somebody is there."""

    def __init__(self, data: Any = None, *, page_id: int, language: str, **kwargs: Any) -> None:
        """Ask for respect for a comment on a page, in an interface in *language*."""
        super().__init__(data, scope=f"respect:{page_id}", language=language, **kwargs)

    @property
    def offers(self) -> dict[str, StrOrPromise]:
        """The buttons that lead to other challenges; none to a moderator, who has nothing to read here."""
        return {name: words for name, words in super().offers.items() if name != LEFT_TO_A_MODERATOR}


class AnswerForm(forms.Form):
    """What the newsroom answers."""

    text = text_field(label=_("Answer"), help_text=PLAIN_TEXT)
    language = forms.ChoiceField(label=_("Language of the answer"), choices=languages)
