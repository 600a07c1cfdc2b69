"""The benchmark of the desk: its rows and its forms."""

from __future__ import annotations

import pytest

from bench import desk
from bench.harness import Goal


@pytest.mark.parametrize("quick", [True, False])
def test_every_row_has_a_goal_and_a_name_of_its_own(quick):
    plans = desk.plans(quick=quick)
    assert len({plan.key for plan in plans}) == len({plan.name for plan in plans}) == len(plans)
    for plan in plans:
        assert str(Goal.of_text(plan.goal)) == plan.goal
    assert any(f"{desk.WAITING[quick]:,} waiting" in plan.name for plan in plans)
