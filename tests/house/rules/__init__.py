"""The rules of the house. Each takes the root of a tree and returns what is wrong there, in words.

They take a root so that ``test_sins.py`` can break each of them in a copy and see it caught.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.house.rules import budgets, documents, machines, packages, places, plugs, typed, words

Rule = Callable[[Path], list[str]]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        budgets.files_are_short,
        budgets.functions_are_short,
        budgets.names_say_something,
        budgets.rooms_introduce_themselves,
        budgets.settings_are_read_plainly,
        budgets.uncovered_lines_say_why,
        documents.defaults_are_told,
        documents.reference_is_complete,
        machines.deployment_is_safe,
        machines.migrations_are_made,
        machines.rooms_look_only_down,
        packages.requirements_are_locked,
        places.files_tell_no_registry_and_no_machine,
        places.pages_carry_no_inline_code,
        places.pages_point_at_no_other_host,
        plugs.plugs_are_alike,
        typed.typing_is_strict,
        words.languages_are_complete,
        words.templates_hold_no_bare_words,
    )
}
