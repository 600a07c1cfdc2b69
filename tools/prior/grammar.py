"""Sentences out of a grammar in a text file: ``name: one | another {name}``. A comment begins with #."""

from __future__ import annotations

import random
import re
from pathlib import Path

_PLACE = re.compile(r"{([\w?]+)}")


class Grammar:
    """Rules by name; ``say`` makes up one sentence."""

    def __init__(self, path: Path) -> None:
        self._rules: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, _, options = line.partition(": ")
                self._rules[name] = [option.strip() for option in f"{options} ".split(" | ")]

    def say(self, name: str, chance: random.Random) -> str:
        """Return a sentence of the kind *name*. Raises KeyError for a name the file does not have."""
        option = chance.choice(self._rules[name])
        return " ".join(_PLACE.sub(lambda found: self.say(found[1], chance), option).split())
