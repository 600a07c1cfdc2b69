"""What a challenge is, and what comes of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Unavailable(Exception):  # noqa: N818
    """This challenge can't be made here and now (no voice, no font, no question in this language)."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """One fresh challenge: the right answers, already normalised, and what the template shows of it.

    A puzzle without answers asks for nothing and proves nothing: its outcome is HELD.
    """

    answers: tuple[str, ...]
    shown: Mapping[str, str] = field(default_factory=dict)


class Challenge(Protocol):
    """A way to show that one is human. ``humans/_challenge_<name>.html`` in the theme draws it."""

    name: str
    offer: StrOrPromise  # what the button says that leads here from another challenge
    again: StrOrPromise  # what the button says that asks for another of the same kind; empty when there is none

    def is_available(self, language: str) -> bool:
        """Say, cheaply, whether ``puzzle`` can make one in *language*."""
        ...

    def puzzle(self, language: str) -> Puzzle:
        """Return a fresh puzzle in *language* (a Django language code). Raises Unavailable."""
        ...

    def normalise(self, typed: str) -> str:
        """Return what the reader typed in the form in which ``Puzzle.answers`` stand."""
        ...


@runtime_checkable
class Preparable(Protocol):
    """A challenge whose puzzles can be made in advance, and wait in a pool until a reader comes."""

    def prepares_for(self) -> Sequence[str]:
        """Return the languages to make puzzles in, as far as this machine can; one where they are all the same."""
        ...

    def kind(self, language: str) -> str:
        """Return the name of the puzzles in *language* in the pool, such as ``sound:es``."""
        ...

    def prepare(self, language: str) -> Puzzle:
        """Return a puzzle made now. Raises Unavailable."""
        ...


class Outcome(StrEnum):
    """What a filled-in challenge says: let it pass, or let a person look."""

    PASSED = "passed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Token:
    """What the sealed token in a form says once it is opened. Times in seconds since the epoch."""

    scope: str  # the form and what it is about, such as "comment:12"
    language: str
    nonce: str  # 128 bits, in hexadecimal
    began_at: float  # when this reader first saw the form; kept when a challenge is replaced by another
    expires_at: float
    challenge: str
    answers: tuple[str, ...]  # keyed codes of the right answers; none when nothing is asked


@dataclass(frozen=True, slots=True)
class Proof:
    """An answered challenge that has not been used yet; ``actions.spend_proof`` uses it up."""

    nonce: str
    outcome: Outcome
    challenge: str
    expires_at: float  # seconds since the epoch


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a browser brought by itself, without asking its reader anything. It counts once: its nonce is spent."""

    witness: str
    nonce: str  # 128 bits, in hexadecimal
    expires_at: float  # seconds since the epoch


class Witness(Protocol):
    """Something that a browser can do or hold and that costs a machine more than it is worth."""

    name: str  # also the name of the form's hidden field in which it is sent

    def examine(self, sent: str, *, scope: str) -> Evidence | None:
        """Return what *sent* proves for *scope* (the form and what it is about); None when it proves nothing.

        It writes nothing, and refuses what is malformed, foreign or expired in under a millisecond of CPU.
        """
        ...
