"""Each rule is broken on purpose, in a copy of the tree, and has to say so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.house.rules import RULES
from tests.house.sins import SINS, SPANISH, Sin
from tests.house.test_rules import ROOT

NOT_COPIED = (
    ".git",
    ".venv",
    ".cache",
    ".coverage*",  # those of the tests beside come and go while it is copied
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "*.egg-info",
    "*.png",
    "local",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the tree that may be sinned in."""
    root = tmp_path_factory.mktemp("house") / "tree"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return root


@pytest.fixture(scope="module")
def before(copy) -> Callable[[str], list[str]]:
    """What a rule says of the copy before anybody sinned, asked once."""
    return cache(lambda rule: RULES[rule](copy))


@pytest.fixture
def commit(copy):
    """Commits a sin in the copy; afterwards it never happened."""
    undo: list[Callable[[], object]] = []

    def commit(sin: Sin) -> None:
        path = copy / sin.path
        before = path.read_text(encoding="utf-8") if path.exists() else None
        folder = next((parent for parent in reversed(path.parents) if not parent.exists()), None)
        if before is None:
            undo.append(lambda: path.unlink() if folder is None else shutil.rmtree(folder))
        else:
            undo.append(lambda: path.write_text(before, encoding="utf-8"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sin.change(before or ""), encoding="utf-8")

    yield commit
    for step in undo:
        step()


@pytest.mark.parametrize(("rule", "sin"), [(rule, sin) for rule, sins in SINS.items() for sin in sins])
def test_a_sin_is_caught(rule, sin, copy, before, commit):
    assert not [problem for problem in before(rule) if sin.said in problem], "it is broken already"
    commit(sin)
    assert [problem for problem in RULES[rule](copy) if sin.said in problem], "nobody noticed"


@pytest.mark.parametrize(
    ("rule", "gone"),
    [
        ("plugs_are_alike", "docs/how-to/write-a-judge.md"),
        ("plugs_are_alike", "tests/contracts/test_judges.py"),
        ("requirements_are_locked", "requirements/dev.txt"),
    ],
)
def test_a_missing_page_is_caught(rule, gone, copy):
    (copy / gone).unlink()
    try:
        assert any(gone in problem for problem in RULES[rule](copy))
    finally:
        shutil.copy(ROOT / gone, copy / gone)


def test_a_compiled_catalogue_out_of_step_is_caught(copy):
    compiled = copy / SPANISH.replace(".po", ".mo")
    before = compiled.read_bytes()
    compiled.write_bytes(before.replace(b"Personas", b"Per5onas"))
    try:
        assert "es: the .mo is not in step with the .po" in RULES["languages_are_complete"](copy)
    finally:
        compiled.write_bytes(before)


def test_every_rule_has_a_sin():
    assert set(RULES) == set(SINS)
