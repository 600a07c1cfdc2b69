"""Everything pluggable is plugged one way."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.rules.tree import PACKAGE, texts

SIMPLE_LINES = 50


@dataclass(frozen=True)
class Plug:
    """A setting that names implementations by dotted path, all of them or just one, and the folder they stand in."""

    setting: str
    room: str
    plural: str
    listed: frozenset[str]
    is_list: bool

    @property
    def singular(self) -> str:
        return self.plural.removesuffix("es" if self.plural.endswith("sses") else "s")


def _dotted_paths(value: ast.expr) -> list[str]:
    texts = [n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [text for text in texts if re.fullmatch(r"tribuna(\.\w+){4}", text)]


def plugs(root: Path) -> list[Plug]:
    """The plugs that the two files of settings name."""
    found = []
    files = sorted((root / PACKAGE / "site").glob("*settings.py"))
    for node in [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("TRIBUNA_"):
            paths = _dotted_paths(node.value)
            if paths:
                _tribuna, room, plural, *_rest = paths[0].split(".")
                is_list = not isinstance(node.value, ast.Constant)
                found.append(Plug(ast.unparse(node.targets[0]), room, plural, frozenset(paths), is_list))
    return found


def _problems(root: Path, plug: Plug) -> list[str]:
    folder = root / PACKAGE / plug.room / plug.plural
    files = sorted(folder.glob("[!_]*.py"))
    contract, how_to = f"tests/contracts/test_{plug.plural}.py", f"docs/how-to/write-a-{plug.singular}.md"
    protocol = re.compile(rf"^class \w*{plug.singular.title()}\(Protocol\)", re.MULTILINE)
    bases = [p for p in (root / PACKAGE).glob("*/base.py") if protocol.search(p.read_text(encoding="utf-8"))]
    told = [path for path, text in texts(root / PACKAGE) if path.stem == "checks" and plug.setting in text]
    problems = {
        f"no Protocol {plug.singular.title()} in a base.py": not bases,
        f"none of {plug.room}/{plug.plural}/ is a simple one (at most {SIMPLE_LINES} lines)": not any(
            path.read_text(encoding="utf-8").count("\n") <= SIMPLE_LINES for path in files
        ),
        f"no contract test {contract}": not (root / contract).exists(),
        f"no how-to page {how_to}": not (root / how_to).exists(),
        "no system check looks at it": not told,
    }
    if plug.is_list:
        listed = " ".join(plug.listed)
        problems |= {f"{path.stem} is not listed": f".{path.stem}." not in listed for path in files}
    return [f"{plug.setting}: {problem}" for problem, is_so in problems.items() if is_so]


def plugs_are_alike(root: Path) -> list[str]:
    """Each plug has a protocol, a simple implementation, a check, a contract test and a how-to page."""
    return [problem for plug in plugs(root) for problem in _problems(root, plug)]
