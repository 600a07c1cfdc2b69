"""What a page may point at, and what no file of the tree may tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.house.rules.tree import PACKAGE, said, texts

THEME = PACKAGE / "theme"
PAGE_SUFFIXES = {".html", ".css", ".js", ".svg", ".txt", ".xml"}
# Names of vocabularies, which nothing ever fetches.
VOCABULARIES = ("http://www.w3.org/", "https://schema.org")
JSON_LD = "application/ld+json"  # data, which no browser runs
_ADDRESS = re.compile(r"""(?:https?:|(?<=["'(=\s])(?=//[\w-]+\.\w))//[^\s"'<>)]+""")
_TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
_REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|proxy\.golang\.org|crates\.io|rubygems\.org"
    r"|--(?:extra-index-url|index-url|find-links|trusted-host)\b"
)
_MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(?:work|root|home|Users)/\w")


def _theme_files(root: Path) -> Iterator[tuple[Path, str]]:
    return ((path, text) for path, text in texts(root / THEME) if path.suffix in PAGE_SUFFIXES)


def pages_point_at_no_other_host(root: Path) -> list[str]:
    """Nothing in the theme is fetched from, or names, another host."""
    return [
        f"{said(root, path)}: {found}"
        for path, text in _theme_files(root)
        for found in _ADDRESS.findall(text)
        if not found.startswith(VOCABULARIES)
    ]


class _Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != JSON_LD):
            self.found.append(f"<{tag}>")
        self.found += [f"{name}= on <{tag}>" for name in names if name == "style" or re.fullmatch("on[a-z]+", name)]
        self.found += [
            f"{name}=javascript on <{tag}>" for name, value in names.items() if value.lower().startswith("javascript:")
        ]


def pages_carry_no_inline_code(root: Path) -> list[str]:
    """No template of the theme has a script, a style or a handler written into it."""
    problems = []
    for path, text in _theme_files(root):
        if path.suffix in {".html", ".svg"}:
            parser = _Inline()
            parser.feed(_TEMPLATE_TAG.sub("", text))
            problems += [f"{said(root, path)}: {found}" for found in parser.found]
    return problems


def files_tell_no_registry_and_no_machine(root: Path) -> list[str]:
    """No file names a package registry's host or a folder of somebody's machine."""
    return [
        f"{said(root, path)}: {found.group()}"
        for path, text in texts(root)
        for found in (*_REGISTRY.finditer(text), *_MACHINE_PATH.finditer(text))
    ]
