"""The form that only people should be able to send."""

from __future__ import annotations

import time
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from tribuna.core.signing import keyed_hash
from tribuna.humans.actions import answer_token, burn_token, issue_challenge, open_token
from tribuna.humans.base import Outcome, Proof, Token
from tribuna.humans.queries import available_challenges

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANSWER_MAX_CHARACTERS = 200

ANSWER_ONCE_MORE = _("Please answer once more: this is a new one, because the earlier one has expired.")
ANSWER_MISSING = _("Please answer here, or choose another way below.")
ANSWER_WRONG = _("That was not quite it. Nothing you wrote is lost: here is a new one.")
LEAVE_EMPTY = _("Please leave this field empty: only machines are meant to fill it in.")
TOO_FAST = _("That was very quick. Please press the button once more.")


class HumanForm(forms.Form):
    """Any form, with a human check at its end. ``humans/_fields.html`` draws the check, in any template.

    After ``is_valid()`` there is a ``proof``, to be spent with ``actions.spend_proof`` in the transaction of what the
    form allows. When that says AlreadySpent, ``ask_again()`` and show the form. Whatever fails, what was typed stays.
    The page must be sent with ``Cache-Control: no-store``: a puzzle is for one reader, once.
    """

    data: MutableMapping[str, Any]  # a copy of what was posted: fresh puzzles are written into it

    def __init__(self, data: Any = None, *, scope: str, language: str, challenge: str = "image", **kwargs: Any) -> None:
        """Take part as *scope* (the form and what it is about: ``comment:12``) on a page in *language*.

        *challenge* is the one to begin with. *data* may be any mapping with ``copy``; the other arguments are Django's.
        """
        super().__init__(None if data is None else data.copy(), **kwargs)
        self.scope, self._language = scope, language
        self.honeypot_name = "f" + keyed_hash("humans.honeypot", scope)[:12]
        self.another_name = self.add_prefix("another")
        self.fields["token"] = forms.Field(required=False, widget=forms.HiddenInput)
        self.fields["answer"] = forms.Field(required=False, label=_("Your answer"))
        self.fields[self.honeypot_name] = forms.Field(required=False, label=_("Leave this field empty"))
        self.proof: Proof | None = None
        self.shown: Mapping[str, str] = {}
        self._token = open_token(self._posted("token"), scope=scope, language=language) if self.is_bound else None
        self.challenge_name = self._token.challenge if self._token else challenge
        self.is_switch = bool(self._posted("another"))
        if self.is_switch or not self.is_bound:
            self._issue(self._posted("another") or challenge)

    # --- what the templates show ------------------------------------------------------------------------------------
    @property
    def challenge_template(self) -> str:
        return f"humans/_challenge_{self.challenge_name}.html"

    @property
    def honeypot(self) -> forms.BoundField:
        return self[self.honeypot_name]

    @property
    def is_answered(self) -> bool:
        """The answer was right, and only the rest of the form needs care: nobody is asked twice."""
        return self.proof is not None and self.proof.outcome == Outcome.PASSED

    @property
    def offers(self) -> dict[str, StrOrPromise]:
        """The words on each button that leads to another challenge, by its value."""
        available = available_challenges(self._language)
        words = {each.name: each.again if each.name == self.challenge_name else each.offer for each in available}
        return {name: word for name, word in words.items() if word}

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields that are not part of the human check, in order."""
        return [self[name] for name in self.fields if name not in ("token", "answer", self.honeypot_name)]

    # --- checking ---------------------------------------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Say whether everything is in order and there is a proof to spend. False for a switch of challenge."""
        return super().is_valid() and self.proof is not None

    def full_clean(self) -> None:
        """Clean the fields, then check the answer. A switch of challenge is not checked at all, and has no errors."""
        if self.is_switch:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()
        if self.is_bound:
            self._check_human()

    def ask_again(self, message: StrOrPromise = ANSWER_ONCE_MORE) -> None:
        """Put a fresh challenge in the place of the one that was answered, and say why in *message*."""
        self.add_error("answer", message)
        self._issue(self.challenge_name)

    def _posted(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "")

    def _issue(self, wanted: str) -> None:
        began_at = self._token.began_at if self._token else None
        issued = issue_challenge(self.scope, language=self._language, wanted=wanted, began_at=began_at)
        self.proof, self.challenge_name, self.shown = None, issued.challenge.name, issued.puzzle.shown
        self.fields["token"].initial = issued.token
        if self.is_bound:  # fields then show what was posted
            self.data[self.add_prefix("token")], self.data[self.add_prefix("answer")] = issued.token, ""

    def _check_human(self) -> None:
        token, typed = self._token, self._posted("answer")[:ANSWER_MAX_CHARACTERS]
        if token is None or token.expires_at <= time.time():
            self.ask_again()
        elif token.answers and not typed.strip():
            self.ask_again(ANSWER_MISSING)
        elif (proof := answer_token(token, typed=typed)) is None:
            burn_token(token.nonce, expires_at=token.expires_at)
            self.ask_again(ANSWER_WRONG)
        else:
            self.proof = proof
            self._check_manners(token)

    def _check_manners(self, token: Token) -> None:
        """Stop what only machines do. A person who did it reads what happened, and sends the same form once more."""
        # A token from the future comes from a machine whose clock is ahead: its age can't be told.
        if 0 <= time.time() - token.began_at < settings.TRIBUNA_FORM_MINIMUM_SECONDS:
            self.add_error(None, TOO_FAST)
        if self._posted(self.honeypot_name).strip():
            self.add_error(self.honeypot_name, LEAVE_EMPTY)
