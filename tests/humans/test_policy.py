"""What is done with a form in which no challenge was answered."""

from __future__ import annotations

import pytest

from tribuna.humans.actions import best_of, decide_step, doubt_about, trust_in
from tribuna.humans.base import Asking, Evidence, Step, Visit

PLAIN, ODD = Visit("192.0.2.0/24"), Visit("192.0.2.0/24", tells_origin=False)


def brought(*witnesses: str) -> list[Evidence]:
    return [Evidence(witness=name, nonce=name, expires_at=0) for name in witnesses]


@pytest.mark.parametrize(
    ("witnesses", "pressure", "visit", "adaptive", "always", "never"),
    [
        # In calm, whatever a browser brings is enough, except where readers are always asked.
        (["work"], 0.0, PLAIN, Step.PASS, Step.ASK, Step.PASS),
        (["pass"], 0.0, PLAIN, Step.PASS, Step.PASS, Step.PASS),
        (["work", "pass"], 0.0, PLAIN, Step.PASS, Step.PASS, Step.PASS),
        (["somebody's"], 0.0, PLAIN, Step.PASS, Step.ASK, Step.PASS),
        ([], 0.0, PLAIN, Step.ASK, Step.ASK, Step.HOLD),
        # In the grey band work is not enough any more, a pass is.
        (["work"], 0.59, PLAIN, Step.PASS, Step.ASK, Step.PASS),
        (["work"], 0.6, PLAIN, Step.ASK, Step.ASK, Step.HOLD),
        (["pass"], 0.89, PLAIN, Step.PASS, Step.PASS, Step.PASS),
        # Under very high pressure everybody is asked.
        (["pass"], 0.9, PLAIN, Step.ASK, Step.ASK, Step.HOLD),
        (["work", "pass"], 1.0, PLAIN, Step.ASK, Step.ASK, Step.HOLD),
        # A browser that does not say where a form was sent from is trusted less.
        (["work"], 0.39, ODD, Step.PASS, Step.ASK, Step.PASS),
        (["work"], 0.41, ODD, Step.ASK, Step.ASK, Step.HOLD),
        (["pass"], 0.71, ODD, Step.ASK, Step.ASK, Step.HOLD),
    ],
)
def test_trust_is_weighed_against_doubt(witnesses, pressure, visit, adaptive, always, never):
    for asking, step in ((Asking.ADAPTIVE, adaptive), (Asking.ALWAYS, always), (Asking.NEVER, never)):
        assert decide_step(asking, evidence=brought(*witnesses), visit=visit, pressure=pressure) is step


def test_the_best_witness_counts_and_not_their_number():
    assert best_of([]) == ""
    assert best_of(brought("work", "pass", "work")) == "pass"
    assert trust_in([]) == 0
    assert trust_in(brought("work", "work")) == trust_in(brought("work"))


def test_doubt_is_pressure_and_odd_manners():
    assert doubt_about(PLAIN, pressure=0.25) == 0.25
    assert doubt_about(ODD, pressure=0.25) == 0.45
