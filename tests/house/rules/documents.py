"""Whatever can be set, called, listened to or seen failing is in the reference, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.rules.tree import PACKAGE, code_words, modules, texts

REFERENCE = Path("docs/reference")
CHECK_ID = re.compile(r"\btribuna\.[a-z]+\.[EWI]\d{3}\b")
_REGISTERS = {"filter", "tag", "simple_tag", "simple_block_tag", "inclusion_tag"}


def _tree(root: Path, path: str) -> ast.Module:
    return ast.parse((root / PACKAGE / path).read_text(encoding="utf-8"))


def _first_text(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def settings(root: Path) -> set[str]:
    """The settings of our own."""
    nodes = _tree(root, "site/settings.py").body
    targets = [t for node in nodes if isinstance(node, ast.Assign) for t in node.targets]
    targets += [node.target for node in nodes if isinstance(node, ast.AnnAssign)]
    return {t.id for t in targets if isinstance(t, ast.Name) and t.id.startswith("TRIBUNA_")}


def environment(root: Path) -> set[str]:
    """The environment variables that ``site/env.py`` reads."""
    calls = [node for node in ast.walk(_tree(root, "site/env.py")) if isinstance(node, ast.Call)]
    names = [_first_text(call) for call in calls if re.fullmatch(r"_env\.[a-z_]+", ast.unparse(call.func))]
    return {f"TRIBUNA_{name}" for name in names if name}


def commands(root: Path) -> set[str]:
    """The words of the ``tribuna`` command, and the management commands."""
    calls = [node for node in ast.walk(_tree(root, "site/cli.py")) if isinstance(node, ast.Call)]
    words = {_first_text(call) for call in calls if ast.unparse(call.func).endswith(".add_parser")}
    managed = {path.stem for path in (root / PACKAGE).glob("*/management/commands/[!_]*.py")}
    return {word for word in words if word} | managed


def signals(root: Path) -> set[str]:
    """The signals that rooms send."""
    return {
        target.id
        for path, module in modules(root)
        if path.stem == "signals"
        for node in module.body
        if isinstance(node, ast.Assign) and "Signal(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _registered_name(function: ast.FunctionDef, decorator: ast.expr) -> str | None:
    call = decorator if isinstance(decorator, ast.Call) else None
    registers = call.func if call else decorator
    if not (isinstance(registers, ast.Attribute) and registers.attr in _REGISTERS):
        return None
    named = (
        [k.value.value for k in call.keywords if k.arg == "name" and isinstance(k.value, ast.Constant)] if call else []
    )
    first = _first_text(call) if call and registers.attr in {"filter", "tag"} else None
    return str(named[0]) if named else first or function.name


def template_tags(root: Path) -> set[str]:
    """The template tags and filters."""
    functions = [
        node
        for path, module in modules(root)
        if path.parent.name == "templatetags"
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
    ]
    return {name for f in functions for decorator in f.decorator_list if (name := _registered_name(f, decorator))}


def checks(root: Path) -> set[str]:
    """The ids of the system checks."""
    return {found for path, text in texts(root / PACKAGE) if path.suffix == ".py" for found in CHECK_ID.findall(text)}


# What the code has, where the reference keeps it, and which words there claim to be one of them.
SHELVES = {
    "settings.md": (settings, re.compile(r"TRIBUNA_\w+")),
    "environment.md": (environment, re.compile(r"TRIBUNA_\w+(?<!_FILE)")),
    "commands.md": (commands, None),
    "signals.md": (signals, None),
    "template-tags.md": (template_tags, None),
    "checks.md": (checks, CHECK_ID),
}


def reference_is_complete(root: Path) -> list[str]:
    """Every setting, variable, command, signal, tag, filter and check is documented; nothing documented is gone."""
    problems = []
    for file, (found, claims) in SHELVES.items():
        named, documented = found(root), code_words(root / REFERENCE / file)
        problems += [f"docs/reference/{file}: nothing about {name}" for name in sorted(named - documented)]
        if claims:
            stale = {word for word in documented if claims.fullmatch(word)} - named
            problems += [f"docs/reference/{file}: {name} is gone" for name in sorted(stale)]
    return problems
