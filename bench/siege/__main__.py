"""Attack our form and three others, let people in, say what came of it. docs/reference/siege.md explains each row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from bench import harness, machine
from bench.harness import ROOT, NotMeasured
from bench.processes import StartFailed, in_own_session
from bench.siege import (
    attackers,
    browsers,
    costs,
    floods,
    people,
    pictures,
    report,
    sounds,
    systems,
    tables,
    trained,
    whole,
)
from bench.siege.attackers import Attack
from bench.siege.systems import Target
from bench.siege.venvs import KEPT

DOCUMENT = ROOT / "docs/reference/siege.md"
LAST = KEPT / "last.json"  # what --only leaves out is taken from the run before
SEED = 20
KINDS = ("ours", "lepture", "simple")  # as pictures.generators() has them
FAILURES = (NotMeasured, StartFailed, OSError, ValueError, KeyError, subprocess.SubprocessError)
PICTURES = {False: 300, True: 100}
WAYS = {False: "", True: "as it is|cropped|piece by piece"}  # those that read most, of all fourteen
PARTS = ("pictures", "sounds", "trained", "systems", "whole")
COUNTS = {False: 1_000, True: 60}  # of S0, S1, S2 in a row, S10
FEWER = {False: 60, True: 20}
READ = {False: 240, True: 20}  # by S4, whose share the price of everything hangs on
SOUNDS = {False: 60, True: 20}
TEMPLATES = {False: 80, True: 20}  # of each digit, for cross-correlation
# Sent to the whole system; of spam as it was found 840 different texts are all there are.
SPAM = {"ours": {"found": 840, "linked": 300}, "others": {"found": 20, "linked": 20}}
FLOOD_SECONDS = {False: 20, True: 6}


def _attacks(quick: bool, solvers: dict[str, str]) -> dict[str, Callable[[Target], Attack]]:
    many, few = COUNTS[quick], FEWER[quick]

    generators = dict(zip(KINDS, pictures.generators(), strict=True))

    def read(target: Target) -> Attack:
        if target.kind not in solvers:
            raise NotMeasured("shows no picture")
        generator = generators[target.kind]
        return attackers.recogniser(target, READ[quick], SEED, generator=generator, solver=solvers[target.kind])

    return {
        "S0 blind": lambda target: attackers.blind(target, many, SEED),
        "S1 form filler": lambda target: attackers.filler(target, many, SEED),
        "S2 replay": lambda target: attackers.replay(target, many, SEED, restart=target.restart),
        "S3 native solver": lambda target: attackers.native(target, few, SEED),
        "S4 recogniser": read,
        "S6 headless browser": lambda target: browsers.headless(target, few),
        "S7 paid human": lambda target: attackers.paid(target, few, SEED),
        "S8 forger": lambda target: attackers.forger(target, 500, SEED),
        "S10 many networks": lambda target: attackers.crowd(target, many, SEED),
    }


def _attacked(target: Target, attacks: dict[str, Callable[[Target], Attack]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, attack in attacks.items():
        try:
            target.calm()
            done = attack(target)
        except FAILURES as error:
            found[name] = {"not measured": str(error)[:200] or type(error).__name__}
        else:
            found[name] = report.as_json(done)
        print(f"{target.name}: {name}: {found[name]}", flush=True)
    return found


def _system(opened: AbstractContextManager[Target], name: str, options: Any, solvers: dict[str, str]) -> dict[str, Any]:
    try:
        with opened as target:
            found = {"attacks": _attacked(target, _attacks(options.quick, solvers))}
            paid = costs.measured(target, FEWER[options.quick])
            found["costs"] = {key: getattr(paid, key) for key in paid.__dataclass_fields__}
            target.calm()
            if target.kind == "ours":
                found["people"] = [report.visit_as_json(visit) for visit in people.visits(target)]
                found["cheap"] = target.cheap()
                found["flood"] = floods.flooded(target, FLOOD_SECONDS[options.quick])
    except FAILURES as error:
        return {"name": name, "not measured": str(error)[:300]}
    return {"name": name, **found}


def _whole(opened: AbstractContextManager[Target], counts: dict[str, int]) -> dict[str, Any]:
    """Return how much spam of each kind is published of what was sent with a right answer or proof."""
    said: dict[str, Any] = {}
    try:
        with opened as target:
            for kind, texts in (("found", whole.found), ("linked", whole.linked)):
                said[kind] = report.as_json(whole.published(target, texts(counts[kind], SEED)))
                print(f"{target.name}: published of spam {kind}: {said[kind]}", flush=True)
    except FAILURES as error:
        said["not measured"] = str(error)[:200] or type(error).__name__
    return said


def _galleries(quick: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what was read of each generator's pictures, and the strongest solver for each kind of form."""
    said, solvers = {}, {}
    for kind, generator in zip(KINDS, pictures.generators(), strict=True):
        try:
            found = pictures.gallery(generator, PICTURES[quick], WAYS[quick])
        except FAILURES as error:
            said[generator.name] = {"not measured": str(error)[:200]}
        else:
            said[generator.name] = report.gallery_as_json(found)
            solvers[kind] = next(each.solver for each in found.readings if not each.solver.startswith("tesseract"))
        print(f"{generator.name}: {said[generator.name]}", flush=True)
    return said, solvers


def main(words: Sequence[str] | None = None) -> int:
    """Besiege everything; return 0 when every gate holds for every setting of ours that there is."""
    parser = harness.arguments(__doc__ or "")
    parser.add_argument("--only", default="", metavar="WORD,WORD", help=f"some parts: {', '.join(PARTS)}")
    options = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
    wanted = set(filter(None, options.only.split(","))) or set(PARTS)
    KEPT.mkdir(parents=True, exist_ok=True)
    said: dict[str, Any] = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    said |= {"benchmark": "siege", "at": datetime.now(tz=UTC).isoformat(timespec="seconds")}
    said |= {"command": f"./dev bench siege{' --quick' if options.quick else ''}", "machine": machine.describe()}
    if "pictures" in wanted:
        said["pictures"], said["solvers"] = _galleries(options.quick)
    if "sounds" in wanted:
        said["sounds"] = sounds.heard(SOUNDS[options.quick], TEMPLATES[options.quick])
    if "trained" in wanted:
        said["trained"] = trained.curves(quick=options.quick)
    if "systems" in wanted:
        solvers = said.get("solvers", {})
        said["systems"] = [
            *(_system(systems.ours(each), f"Tribuna, {each}", options, solvers) for each in systems.OURS),
            *(_system(systems.other(kind), name, options, solvers) for kind, name in systems.OTHERS.items()),
        ]
    if "whole" in wanted:
        said["whole"] = {
            **{f"Tribuna, {each}": _whole(systems.ours(each, judged=True), SPAM["ours"]) for each in systems.OURS},
            **{name: _whole(systems.other(kind), SPAM["others"]) for kind, name in systems.OTHERS.items()},
        }
    said = {part: {} if part != "systems" else [] for part in PARTS} | said
    LAST.write_text(json.dumps(said), encoding="utf-8")
    said["gates"] = report.gates(said)
    text = tables.as_markdown(said)
    print(text)
    if options.json:
        options.json.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.docs:
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(harness.write_section(document, name="siege", text=text), encoding="utf-8")
    return 0 if all(gate["holds"] is not False for gate in said["gates"]) else 1


if __name__ == "__main__":
    sys.exit(in_own_session(main))
