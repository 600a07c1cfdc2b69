from __future__ import annotations

import pytest

from tribuna.core.chain import ChainBroken, Link, follow, forge, line_of


def chain(*facts: dict) -> list[str]:
    """Return lines that say *facts*."""
    lines, end = [], Link()
    for each in facts:
        body, end = forge(each, after=end)
        lines.append(line_of(body, end.hash))
    return lines


LINES = chain({"kind": "decision", "to": "rejected"}, {"kind": "appeal"}, {"kind": "outcome", "outcome": "reversed"})


def test_a_whole_chain_holds_and_its_end_is_known():
    end = follow(f"{line}\n" for line in LINES)
    assert end.number == 3
    assert f'"hash":"{end.hash}"' in LINES[-1]
    assert follow([]) == Link()


def test_a_part_holds_after_what_comes_before_it():
    assert follow(LINES[1:], after=follow(LINES[:1])) == follow(LINES)


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        ([LINES[0], LINES[1].replace("appeal", "decision"), LINES[2]], 2, "altered"),
        ([LINES[0].replace("rejected", "published"), *LINES[1:]], 1, "altered"),
        ([LINES[0], LINES[2]], 2, "number 3 does not follow number 1"),
        ([LINES[0], LINES[0], LINES[1]], 2, "number 1 does not follow number 1"),
        ([LINES[1]], 1, "number 2 does not follow number 0"),
        ([*LINES[:2], chain({}, {}, {"kind": "outcome"})[2]], 3, "number 3 does not follow number 2"),
        ([LINES[0], "", LINES[1]], 2, "no line of a ledger"),
        ([LINES[0][:-3]], 1, "no line of a ledger"),
        (["nothing"], 1, "no line of a ledger"),
    ],
)
def test_what_was_altered_left_out_or_put_in_is_found_and_named(lines: list[str], place: int, problem: str):
    with pytest.raises(ChainBroken) as broken:
        follow(lines)
    assert broken.value.line == place
    assert problem in str(broken.value)
    assert str(broken.value).startswith(f"line {place}: ")


@pytest.mark.parametrize("body", ['{"n":1}', '{"n":1,"prev"}'])
def test_a_line_that_says_neither_number_nor_what_is_before_is_none(body: str):
    from hashlib import sha256

    with pytest.raises(ChainBroken, match="no line of a ledger"):
        follow([line_of(body, sha256(body.encode()).hexdigest())])
