"""Whatever can be set, called, listened to or seen failing is in the reference, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.core.management import get_commands

from tests.house.rules.tree import PACKAGE, code_words, modules, texts

REFERENCE = Path("docs/reference")
CHECK_ID = re.compile(r"\btribuna\.[a-z]+\.[EWI]\d{3}\b")
_REGISTERS = {"filter", "tag", "simple_tag", "simple_block_tag", "inclusion_tag"}


def _tree(root: Path, path: str) -> ast.Module:
    return ast.parse((root / PACKAGE / path).read_text(encoding="utf-8"))


def _first_text(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _settings_nodes(root: Path) -> list[ast.stmt]:
    """What the files of settings say: the site's, and those of single rooms, which it takes in."""
    files = sorted((root / "src/tribuna/site").glob("*settings.py"))
    return [node for file in files for node in _tree(root, f"site/{file.name}").body]


def settings(root: Path) -> set[str]:
    """The settings of our own."""
    nodes = _settings_nodes(root)
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


def _number(value: ast.expr) -> float | None:
    """Return the number that *value* works out to, None if it is something else."""
    if any(not isinstance(node, ast.Constant | ast.BinOp | ast.operator) for node in ast.walk(value)):
        return None
    number = eval(compile(ast.Expression(value), "settings", "eval"), {"__builtins__": {}})  # arithmetic, nothing else
    return number if isinstance(number, int | float) and not isinstance(number, bool) else None


def _default_numbers(root: Path) -> dict[str, str]:
    """The settings that are numbers, as a reader is told them."""
    nodes = [node for node in _settings_nodes(root) if isinstance(node, ast.Assign)]
    numbers = {ast.unparse(node.targets[0]): _number(node.value) for node in nodes}
    return {name: f"{number:,}" for name, number in numbers.items() if number is not None}


def _default_texts(root: Path) -> dict[str, str]:
    """The environment variables whose default is a plain text, as a reader is told it."""
    calls = [node for node in ast.walk(_tree(root, "site/env.py")) if isinstance(node, ast.Call)]
    pairs = [call.args for call in calls if ast.unparse(call.func) == "_env.str" and len(call.args) == 2]
    values = {f"TRIBUNA_{ast.literal_eval(name)}": default for name, default in pairs}
    return {name: f"`{d.value}`" for name, d in values.items() if isinstance(d, ast.Constant) and d.value}


def defaults_are_told(root: Path) -> list[str]:
    """The reference gives every number and every text as the code has it."""
    problems = []
    for file, values in (("settings.md", _default_numbers(root)), ("environment.md", _default_texts(root))):
        text = (root / REFERENCE / file).read_text(encoding="utf-8")
        told = dict(re.findall(r"^\| `(TRIBUNA_\w+)` \| ([^|]*) \|", text, re.MULTILINE))
        problems += [
            f"docs/reference/{file}: {name} is {value}, not {told[name]}"
            for name, value in values.items()
            if name in told and told[name] != value
        ]
    return problems


def _promised_commands(root: Path) -> list[str]:
    """The commands that the reference promises and nobody has."""
    text = (root / REFERENCE / "commands.md").read_text(encoding="utf-8")
    others = {name for name, app in get_commands().items() if not app.startswith("tribuna.")}
    return sorted(set(re.findall(r"`tribuna ([a-z_]+)", text)) - commands(root) - others)


def reference_is_complete(root: Path) -> list[str]:
    """Every setting, variable, command, signal, tag, filter and check is documented; nothing documented is gone."""
    problems = [f"docs/reference/commands.md: {name} is gone" for name in _promised_commands(root)]
    for file, (found, claims) in SHELVES.items():
        named, documented = found(root), code_words(root / REFERENCE / file)
        problems += [f"docs/reference/{file}: nothing about {name}" for name in sorted(named - documented)]
        if claims:
            stale = {word for word in documented if claims.fullmatch(word)} - named
            problems += [f"docs/reference/{file}: {name} is gone" for name in sorted(stale)]
    return problems
