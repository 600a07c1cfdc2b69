"""How long a file and a function may be, and which names say nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median, quantiles

from tests.house.rules.tree import modules, rooms, said, texts

FILE_LINES = 300
FUNCTION_LINES = 50
FUNCTION_MEDIAN_LINES = 8
FUNCTION_P90_LINES = 25
EMPTY_MODULE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
EMPTY_CLASS_NAMES = re.compile(r"(Manager|Helper|Handler)$|^Abstract\w*Factory$")


def files_are_short(root: Path) -> list[str]:
    """No Python file of ours is longer than 300 lines."""
    lengths = {path: text.count("\n") for path, text in texts(root) if path.suffix == ".py"}
    return [
        f"{said(root, path)}: {lines} lines, {FILE_LINES} at most"
        for path, lines in lengths.items()
        if lines > FILE_LINES and "migrations" not in path.parts
    ]


def _function_lines(root: Path) -> list[tuple[int, str]]:
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{said(root, path)}:{node.name}")
        for path, module in modules(root)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def functions_are_short(root: Path) -> list[str]:
    """No function of the package is over 50 lines; half of them are under 8, nine of ten under 25."""
    functions = _function_lines(root)
    problems = [
        f"{name}: {lines} lines, {FUNCTION_LINES} at most" for lines, name in functions if lines > FUNCTION_LINES
    ]
    lengths = [lines for lines, _name in functions]
    middle, most = median(lengths), quantiles(lengths, n=10)[8]
    if middle > FUNCTION_MEDIAN_LINES:
        problems.append(f"the median function has {middle:g} lines, {FUNCTION_MEDIAN_LINES} at most")
    if most > FUNCTION_P90_LINES:
        problems.append(f"one function in ten has more than {most} lines, {FUNCTION_P90_LINES} at most")
    return problems


def names_say_something(root: Path) -> list[str]:
    """No module is called utils, helpers or common; no class is a Manager, Helper, Handler or Abstract…Factory."""
    problems = []
    for path, module in modules(root):
        if {path.stem, path.parent.name} & EMPTY_MODULE_NAMES:
            problems.append(f"{said(root, path)}: a name that says nothing")
        problems += [
            f"{said(root, path)}: class {node.name}"
            for node in ast.walk(module)
            if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAMES.search(node.name)
        ]
    return problems


def rooms_introduce_themselves(root: Path) -> list[str]:
    """The docstring of a room's ``__init__.py`` is its README."""
    known = {said(root, path): ast.get_docstring(module) for path, module in modules(root)}
    inits = [f"src/tribuna/{room}/__init__.py" for room in rooms(root)]
    return [f"{init}: no docstring" for init in inits if not known.get(init)]


def settings_are_read_plainly(root: Path) -> list[str]:
    """``getattr(settings, ...)`` would give a default a second home."""
    return [
        f"{said(root, path)}:{node.lineno}: getattr(settings, ...)"
        for path, module in modules(root)
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "getattr"
        and ast.unparse(node.args[0]) == "settings"
    ]


def uncovered_lines_say_why(root: Path) -> list[str]:
    """A ``pragma: no cover`` is followed by its reason."""
    bare = re.compile(r"#\s*pragma: no (cover|branch)\W*$", re.MULTILINE)
    return [
        f"{said(root, path)}: a pragma without its reason"
        for path, text in texts(root)
        if path.suffix == ".py" and bare.search(text)
    ]
