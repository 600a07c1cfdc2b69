"""What a challenge and a witness are, and what comes of them."""

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
    """What a filled-in form says: let it pass, or let a person look."""

    PASSED = "passed"
    HELD = "held"


class Asking(StrEnum):
    """When a form asks its reader to answer a challenge."""

    ALWAYS = "always"  # from the start; whoever brings a pass is let by
    ADAPTIVE = "adaptive"  # only where nothing else tells a person from a machine
    NEVER = "never"  # a moderator looks instead


class Step(StrEnum):
    """What a form's policy decides."""

    PASS = "pass"  # noqa: S105
    ASK = "ask"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a form may know of the request that brings it. Never an address."""

    network: str = ""  # the /24 or /48 that it comes from, as text (``core.net.network_prefix``); empty if not known
    is_foreign: bool = False  # the browser says that another site sent it
    tells_origin: bool = True  # the browser says where it was sent from, as all do that people use


@dataclass(frozen=True, slots=True)
class Token:
    """What the sealed token in a form says once it is opened. Times in seconds since the epoch."""

    scope: str  # the form and what it is about, such as "comment:12"
    language: str
    nonce: str  # 128 bits, in hexadecimal
    began_at: float  # when this reader first saw the form; kept when a challenge is replaced by another
    expires_at: float
    challenge: str  # empty when there is none
    answers: tuple[str, ...]  # keyed codes of the right answers; none when nothing is asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a browser brought by itself, without asking its reader anything. It counts once: its nonce is spent."""

    witness: str
    nonce: str  # 128 bits, in hexadecimal
    expires_at: float  # seconds since the epoch
    epoch: int | None = None  # of a pass: the id of the key that signed it, which is told what became of the comment


@dataclass(frozen=True, slots=True)
class Proof:
    """What a filled-in form shows, not used yet; ``actions.spend_proof`` uses up all of it, or nothing."""

    nonce: str  # of the form's token
    outcome: Outcome
    challenge: str  # the one that was answered; empty when none was
    expires_at: float  # seconds since the epoch
    evidence: tuple[Evidence, ...] = ()
    scope: str = ""
    language: str = ""
    network: str = ""  # for the buckets of ``actions.add_pressure``; stored nowhere
    seconds: float | None = None  # from the challenge to its answer; None when none was answered

    @property
    def pass_epoch(self) -> int | None:
        """The epoch of the pass that came along, if one did."""
        return next((each.epoch for each in self.evidence if each.epoch is not None), None)


class Witness(Protocol):
    """Something that a browser can do or hold and that costs a machine more than it is worth."""

    name: str  # also the name of the form's hidden field in which it is sent

    def examine(self, sent: str, *, scope: str) -> Evidence | None:
        """Return what *sent* proves for *scope* (the form and what it is about); None when it proves nothing.

        It writes nothing, and refuses what is malformed, foreign or expired in under a millisecond of CPU.
        """
        ...


class BucketStore(Protocol):
    """Where the buckets of all processes and machines are. A bucket is a number; what is in it a sum of amounts."""

    def pour(self, amounts: Mapping[int, float]) -> None:
        """Add each amount to its bucket, atomically. Raises whatever goes wrong."""
        ...

    def contents(self, buckets: Sequence[int]) -> Mapping[int, float]:
        """Return what is in those of *buckets* that are not empty. Raises whatever goes wrong."""
        ...

    def forget(self, before: int) -> int:
        """Drop the buckets whose number is lower than *before*; return how many there were, as far as can be told."""
        ...
