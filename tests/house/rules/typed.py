"""Where types may be looser than strict: in modules that import what has none."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def _file(root: Path, module: str) -> Path:
    path = root / "src" / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _loosened(override: dict[str, Any]) -> list[str]:
    modules = override["module"]
    return [modules] if isinstance(modules, str) else list(modules)


def typing_is_strict(root: Path) -> list[str]:
    """mypy is strict; only a module that imports an untyped package may ask for less."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    overrides = settings.get("overrides", [])
    untyped = {m.removesuffix(".*") for o in overrides if "ignore_missing_imports" in o for m in _loosened(o)}
    problems = [] if settings.get("strict") else ["mypy is not strict"]
    for module in (m for o in overrides if "ignore_missing_imports" not in o for m in _loosened(o)):
        path = _file(root, module)
        if not path.exists():
            problems.append(f"mypy: there is no {module}")
        elif not {name.split(".")[0] for name in _imported(path)} & untyped:
            problems.append(f"mypy: {module} imports nothing untyped and may not be loose")
    return problems
