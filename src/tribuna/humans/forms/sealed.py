"""The sealed part of a form: its token, its challenge, and what the templates show of them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tribuna.core.signing import keyed_hash
from tribuna.humans.actions import (
    PRESSURE_FOR_ALL,
    TRUST,
    Event,
    Issued,
    Weight,
    add_pressure,
    count_event,
    doubt_about,
    issue_challenge,
    issue_token,
    open_token,
    pressure_of,
)
from tribuna.humans.base import Asking, Outcome, Proof, Token, Visit
from tribuna.humans.queries import asking_for, available_challenges, configured_witnesses

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PERSON = "person"  # the challenge that asks nothing: a moderator looks


class SealedMixin(forms.BaseForm):
    """A form that carries its sealed token and, when it has to, a challenge."""

    asking: Asking | None = None  # when its readers are asked; None for what the site says (``queries.asking_for``)
    data: MutableMapping[str, Any]  # a copy of what was posted: fresh puzzles are written into it

    def __init__(
        self,
        data: Any = None,
        *,
        scope: str,
        language: str,
        challenge: str = "image",
        visit: Visit = Visit(),  # noqa: B008
        **kwargs: Any,
    ) -> None:
        """Take part as *scope* (the form and what it is about: ``comment:12``) on a page in *language*.

        *challenge* is the one to begin with, *visit* what ``actions.visit_of`` says of the request. *data* may be any
        mapping that can be copied; the other arguments are Django's.
        """
        super().__init__(None if data is None else copy(data), **kwargs)
        self.scope, self.visit, self._language, self._wanted = scope, visit, language, challenge
        self.honeypot_name = "f" + keyed_hash("humans.honeypot", scope)[:12]
        self.another_name = self.add_prefix("another")
        self.fields |= self.check_fields(scope, self.honeypot_name, *configured_witnesses())
        self.proof: Proof | None = None
        self.shown: Mapping[str, str] = {}
        self._token = open_token(self._posted("token"), scope=scope, language=language) if self.is_bound else None
        self.challenge_name = self._token.challenge if self._token else challenge
        self.is_asked = self.challenge_name == PERSON  # the challenge stands before the reader's eyes
        self.is_switch = bool(self._posted("another"))
        if self.is_switch:
            self._renew(self._posted("another"), is_asked=True)
        elif not self.is_bound:
            self._renew(challenge, is_asked=self._is_asked_at_once)

    @staticmethod
    def check_fields(scope: str, honeypot_name: str, *witnesses: str) -> dict[str, forms.Field]:
        """Return the fields of the check. A form whose fields nobody changes may return the same ones each time."""
        return {
            "token": forms.Field(required=False, label="", widget=forms.HiddenInput),
            "answer": forms.Field(required=False, label=_("Your answer")),
            honeypot_name: forms.Field(required=False, label=_("Leave this field empty")),
        } | {name: _field_of(name, scope) for name in witnesses}

    # --- what the templates show ------------------------------------------------------------------------------------
    @property
    def challenge_template(self) -> str:
        return f"humans/_challenge_{self.challenge_name}.html"

    @property
    def honeypot(self) -> forms.BoundField:
        return self[self.honeypot_name]

    @property
    def witnesses(self) -> list[forms.BoundField]:
        """The hidden fields in which a browser sends what it brings by itself."""
        return [self[name] for name in configured_witnesses()]

    @property
    def is_answered(self) -> bool:
        """What was needed is there, and only the rest of the form needs care: nobody is asked twice."""
        return self.proof is not None and self.proof.outcome == Outcome.PASSED

    @property
    def is_asked_without_script(self) -> bool:
        """The challenge belongs into a ``<noscript>``: whoever runs the script is not asked, or not yet."""
        return not self.is_asked and bool(self.shown)

    @property
    def must_answer(self) -> bool:
        """A browser may insist on an answer. Where a pass would do instead it may not."""
        return not configured_witnesses() or self._asking is not Asking.ALWAYS

    @property
    def is_spared_by_pass(self) -> bool:
        """The challenge is there for everybody, but whoever holds a pass need not see it: so far nothing went wrong."""
        is_first = self.is_asked and not self.is_switch and "answer" not in self.errors
        would_do = self._asking is Asking.ALWAYS and "pass" in configured_witnesses()
        return is_first and would_do and doubt_about(self.visit, pressure=self._pressure) < TRUST["pass"]

    @property
    def offers(self) -> dict[str, StrOrPromise]:
        """The words on each button that leads to another challenge, by its value."""
        available = available_challenges(self._language)
        words = {each.name: each.again if each.name == self.challenge_name else each.offer for each in available}
        return {name: word for name, word in words.items() if word}

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields that are not part of the human check, in order."""
        ours = {"token", "answer", self.honeypot_name, *configured_witnesses()}
        return [self[name] for name in self.fields if name not in ours]

    # --- what it stands on ------------------------------------------------------------------------------------------
    @cached_property
    def _asking(self) -> Asking:
        return self.asking or asking_for(self.scope.partition(":")[0])

    @cached_property
    def _pressure(self) -> float:
        return pressure_of(self.visit.network)

    @property
    def _is_asked_at_once(self) -> bool:
        """Whether the first page asks every reader, with and without the script."""
        return self._asking is not Asking.ADAPTIVE or not configured_witnesses() or self._pressure >= PRESSURE_FOR_ALL

    def _was_hidden(self, token: Token) -> bool:
        """Say whether the challenge of *token* stood in a ``<noscript>``: the first of a form that asks if need be."""
        issued_at = token.expires_at - settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS
        is_first = bool(token.answers) and abs(issued_at - token.began_at) < 1
        return is_first and bool(configured_witnesses()) and self._asking is Asking.ADAPTIVE

    def _posted(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "")

    def _renew(self, wanted: str, *, is_asked: bool) -> None:
        """Seal the form anew, with a fresh challenge unless readers are never asked."""
        began_at = self._token.began_at if self._token else None
        if self._asking is Asking.NEVER:
            self._seal(issue_token(self.scope, language=self._language, began_at=began_at), challenge="")
            return
        issued = issue_challenge(self.scope, language=self._language, wanted=wanted, began_at=began_at)
        if issued.puzzle.answers or is_asked:
            self._show(issued, is_asked=is_asked)
        else:  # nothing can be asked, and who brings something by themselves need not be
            self._seal(issue_token(self.scope, language=self._language, began_at=began_at), challenge="")

    def _show(self, issued: Issued, *, is_asked: bool) -> None:
        self._seal(issued.token, challenge=issued.challenge.name)
        self.shown, self.is_asked = issued.puzzle.shown, is_asked
        if is_asked:
            self._count(Event.ASKED, self.challenge_name)

    def _seal(self, sealed: str, *, challenge: str) -> None:
        add_pressure(self.visit.network, weight=Weight.SHOWN)
        self.proof, self.challenge_name, self.shown, self.is_asked = None, challenge, {}, False
        self.fields["token"].initial = sealed
        if self.is_bound:  # fields then show what was posted
            self.data[self.add_prefix("token")], self.data[self.add_prefix("answer")] = sealed, ""

    def _count(self, event: Event, layer: str) -> None:
        count_event(event, scope=self.scope, language=self._language, layer=layer)

    def _note_failure(self, layer: str) -> None:
        self._count(Event.FAILED, layer)
        add_pressure(self.visit.network, weight=Weight.REFUSED)


def _field_of(witness: str, scope: str) -> forms.Field:
    widget = forms.HiddenInput({"data-witness": witness, "data-scope": scope})
    return forms.Field(required=False, label="", widget=widget)
