"""What a tree leaves in the data folder about itself, so that the next root knows whose the processes are it finds.

A process is known by its number and by when it began; a number alone may long be somebody else's. Both are read from
``/proc``: where there is none, nobody is recognised, and the next root waits until the port is free.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

logger = logging.getLogger(__name__)

_STATE, _BEGAN = 0, 19  # places in /proc/PID/stat, behind the program's name


def began_at(pid: int) -> int | None:
    """Return when process *pid* began, in clock ticks since the machine did; None if it is dead or not to be seen."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[_STATE] in {"Z", "X"} else int(fields[_BEGAN])


class Marks:
    """The file about the tree that serves at *host*:*port* on this machine, in *folder*."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.file = folder / f"{quote(socket.gethostname(), safe='')}-{quote(host, safe='')}-{port}.json"

    def write(self, children: Iterable[int]) -> None:
        """Note this process as the root and *children* as its own. A disk that is full is no reason to stop."""
        noted = {str(pid): began for pid in (os.getpid(), *children) if (began := began_at(pid)) is not None}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new = self.file.with_suffix(".new")
            new.write_text(json.dumps({"root": os.getpid(), "began": noted}), encoding="utf-8")
            new.replace(self.file)
        except OSError:
            logger.warning("The processes could not be noted in %s.", self.file, exc_info=True)

    def orphans(self) -> list[int]:
        """Return the living processes of a tree whose root is dead."""
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            living = [int(pid) for pid, began in found["began"].items() if began_at(int(pid)) == began]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):  # none, or by nobody of ours
            return []
        return [] if found["root"] in living else living

    def remove(self) -> None:
        """Forget the tree: it has ended well."""
        self.file.unlink(missing_ok=True)
