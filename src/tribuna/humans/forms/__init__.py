"""The form that only people should be able to send."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict

from tribuna.humans.actions import (
    Event,
    answer_token,
    burn_token,
    decide_step,
    end_of_form,
    issue_challenge,
    seconds_until_desk_is_free,
    unasked_proof,
)
from tribuna.humans.base import Asking, Evidence, Outcome, Proof, Step, Token
from tribuna.humans.forms.sealed import PERSON, SealedMixin
from tribuna.humans.forms.words import (
    ANSWER_MISSING,
    ANSWER_ONCE_MORE,
    ANSWER_WRONG,
    FOREIGN,
    LEAVE_EMPTY,
    ONE_STEP,
    SEND_ONCE_MORE,
    TOO_FAST,
    desk_is_full,
)
from tribuna.humans.queries import configured_witnesses

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ANSWER_MISSING",
    "ANSWER_ONCE_MORE",
    "ANSWER_WRONG",
    "FOREIGN",
    "LEAVE_EMPTY",
    "ONE_STEP",
    "SEND_ONCE_MORE",
    "TOO_FAST",
    "HumanForm",
    "HumanMixin",
]

logger = logging.getLogger(__name__)

ANSWER_MAX_CHARACTERS = 200
EVIDENCE_MAX_CHARACTERS = 8_192


class HumanMixin(SealedMixin):
    """Any form, with a human check at its end. ``humans/_fields.html`` draws the check, in any template.

    After ``is_valid()`` there is a ``proof``, to be spent with ``actions.spend_proof`` in the transaction of what the
    form allows. When that says AlreadySpent, ``ask_again()`` and show the form. Whatever fails, what was typed stays.
    The page must be sent with ``Cache-Control: no-store``: a puzzle is for one reader, once.
    """

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

    def ask_again(self, message: StrOrPromise | None = None) -> None:
        """Put a fresh challenge in the place of what was sent, and say why in *message*."""
        for name in configured_witnesses():
            self.data[self.add_prefix(name)] = ""
        self._renew(self.challenge_name or self._wanted, is_asked=True)
        self._say_why(message)

    def _say_why(self, message: StrOrPromise | None = None) -> None:
        if self.is_asked:
            self.add_error("answer", message or ANSWER_ONCE_MORE)
        else:
            self.add_error(None, message or SEND_ONCE_MORE)

    def _check_human(self) -> None:
        token = self._token
        if token is None or end_of_form(token) <= time.time():
            self._note_failure("token")
            self._renew(self.challenge_name or self._wanted, is_asked=self._is_asked_at_once)
            self._say_why()
        elif token.challenge == PERSON:
            self._hold(answer_token(token, typed="", network=self.visit.network))
        elif token.answers and self._posted("answer").strip():
            self._check_answer(token)
        else:
            self._check_evidence(token)
        if token and self.proof:
            self._check_manners(token)

    def _check_answer(self, token: Token) -> None:
        if token.expires_at <= time.time():
            self.ask_again()
            return
        if self._was_hidden(token):
            self._count(Event.ASKED, token.challenge)
        typed = self._posted("answer")[:ANSWER_MAX_CHARACTERS]
        self.proof = answer_token(token, typed=typed, network=self.visit.network)
        if self.proof is None:
            burn_token(token.nonce, expires_at=end_of_form(token))
            self._note_failure(token.challenge)
            self.ask_again(ANSWER_WRONG)

    def _check_evidence(self, token: Token) -> None:
        evidence, network = self._evidence(), self.visit.network
        message = ONE_STEP if self._was_hidden(token) else ANSWER_MISSING
        step = decide_step(self._asking, evidence=evidence, visit=self.visit, pressure=self._pressure)
        if evidence and step is not Step.PASS and self._asking is not Asking.ALWAYS:
            self._count(Event.FAILED, "pressure")  # it would have been enough in calm
        if step is Step.PASS:
            self.proof = unasked_proof(token, Outcome.PASSED, evidence=evidence, network=network)
        elif step is Step.HOLD or not self._ask(message, wanted=self.challenge_name or self._wanted):
            self._hold(unasked_proof(token, Outcome.HELD, network=network))

    def _evidence(self) -> list[Evidence]:
        found = []
        for name, witness in configured_witnesses().items():
            if not (sent := self._posted(name)):
                continue
            try:
                evidence = witness.examine(sent, scope=self.scope) if len(sent) <= EVIDENCE_MAX_CHARACTERS else None
            except Exception:  # a witness that breaks has seen nothing; whoever brought it is asked
                logger.exception("The witness %s failed.", name)
                evidence = None
            if evidence is None:
                self.data[self.add_prefix(name)] = ""
                self._note_failure(name)
            else:
                found.append(evidence)
        return found

    def _ask(self, message: StrOrPromise, *, wanted: str) -> bool:
        """Ask for one step and say why in *message*, if anything can be asked."""
        began_at = self._token.began_at if self._token else None
        issued = issue_challenge(self.scope, language=self._language, wanted=wanted, began_at=began_at)
        if not issued.puzzle.answers:
            return False
        self._show(issued, is_asked=True)
        self.add_error("answer", message)
        return True

    def _hold(self, proof: Proof | None) -> None:
        """Let a moderator look, unless what comes from there fills the desk: then there is another way, or later."""
        if not (seconds := seconds_until_desk_is_free(self.visit.network)):
            self.proof = proof
            return
        self._note_failure("desk")
        words = desk_is_full(seconds)
        if self._asking is Asking.NEVER or not self._ask(words, wanted=self._wanted):
            self.add_error(None, words)

    def _check_manners(self, token: Token) -> None:
        """Stop what only machines do. A person who did it reads what happened, and sends the same form once more."""
        wrong: dict[str | None, StrOrPromise] = {}
        # A token from the future comes from a machine whose clock is ahead: its age can't be told.
        if 0 <= time.time() - token.began_at < settings.TRIBUNA_FORM_MINIMUM_SECONDS:
            wrong[None] = TOO_FAST
        if self.visit.is_foreign:
            wrong[None] = FOREIGN
        if self._posted(self.honeypot_name).strip():
            wrong[self.honeypot_name] = LEAVE_EMPTY
        for name, message in wrong.items():
            self.add_error(name, message)
        if wrong:
            self._note_failure("manners")


class HumanForm(HumanMixin, forms.Form):
    """A plain form with a human check at its end; for a form of a model take ``HumanMixin`` before ``ModelForm``."""
