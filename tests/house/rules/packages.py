"""What we depend on: pinned, hashed, from nowhere in particular, and each with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.house.rules.tree import code_words

REASONS = Path("docs/decisions/0002-dependencies.md")


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found.group()).lower() if found else ""


def _locked(text: str) -> dict[str, str]:
    """Each requirement of a list, and the lines that belong to it."""
    joined = text.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {_name(line): line for line in lines}


def _unlocked(file: str, text: str) -> list[str]:
    problems = [f"{file}: {line} is no locked requirement" for line in text.splitlines() if re.match(r"-|\w+:", line)]
    return problems + [
        f"{file}: {name} is not locked by hash"
        for name, line in _locked(text).items()
        if not re.search(r"^[\w.\-\[\]]+==\S+.*--hash=sha256:[0-9a-f]{64}", line)
    ]


def _absent(file: str, wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    return [f"{file}: nothing about {name}" for name in sorted({_name(w) for w in wanted} - set(held))]


def requirements_are_locked(root: Path) -> list[str]:
    """Every line of ``requirements/`` carries hashes and no host; every dependency is there and has its reason."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    extras = [r for group in project["project"].get("optional-dependencies", {}).values() for r in group]
    paths = {name: root / "requirements" / name for name in ("run.txt", "dev.txt")}
    lists = {name: path.read_text(encoding="utf-8") if path.exists() else "" for name, path in paths.items()}
    problems = [problem for name, text in lists.items() for problem in _unlocked(f"requirements/{name}", text)]
    problems += _absent("requirements/run.txt", run, _locked(lists["run.txt"]))
    problems += _absent("requirements/dev.txt", [*run, *project["dependency-groups"]["dev"]], _locked(lists["dev.txt"]))
    reasons = (root / REASONS).read_text(encoding="utf-8")
    named = {_name(row) for row in re.findall(r"^\| ([\w-]+)", reasons, re.MULTILINE)} | code_words(root / REASONS)
    return problems + _absent(REASONS.as_posix(), [*run, *extras], named)
