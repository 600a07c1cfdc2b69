"""Small process trees, run as programs: ``python -m tests.site.saplings SCENARIO`` prints what happens."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable

from tribuna.site import child, tree
from tribuna.site.child import Child, Role, fork
from tribuna.site.tree import Tree

child.STOP_SECONDS = tree.STOP_SECONDS = 1
tree.LEAVE_SECONDS = 1
child.ROOT_WATCH_SECONDS = 0.02
HOUR_SECONDS = 3600

type SayReady = Callable[[], None]


def say(*words: object) -> None:
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def wait(say_ready: SayReady) -> None:
    say_ready()
    time.sleep(HOUR_SECONDS)


def stubborn(say_ready: SayReady) -> None:
    signal.signal(signal.SIGTERM, lambda *_: say("no"))
    while True:
        wait(say_ready)


def broken(_say_ready: SayReady) -> None:
    raise ValueError("out of order")


def brief(say_ready: SayReady) -> None:
    say_ready()
    raise SystemExit(3)


def wordy(say_ready: SayReady) -> None:
    say_ready()
    raise SystemExit("words are no status")


class Sapling(Tree):
    """Says what happens to it. At a hang-up it sends somebody out, who comes back with status 3."""

    def came_up(self) -> None:
        super().came_up()
        say("up")

    def hung_up(self) -> None:
        super().hung_up()
        self.send(Role("errand", brief, after=lambda status: say("errand ended with", status)))

    def children_changed(self) -> None:
        super().children_changed()
        for pid, each in self.children.items():
            say("child", each.role.name, pid)


def replaced() -> Sapling:
    """A tree with an elder that dies before it can be dismissed, one that goes, and one that has to be made to."""
    elders = [fork(Role(f"elder-{work.__name__}", work)) for work in (brief, wait, stubborn)]
    for each in elders:
        each.read_ready()
    if os.fork() == 0:  # somebody the tree knows nothing of
        os._exit(0)
    return Sapling([Role("young", wait)], elders=[Child(each.role, each.pid, ready=True) for each in elders])


def poor() -> Sapling:
    """A machine that has no process to spare."""

    def refuse() -> int:
        raise OSError("no process to be had")

    os.fork = refuse
    return Sapling([Role("a", wait)])


SCENARIOS: dict[str, Callable[[], Sapling]] = {
    "steady": lambda: Sapling([Role("a", wait), Role("b", wait, orphan_seconds=0.2)]),
    "stubborn": lambda: Sapling([Role("a", stubborn)]),
    "broken": lambda: Sapling([Role("a", wait), Role("b", broken)]),
    "brief": lambda: Sapling([Role("a", brief)]),
    "wordy": lambda: Sapling([Role("a", wordy)]),
    "replaced": replaced,
    "poor": poor,
}

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(processName)s %(levelname)s %(message)s")
    say("root", os.getpid())
    sys.exit(SCENARIOS[sys.argv[1]]().run())
