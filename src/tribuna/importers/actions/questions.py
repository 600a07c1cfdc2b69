"""What a source asks for, for a form: the arguments that it adds to the command's parser, read without parsing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tribuna.core.plug import plugs
from tribuna.importers.base import Source

FILE, URL, MAPPING, TYPES = (
    "file",
    "url",
    "mapping",
    "types",
)  # arguments with these names mean what they say, in every source


@dataclass(frozen=True, slots=True)
class Question:
    """An argument of a source: its name, what its help says, and what may be answered."""

    name: str
    help: str
    default: Any
    choices: tuple[str, ...]
    is_required: bool
    is_many: bool
    is_path: bool


class _Listener(argparse.ArgumentParser):
    """A parser that only listens."""

    def __init__(self) -> None:
        super().__init__(add_help=False)
        self.heard: list[Question] = []

    def add_argument(self, *names: str, **how: Any) -> argparse.Action:
        action: argparse.Action = super().add_argument(*names, **how)
        self.heard.append(
            Question(
                name=action.dest,
                help=action.help or "",
                default=action.default,
                choices=tuple(map(str, action.choices or ())),
                is_required=not action.option_strings,
                is_many=action.nargs in {"+", "*"},
                is_path=_is_path(action.type),
            )
        )
        return action


def _is_path(kind: Callable[[str], Any] | str | None) -> bool:
    return isinstance(kind, type) and issubclass(kind, Path)


def questions_of(source: Source) -> dict[str, Question]:
    """Return what *source* asks for, by name."""
    listener = _Listener()
    source.offer(listener)
    return {question.name: question for question in listener.heard}


def offered_sources() -> dict[str, Source]:
    """Return the sources that can be used from the admin, by name.

    What they need is a file or the address of a database. Of those that need anything else nobody knows what they would
    open on this machine.
    """
    return {source.name: source for source in plugs(settings.TRIBUNA_IMPORT_SOURCES) if _needs(source) in _KNOWN}


_KNOWN = ({FILE}, {URL})


def _needs(source: Source) -> set[str]:
    return {question.name for question in questions_of(source).values() if question.is_required}


def asked_besides(source: Source) -> Iterator[Question]:
    """Yield what *source* can be told besides, but for paths on this machine, and for what its mapping says."""
    questions = questions_of(source)
    for question in questions.values():
        is_mapped = question.name == TYPES and MAPPING in questions
        if not (question.is_required or question.is_path or is_mapped):
            yield question
