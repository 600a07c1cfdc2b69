"""The demo's readers: what they say, read from the text files in ``comments/`` (their format stands in ``en.txt``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tribuna.site.demo.content import HERE

_HEADER = re.compile(r"(?P<dashes>-+) (?P<name>[^|]+?) \| (?P<hours>[\d.]+)(?: \| (?P<marks>.+))?")
LANGUAGES = ("en", "es")


@dataclass(eq=False, slots=True)
class Line:
    """One comment: under which story and page, by whom, when, and what it answers."""

    story: str
    page: str  # the language of the page tree
    name: str
    hours: float  # since the story appeared
    marks: str
    above: Line | None
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was written."""
        return "\n".join(self.words).strip()

    @property
    def language(self) -> str:
        """The language it is written in: the page's, unless it says otherwise."""
        return self.marks if self.marks in LANGUAGES else self.page

    @property
    def rejection(self) -> tuple[str, str] | None:
        """The rule and the explanation with which a moderator turned it down."""
        if not self.marks.startswith("reject "):
            return None
        rule, _, words = self.marks.removeprefix("reject ").partition(": ")
        return rule, words


def talk() -> list[Line]:
    """Return what is said in the threads of all pages, in the order of the files."""
    return [line for language in LANGUAGES for line in _lines(f"{language}.txt")]


def queue() -> list[Line]:
    """Return what came in lately and is for the desk; here the hours count back from now."""
    return list(_lines("queue.txt"))


def _lines(name: str) -> Iterator[Line]:
    story = page = ""
    branch: list[Line] = []
    for row in (HERE / "comments" / name).read_text(encoding="utf-8").splitlines():
        header = _HEADER.fullmatch(row)
        if row.startswith("== "):
            story, page = row.removeprefix("== ").split()
        elif header:
            del branch[len(header["dashes"]) - 1 :]
            above = branch[-1] if branch else None
            line = Line(story, page, header["name"], float(header["hours"]), header["marks"] or "", above)
            branch.append(line)
            yield line
        elif branch and not row.startswith("#"):
            branch[-1].words.append(row)
