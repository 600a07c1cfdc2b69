"""ALTCHA's own JavaScript solves our challenges, and what it sends is accepted."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.humans.witnesses.solving import SCOPE, challenge
from tests.lacking import lacks
from tribuna.humans.witnesses.work import ARGON2ID, PBKDF2, WorkWitness

ROOT = Path(__file__).parents[3]
MODULES = ROOT / ".cache/altcha/node_modules"
SOLVE = Path(__file__).with_name("solve.mjs")

pytestmark = pytest.mark.slow  # it starts a process


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if found is None or not MODULES.exists():
        lacks("no altcha from npm: ./dev test installs it")
    return found


@pytest.mark.parametrize("algorithm", [ARGON2ID, PBKDF2])
def test_altcha_s_solver_solves_our_challenge_and_is_accepted(node, algorithm):
    asked = json.dumps(challenge(algorithm=algorithm))
    command = [node, str(SOLVE), str(MODULES)]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120, check=True)
    assert WorkWitness().examine(ran.stdout, scope=SCOPE) is not None
    assert WorkWitness().examine(ran.stdout, scope="comment:13") is None
