"""The fidelity report: what came, what was changed, what could not come, and where that is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import gettext

from tribuna.importers.actions.ledger import SAMPLE_CHARACTERS, SAMPLES
from tribuna.importers.actions.running import Outcome
from tribuna.importers.models import Finding

COUNTS = ("read", "created", "adopted", "updated", "same", "kept", "left", "twice")
REPORT, REPORT_JSON, ORIGINALS = "report.html", "report.json", "originals.jsonl"


def write_report(outcome: Outcome, *, folder: Path) -> Path:
    """Write the report of *outcome* into *folder*, as HTML and as JSON, with all originals beside it.

    Returns the file to read. What an archive lost in earlier runs is told as well: it is still lost.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts = report_of(outcome)
    (folder / REPORT_JSON).write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if not outcome.ledger.is_dry:
        _write_originals(outcome, folder / ORIGINALS)
    page = folder / REPORT
    page.write_text(render_to_string("importers/report.html", shown(facts)), encoding="utf-8")
    return page


def report_of(outcome: Outcome) -> dict[str, Any]:
    """Return the report as JSON has it; what is said in words is an English message id."""
    ledger, run = outcome.ledger, outcome.run
    return {
        "archive": ledger.archive.name,
        "source": ledger.archive.source,
        "dry": ledger.is_dry,
        "whole": not outcome.broken,
        "broken": outcome.broken,
        "began": run.began_at.isoformat() if run else None,
        "ended": run.ended_at.isoformat() if run and run.ended_at else None,
        "counts": {kind: {name: count[name] for name in COUNTS} for kind, count in sorted(ledger.counts.items())},
        "findings": list(_findings(outcome)),
        "originals": "" if ledger.is_dry else ORIGINALS,
    }


def _findings(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each kind of finding, the most frequent first, with samples."""
    ledger = outcome.ledger
    if ledger.is_dry:
        for place, number in ledger.findings.most_common():
            yield _finding(*place, number, ledger.samples[place])
        return
    found = Finding.objects.filter(archive=ledger.archive)
    groups = found.order_by().values_list("kind", "about", "is_lost").annotate(number=Count("pk"))
    for kind, about, is_lost, number in groups.order_by("-number", "kind", "about"):
        same = found.filter(kind=kind, about=about, is_lost=is_lost).order_by("pk")
        samples = [
            {"key": each.key, "detail": each.detail, "original": each.original[:SAMPLE_CHARACTERS]}
            for each in same[:SAMPLES]
        ]
        yield _finding(kind, about, is_lost, number, samples)


def _finding(kind: str, about: str, is_lost: bool, number: int, samples: list[dict[str, str]]) -> dict[str, Any]:
    return {"kind": kind, "about": about, "lost": is_lost, "number": number, "samples": samples}


def _write_originals(outcome: Outcome, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(originals_of(outcome.ledger.archive.name))


def originals_of(archive: str) -> Iterator[str]:
    """Yield every original that did not come as it was of the archive called *archive*: JSON, one a line."""
    for each in Finding.objects.filter(archive__name=archive).order_by("pk").iterator():
        line = {name: getattr(each, name) for name in ("kind", "key", "about", "detail", "original", "is_lost")}
        yield json.dumps(line, ensure_ascii=False) + "\n"


def shown(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what the template shows, in the active language."""
    findings = [each | {"says": gettext(each["about"]), "of": kind_name(each["kind"])} for each in facts["findings"]]
    return facts | {
        "rows": [(kind_name(kind), [count[name] for name in COUNTS]) for kind, count in facts["counts"].items()],
        "lost": [each for each in findings if each["lost"]],
        "changed": [each for each in findings if not each["lost"]],
    }


def kind_name(kind: str) -> str:
    """Return what records of *kind* are called."""
    names = {
        "article": gettext("Articles"),
        "author": gettext("Authors"),
        "comment": gettext("Comments"),
        "copy": gettext("Made besides"),
        "file": gettext("Files"),
        "other": gettext("Other records"),
        "redirect": gettext("Old addresses"),
        "source": gettext("The source"),
        "term": gettext("Sections and topics"),
    }
    return names.get(kind, kind)
