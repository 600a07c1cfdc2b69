"""What an attacked server pays: CPU for a challenge, for checking an answer, for refusing, and bytes that stay."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from bench.siege.attackers import CHALLENGE_PATH
from bench.siege.client import Client, Form
from bench.siege.systems import Target

WARM = 10
IDLE_SHARE = 0.03  # of a CPU: what a server does that nobody asks
IDLE_AT_MOST_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Costs:
    """Server CPU in milliseconds, and bytes in the database, each for one."""

    challenge: float  # a form with a fresh challenge, as a visitor gets it
    verification: float  # an answer that is looked at and found wrong, with the fresh challenge that follows
    refused: float  # a request that signature or shape tells is no use
    bogus: float | None  # a proof of work with a wrong key; None where no proof is asked for
    sound: float | None  # a form with a fresh sound; None where there is none
    stored: float


def _each(target: Target, count: int, work: Callable[[int], object]) -> float:
    for number in range(WARM):
        work(number)
    before = target.server.cpu_seconds()
    for number in range(WARM, WARM + count):
        work(number)
    time.sleep(0.05)
    return 1000 * (target.server.cpu_seconds() - before) / count


def _settled(target: Target) -> None:
    """Wait until the mint of a new newsroom has filled its pool: what that takes is told with the pictures."""
    until = time.monotonic() + IDLE_AT_MOST_SECONDS
    calm = 0
    while calm < 3 and time.monotonic() < until:
        before = target.server.cpu_seconds()
        time.sleep(1)
        calm = calm + 1 if target.server.cpu_seconds() - before < IDLE_SHARE else 0


def measured(target: Target, count: int) -> Costs:
    """Ask, answer wrongly and send nonsense *count* times each (S9: the floods, as one client can send them)."""
    client = Client(target.address)
    _settled(target)

    def ask(_number: int) -> None:
        client.get(target.path)
        if target.kind == "altcha":
            client.get("/challenge/")
        elif target.kind != "ours":
            target.picture(target.form())

    stored = target.stored_bytes()
    challenge = _each(target, count, ask)
    stored = max(0, target.stored_bytes() - stored)
    forms = [target.form(number) for number in range(count + WARM)]
    time.sleep(target.wait_seconds)

    def answer(number: int) -> None:
        if target.answer_field:
            forms[number].fields[target.answer_field] = "WRONG"
        target.sent(forms[number])

    verification = _each(target, count, answer)
    fields = {"text": "x", "name": "x", target.proof_field: "A" * 200}
    nonsense = Form(client, fields)
    nonsense.client.cookies.clear()
    refused = _each(target, count, lambda _number: target.sent(nonsense))
    bogus = (
        _each(target, count, lambda number: target.sent(wrong[number])) if (wrong := _bogus(target, count)) else None
    )
    sound = None
    if target.kind == "ours":
        sound = _each(target, min(count, 20), lambda _number: client.post(target.path, {"another": "sound"}))
    return Costs(challenge, verification, refused, bogus, sound, stored / (count + WARM))


def _bogus(target: Target, count: int) -> list[Form]:
    """Return forms with a real puzzle each and a key that nobody computed; none where no proof is asked for."""
    field, path = ("altcha", CHALLENGE_PATH)
    if target.kind == "ours":
        field, path = "work", "/human/work?token={token}"
    forms = [target.form(number) for number in range(count + WARM)]
    if target.kind != "altcha" and field not in forms[0].fields:
        return []
    for form in forms:
        puzzle = json.loads(form.client.get(path.format(token=quote(form.fields.get("token", "")))).body)
        proof = {"challenge": puzzle, "solution": {"counter": 1, "derivedKey": "00" * 32, "time": 1}}
        form.fields[field] = b64encode(json.dumps(proof).encode()).decode()
    time.sleep(target.wait_seconds)
    return forms
