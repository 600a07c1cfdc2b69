"""What the rules read: the files of a tree, which need not be the one these tests run in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path("src/tribuna")
# Made by tools, or of the person who sits here: what .gitignore names.
_MADE = {"__pycache__", "htmlcov", "build", "dist", "node_modules"}
_LOCAL = {"demo", "local"}
_OURS = {".ci"}


def files(root: Path) -> Iterator[Path]:
    """Every file that belongs to the project."""
    for folder, folders, names in root.walk():
        made = _MADE | (_LOCAL if folder == root else set())
        folders[:] = sorted(f for f in folders if f not in made and (f[0] != "." or f in _OURS))
        folders[:] = [f for f in folders if not f.endswith(".egg-info")]
        yield from (folder / name for name in sorted(names))


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that can be read as text, with its text."""
    for path in files(root):
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package that a person wrote, with its syntax tree."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def rooms(root: Path) -> list[str]:
    """The names of the rooms."""
    return sorted(
        path.name for path in (root / PACKAGE).iterdir() if path.is_dir() and path.name not in {"locale", "__pycache__"}
    )


def said(root: Path, path: Path) -> str:
    """Return *path* as a problem names it."""
    return path.relative_to(root).as_posix()


def code_words(path: Path) -> set[str]:
    """Return the words that stand in code spans and code blocks of the Markdown file at *path*."""
    if not path.exists():
        return set()
    spans = re.findall(r"```.*?```|`[^`\n]+`", path.read_text(encoding="utf-8"), re.DOTALL)
    words = {word for span in spans for word in re.findall(r"[\w.]+", span)}
    return words | {word.rpartition(".")[2] for word in words}
