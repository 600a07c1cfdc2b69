"""Runs Isso, a server of comments for other people's pages, in an environment of its own, as its ``isso run`` does.

It asks for no proof that a person writes, judges nothing, and keeps no place in a thread: what it does for a comment is
to store and render it. Its limits for one address, and its mails, are switched off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import Server, clean_environment, free_port, running
from bench.prose import prose
from bench.siege.venvs import python_of

TEXT_WORDS = 45
_SETTINGS = """\
[general]
dbpath = {folder}/isso.db
host = {address}
[server]
listen = {address}
[moderation]
enabled = false
[guard]
enabled = false
"""


@contextmanager
def isso(folder: Path) -> Iterator[tuple[str, Server]]:
    """Serve a thread that is empty from *folder*; yield its address and the server. Raises NotMeasured, StartFailed."""
    folder.mkdir()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = folder / "isso.cfg"
    settings.write_text(_SETTINGS.format(folder=folder, address=address), encoding="utf-8")
    program = Path(python_of("isso")).with_name("isso")
    environment = {name: value for name, value in clean_environment().items() if name != "PYTHONPATH"}
    command = [os.fspath(program), "-c", os.fspath(settings), "run"]
    with running(command, log=folder / "isso.log", port=port, env=environment, cwd=folder) as server:
        yield address, server


def write_forms(file: Path, number: int, *, first: int) -> None:
    """Write *number* comments for ``lua/forms.lua``: as long as ours, all on one page."""
    with file.open("w", encoding="ascii") as stream:
        for place in range(first, first + number):
            said = {
                "title": "Hot",
                "author": f"Visitor {place}",
                "text": f"{prose(f'form {place}', TEXT_WORDS)} c{place:06}x",
            }
            network = f"10.{place // 250 % 250}.{place % 250}.1"
            stream.write("\t".join([network, "/new?uri=/hot/", "application/json", json.dumps(said)]) + "\n")
