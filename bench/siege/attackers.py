"""The attackers, one function each: what they send, and what they were let through with. They count; others judge."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from bench.harness import NotMeasured
from bench.siege.client import Client, Form
from bench.siege.figures import HUMAN_DOLLARS_PER_1000, HUMAN_RIGHT, Share
from bench.siege.forgeries import forged
from bench.siege.pictures import Generator
from bench.siege.systems import Target
from bench.siege.venvs import KEPT, outside

AT_ONCE = 50
CHALLENGE_PATH = "/challenge/"  # of plain ALTCHA
EXPIRED_SECONDS = 10 * 60 * 60
BATCH = 50  # forms looked at together


@dataclass(frozen=True, slots=True)
class Attack:
    """What came of one attacker on one system."""

    share: Share
    cpu_seconds: float = 0.0  # the attacker's, for one attempt, beyond sending it
    dollars: float = 0.0  # what one attempt costs besides
    note: str = ""


def _batches(target: Target, count: int) -> Iterator[list[Form]]:
    """Yield *count* forms, some at a time, each looked at for as long as the site wants."""
    for first in range(0, count, BATCH):
        forms = [target.form(number) for number in range(first, min(first + BATCH, count))]
        time.sleep(target.wait_seconds)
        yield forms


def _sent(target: Target, forms: Sequence[Form]) -> int:
    accepted = 0
    for form in forms:
        accepted += target.sent(form)
        form.client.close()
    return accepted


def blind(target: Target, count: int, _seed: int) -> Attack:
    """S0: posts without having seen a form."""
    accepted = 0
    for number in range(count):
        client = Client(target.address, number)
        form = Form(client, {"text": f"Cheap pills {number}", "name": "Pills", "language": "en"})
        accepted += target.sent(form)
        client.close()
    return Attack(Share(accepted, count))


def filler(target: Target, count: int, seed: int) -> Attack:
    """S1: fetches the form and fills in whatever is empty."""
    dice, accepted = random.Random(seed), 0
    for forms in _batches(target, count):
        for form in forms:
            for name, value in form.fields.items():
                if not value:
                    form.fields[name] = "".join(dice.choice("ABCDEFGHKLMNPRTXY3479") for _each in range(5))
        accepted += _sent(target, forms)
    return Attack(Share(accepted, count))


def proven(target: Target, number: int) -> Form:
    """Return a form with a right answer or proof in it, waiting to be sent."""
    form = target.form(number)
    if target.kind == "altcha" or not form.picture:
        _work(target, form)
    else:
        if target.kind == "lepture":
            target.picture(form)
        form.fields[target.answer_field] = target.right_answer(form)
    return form


def _work(target: Target, form: Form) -> float:
    """Put a solved proof of work into *form*; return the CPU seconds that it took."""
    field, path = ("altcha", CHALLENGE_PATH)
    if target.kind == "ours":
        field, path = "work", f"/human/work?token={quote(form.fields['token'])}"
    form.fields[field], seconds = solved(form.client, 1, path)[0]
    return seconds


def _worked(target: Target, form: Form) -> str:
    """Return a solved proof of work for *form*, and leave the form as it is."""
    other = Form(form.client, dict(form.fields))
    _work(target, other)
    return other.fields["work"]


def solved(client: Client, count: int, path: str = CHALLENGE_PATH) -> list[tuple[str, float]]:
    """Return ALTCHA payloads, each with the CPU seconds that it took a native solver."""
    challenges = [client.get(path).body.decode() for _each in range(count)]
    return [tuple(json.loads(line)) for line in outside("altcha", "solve.py", *challenges).splitlines()]


def _with_text(form: Form, number: int) -> Form:
    """Return *form* once more with another text, from another connection with the same cookies."""
    client = Client(form.client.address, number)
    client.cookies = dict(form.client.cookies)
    return Form(client, {**form.fields, "text": f"The same proof again, number {number}, {time.monotonic_ns()}."})


def replay(target: Target, count: int, _seed: int, *, restart: Callable[[], None] | None = None) -> Attack:
    """S2: one right answer used *count* times in a row, AT_ONCE times at once, and again after a restart."""
    first, racing = proven(target, 1), proven(target, 2)
    tries = count + AT_ONCE + (5 if restart else 0)
    is_work = target.kind == "altcha"
    spent = sum(seconds for _payload, seconds in solved(first.client, 2)) if is_work else 0.0
    paid_for = 0.0 if is_work else 2 * HUMAN_DOLLARS_PER_1000 / 1000 / HUMAN_RIGHT
    time.sleep(target.wait_seconds)
    if not target.sent(first):
        raise NotMeasured("the first, honest use was not accepted")
    again = _sent(target, [_with_text(first, number) for number in range(count)])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        at_once = sum(pool.map(target.sent, [_with_text(racing, number) for number in range(AT_ONCE)]))
    later, note = 0, "restart not tried"
    if restart:
        restart()
        later = _sent(target, [_with_text(first, number) for number in range(5)])
        note = f"after a restart {later} of 5"
    surplus = max(0, at_once - 1)
    share = Share(again + surplus + later, count + AT_ONCE - 1 + (5 if restart else 0))
    return Attack(
        share,
        spent / tries,
        paid_for / tries,
        note=f"in a row {again} of {count}; at once {surplus} too many of {AT_ONCE}; {note}",
    )


def native(target: Target, count: int, _seed: int) -> Attack:
    """S3: solves the proof of work outside of any browser."""
    asks = target.kind == "altcha" or (target.kind == "ours" and "work" in target.form().fields)
    if not asks:
        raise NotMeasured("asks for no proof of work")
    accepted, spent = 0, 0.0
    for forms in _batches(target, count):
        for form in forms:
            spent += _work(target, form)
        accepted += _sent(target, forms)
    return Attack(Share(accepted, count), spent / count)


def recogniser(target: Target, count: int, _seed: int, *, generator: Generator, solver: str) -> Attack:
    """S4: reads the picture with the strongest *solver* that anybody can install, over HTTP."""
    accepted, spent = 0, 0.0
    if not target.form().picture:
        raise NotMeasured("shows no picture")
    for forms in _batches(target, count):
        with tempfile.TemporaryDirectory(prefix="siege-", dir=KEPT) as folder:
            for number, form in enumerate(forms):
                (Path(folder) / f"{number:05}-.png").write_bytes(target.picture(form))
            said = json.loads(outside("readers", "readers.py", folder, generator.alphabet, solver))[solver]
        spent += said["cpu_seconds"] * len(forms)
        for number, form in enumerate(forms):
            form.fields[target.answer_field] = said["texts"][f"{number:05}-.png"]
        accepted += _sent(target, forms)
    return Attack(Share(accepted, count), spent / count, note=solver)


def paid(target: Target, count: int, seed: int) -> Attack:
    """S7: a paid person, right three times out of four. Nobody waits twelve seconds here; the price stands for them."""
    if not target.form().picture:
        raise NotMeasured("shows people nothing that they could be paid for")
    dice, accepted = random.Random(seed), 0
    for forms in _batches(target, count):
        for form in forms:
            if target.kind == "lepture":
                target.picture(form)
            is_right = dice.random() < HUMAN_RIGHT
            form.fields[target.answer_field] = target.right_answer(form) if is_right else "WRONG"
        accepted += _sent(target, forms)
    return Attack(Share(accepted, count), dollars=HUMAN_DOLLARS_PER_1000 / 1000)


def forger(target: Target, count: int, seed: int) -> Attack:
    """S8: changed, cut, spliced, nested, foreign and expired proofs, each with the right answer beside it."""
    dice = random.Random(seed)
    one, two = proven(target, 1), proven(target, 2)
    time.sleep(target.wait_seconds)
    is_cookie = target.proof_field == "cookie"
    proofs = [each.client.cookies["sessionid"] if is_cookie else each.fields[target.proof_field] for each in (one, two)]
    accepted, attempted, through = 0, 0, list[str]()
    made = [(kind, {target.proof_field: proof}) for kind, proof in forged(target.kind, *proofs, dice)]
    if target.kind == "ours" and "work" in one.fields:
        works = [_worked(target, each) for each in (one, two)]
        made += [(kind, {"work": proof, "answer": ""}) for kind, proof in forged("altcha", *works, dice)]
    for kind, fields in islice(made, count):
        form = _with_text(one, attempted)
        if is_cookie:
            form.client.cookies["sessionid"] = fields["cookie"]
        else:
            form.fields |= fields
        try:
            done = target.sent(form)
        except (OSError, ValueError):  # the client could not even send it
            continue
        form.client.close()
        accepted, attempted = accepted + done, attempted + 1
        through += [kind] * done
    if target.newsroom is not None:
        form = target.form(9_998)
        form.fields["token"], form.fields[target.answer_field] = target.old_challenge(EXPIRED_SECONDS)
        attempted += 1
        accepted += target.sent(form)
    if target.other_path:
        attempted += 1
        accepted += target.sent(_with_text(two, 9_999), path=target.other_path)
    return Attack(Share(accepted, attempted), note=", ".join(sorted(set(through))))


def crowd(target: Target, count: int, seed: int) -> Attack:
    """S10: the form filler from *count* networks, as each visitor of this harness has one of its own."""
    return filler(target, count, seed + 10)
