from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.rules import RULES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_house_keeps_its_rule(name):
    problems = RULES[name](ROOT)
    assert not problems, "\n".join(problems)
