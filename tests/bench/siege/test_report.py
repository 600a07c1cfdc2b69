"""What a thousand published pieces of spam cost, and which gates hold."""

from __future__ import annotations

import math

import pytest

from bench.siege.report import dearest_of, gates, published, whole_price, whole_prices
from bench.siege.tables import as_markdown


def attack(accepted: int, price: float | None) -> dict[str, object]:
    return {"accepted": accepted, "attempted": 10, "dollars_per_1000": price, "note": ""}


@pytest.fixture
def said():
    attacks = {
        "S0 blind": attack(0, None),
        "S1 form filler": attack(0, None),
        "S2 replay": attack(0, None),
        "S4 recogniser": attack(4, 0.001),
        "S7 paid human": attack(7, 1.0),
        "S8 forger": attack(0, None),
    }
    costs = {"challenge": 1, "verification": 1, "refused": 9, "bogus": None, "sound": None, "stored": 0}
    cheap = {"issued": {"a_second": {"picture": 4_000, "work": 9_000}, "grown_kib": 1}, "refused": {"token": 0.01}}
    flood = {"challenges_a_second": 1, "clients": 4, "calm_ms": [1, 2], "flood_ms": [1, 2], "pool_bytes": 1}
    second = {"persona": "second visit", "taken": True, "step": "none", "seconds": 0.0, "note": ""}
    ours = {"name": "Tribuna, always", "attacks": attacks, "costs": costs, "people": [second]}
    ours |= {"cheap": cheap | {"pool_at_most": 2**20}, "flood": flood}
    theirs = attacks | {"S4 recogniser": attack(9, 0.0005), "S7 paid human": attack(0, None)}
    other = {"name": "another", "attacks": theirs, "costs": costs}
    whole = {
        "Tribuna, always": {"found": attack(2, 0.0), "linked": attack(0, None)},
        "another": {"found": attack(10, 0.0), "linked": attack(10, 0.0)},
    }
    said = {"systems": [ours, other], "whole": whole, "pictures": {}, "sounds": {}, "trained": {}}
    return {**said, "at": "today", "command": "siege", "machine": {}}


def test_what_is_published_of_what_passed_divides_the_price(said):
    ours, other = said["systems"]
    assert whole_prices(said, ours, "found") == {"S4 recogniser": 0.005, "S7 paid human": 5.0}
    assert whole_price(said, other, "found") == dearest_of(said, [other], "found") == 0.0005
    assert math.isnan(dearest_of(said, [], "found"))


def test_where_nothing_was_published_the_price_is_at_least_that_of_the_interval_s_end(said):
    ours, _other = said["systems"]
    end = published(said, "Tribuna, always", "linked").interval[1]
    assert whole_price(said, ours, "linked") == pytest.approx(0.001 / end)


def test_gates_tell_what_holds(said):
    holds = {gate["gate"]: gate["holds"] for gate in gates(said)}
    assert holds.pop("Tribuna, always: spam as it was found, published >= 100 times as dear as elsewhere") is False
    assert (
        holds.pop("Tribuna, always: well-written spam with a link, published >= 100 times as dear as elsewhere")
        is False
    )
    assert len(holds) == 8
    assert set(holds.values()) == {True}


def test_what_was_not_measured_is_said_and_every_table_is_whole(said):
    said["systems"].append({"name": "Tribuna, never", "not measured": "it did not start"})
    said["whole"]["another"] = {"not measured": "no texts"}
    assert {"gate": "Tribuna, never", "holds": None, "value": "it did not start"} in gates(said)
    said["systems"].pop()
    said["gates"] = gates(said)
    assert "| spam as it was found | another | not measured |" in as_markdown(said)
