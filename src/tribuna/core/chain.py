"""Lines of JSON in a chain: each carries the hash of the one before and, at its end, its own.

A line's hash is SHA-256 over the line as it stands without its last member, ``"hash"``: whoever has the file can check
it with no program of ours. Nothing can be altered, left out or put in between without every later line being made anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64  # what stands before the first line

_LINE = re.compile(r'(\{.*),"hash":"([0-9a-f]{64})"\}', re.ASCII)


class ChainBroken(ValueError):  # noqa: N818
    """A line is not what was written; *line* is its number in the file, from 1, and the message says what is wrong."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a chain so far: how many lines there are, and the hash of the last."""

    number: int = 0
    hash: str = GENESIS


def forge(facts: Mapping[str, Any], *, after: Link) -> tuple[str, Link]:
    """Return the body (a line without its hash) that says *facts* and follows *after*, and the new end."""
    body = json.dumps({"n": after.number + 1, **facts, "prev": after.hash}, separators=(",", ":"))
    return body, Link(after.number + 1, sha256(body.encode()).hexdigest())


def line_of(body: str, digest: str) -> str:
    """Return the line that *body* and its hash make."""
    return f'{body[:-1]},"hash":"{digest}"}}'


def follow(lines: Iterable[str], *, after: Link | None = None) -> Link:
    """Check *lines*, which follow *after* (nothing), and return the end of the chain. Raises ChainBroken."""
    end = after or Link()
    for place, line in enumerate(lines, start=1):
        end = _next(line.rstrip("\r\n"), place, end)
    return end


def _next(line: str, place: int, before: Link) -> Link:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ChainBroken(place, "it is no line of a ledger")
    body = f"{found[1]}}}"
    if sha256(body.encode()).hexdigest() != found[2]:
        raise ChainBroken(place, "it was altered: its hash is not the hash of what it says")
    try:
        said = json.loads(body)
        number, prev = said["n"], said["prev"]
    except (ValueError, KeyError) as error:
        raise ChainBroken(place, "it is no line of a ledger") from error
    if prev != before.hash or number != before.number + 1:
        raise ChainBroken(place, f"number {number} does not follow number {before.number}: lines are missing or new")
    return Link(number, found[2])
