"""The tutorial, taken by its word: its commands are run, its buttons are pressed."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.docs.walk import Walker, shell_blocks, steps
from tests.site.processes import clean_environment, free_port, served, tribuna

TUTORIAL = Path(__file__).parents[2] / "docs/tutorial/your-first-newsroom.md"


def test_a_step_without_anything_to_do_is_a_mistake():
    with pytest.raises(ValueError, match="nothing to do"):
        list(steps("1. Think about it."))


@pytest.mark.browser
@pytest.mark.slow
def test_the_tutorial_works_as_it_is_written(tmp_path, chromium):
    document = TUTORIAL.read_text(encoding="utf-8")
    start, serve = shell_blocks(document)
    words = shlex.split(start)
    assert words[0] == "tribuna"
    started = tribuna(*words[1:], cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    password = re.search(r"password (\S+) ", started.stdout)[1]

    enter, run = serve.splitlines()
    folder = tmp_path / enter.removeprefix("cd ")
    assert run == "tribuna serve"
    port = free_port()
    command = [sys.executable, "-m", "tribuna.site.cli", "serve", "--bind", f"127.0.0.1:{port}"]
    with served(command, cwd=folder, env=clean_environment()):
        context = chromium.new_context(viewport={"width": 1280, "height": 1000})
        context.set_default_timeout(30_000)
        walker = Walker(context.new_page(), f"http://127.0.0.1:{port}", password)
        for step in steps(document):
            walker.take(step)
        context.close()
