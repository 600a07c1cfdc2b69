"""Decide what a form does with what it was sent: let it pass, ask for one step, or have a moderator look.

The scores and the thresholds, with their reasons: docs/decisions/0011-when-to-ask.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from tribuna.humans.base import Asking, Evidence, Step, Visit

# How far what a browser brings by itself is trusted. A pass was given for a comment that a moderator or the judges let
# stand; work costs a machine a second, which is worth something until many come at once.
TRUST = {"pass": 0.9, "work": 0.6}
TRUST_IN_OTHERS = 0.6
# All browsers that people use say where a form was sent from; where one doesn't, something else is likely at work.
DOUBT_WITHOUT_ORIGIN = 0.2
# Under so much pressure whoever brings a pass is asked too, so the challenge may as well be there from the start.
PRESSURE_FOR_ALL = 0.9


def _trust_in_one(witness: str) -> float:
    return TRUST.get(witness, TRUST_IN_OTHERS)


def best_of(evidence: Iterable[Evidence]) -> str:
    """Return the name of the witness that is trusted most; empty when there is none."""
    return max((each.witness for each in evidence), key=_trust_in_one, default="")


def trust_in(evidence: Iterable[Evidence]) -> float:
    """Return how far the best of *evidence* is trusted: from 0 (there is none) to 1."""
    best = best_of(evidence)
    return _trust_in_one(best) if best else 0.0


def doubt_about(visit: Visit, *, pressure: float) -> float:
    """Return what speaks against *visit*, from 0; *pressure* is what ``pressure_of`` says of its network."""
    return pressure + (0.0 if visit.tells_origin else DOUBT_WITHOUT_ORIGIN)


def decide_step(asking: Asking, *, evidence: Iterable[Evidence], visit: Visit, pressure: float) -> Step:
    """Return what is done with a form in which no challenge was answered. One that was answered right always passes.

    More trust than doubt lets it pass; where readers are always asked, only the trust in a pass does. Otherwise they
    are asked, or, where they never are, a moderator looks.
    """
    trust = trust_in(evidence)
    suffices = trust > doubt_about(visit, pressure=pressure)
    if asking is Asking.ALWAYS:
        suffices = suffices and trust >= TRUST["pass"]
    if suffices:
        return Step.PASS
    return Step.HOLD if asking is Asking.NEVER else Step.ASK
