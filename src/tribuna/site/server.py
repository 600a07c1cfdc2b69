"""Serves the newsroom as one process tree: HTTP workers, the clerk, the mint, and the root that watches over them.

The root loads the newsroom once and forks. When it is told to reload (SIGHUP) it lets a fresh interpreter look the
newsroom over, and if that finds nothing wrong replaces itself by one; its socket and its children stay, so that nobody
is refused, and the children end when the new ones are ready. When it is killed the children serve on for a while, for
the root that somebody starts next to take their place.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from tribuna.site.child import ROOT_SIGNALS, Child, Role
from tribuna.site.herald import proclaim
from tribuna.site.marks import Marks, began_at
from tribuna.site.ports import listen, take_port
from tribuna.site.tree import Tree

logger = logging.getLogger(__name__)

ORPHAN_SECONDS = 15


@dataclass(frozen=True)
class Handover:
    """What a root leaves to the one that replaces it in the same process: the socket, and the children."""

    listener: int
    children: Sequence[int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` made. Raises ValueError for anything else."""
        listener, _, children = text.partition(":")
        return cls(int(listener), [int(pid) for pid in children.split(",") if pid])

    def __str__(self) -> str:
        return f"{self.listener}:{','.join(map(str, self.children))}"


class Newsroom(Tree):
    """The tree that serves a newsroom at *listener*."""

    def __init__(
        self, listener: socket.socket, bind: tuple[str, int], *, workers: int, marks: Marks, children: Sequence[int]
    ) -> None:
        names = [f"http-{number}" for number in range(1, workers + 1)]
        roles = [Role(name, self._serve_http, orphan_seconds=ORPHAN_SECONDS) for name in names]
        elders = [Child(Role(f"elder {pid}", self._keep_books), pid, ready=True) for pid in children]
        super().__init__([*roles, Role("clerk", self._keep_books), Role("mint", self._mint)], elders=elders)
        self._listener, self._bind, self._workers, self._marks = listener, bind, workers, marks
        self._orphans = {pid: began_at(pid) for pid in marks.orphans()}
        self._has_terminal = _has_terminal()
        self._is_reloaded, self._is_reloading = bool(children), False

    # --- children ----------------------------------------------------------------------------------------------------
    def _serve_http(self, say_ready: Callable[[], None]) -> None:
        from tribuna.site.web import serve_http

        serve_http(self._listener, say_ready=say_ready)

    def _keep_books(self, say_ready: Callable[[], None]) -> None:
        from tribuna.site import env
        from tribuna.site.clerk import Clerk

        self._listener.close()
        Clerk().work(env.DATA / "run", say_ready=say_ready)

    def _mint(self, say_ready: Callable[[], None]) -> None:
        from tribuna.site.mint import strike

        self._listener.close()
        strike(say_ready)

    def _proclaim(self, _say_ready: Callable[[], None]) -> None:
        from tribuna.site import env

        self._listener.close()
        proclaim(*self._bind, site=env.ADDRESS)

    def _look_over(self, _say_ready: Callable[[], None]) -> None:
        self._execute("--check")

    # --- events ------------------------------------------------------------------------------------------------------
    def came_up(self) -> None:
        """Send the herald, or after a reload say so in the log; let the orphans of a root that was killed end."""
        if self._is_reloaded:
            logger.info("Reloaded.")
        else:
            self.send(Role("herald", self._proclaim, after=lambda _status: None))
        for pid in [pid for pid, began in self._orphans.items() if began_at(pid) == began]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        self._orphans = {}

    def hung_up(self) -> None:
        """Reload; unless it was the terminal that hung up, whose program this is."""
        if self._has_terminal and not _has_terminal():
            self.stop()
        elif not self._is_reloading:
            self._is_reloading = True
            logger.info("Looking the newsroom over before it is reloaded.")
            self.send(Role("reload", self._look_over, after=self._looked_over))

    def _looked_over(self, status: int) -> None:
        self._is_reloading = False
        if status:
            logger.error("Nothing was reloaded (status %s): see above. It serves on as it was.", status)
            return
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, ROOT_SIGNALS)  # they wait for the new root
            self._listener.set_inheritable(True)
            self._execute(f"--handover={Handover(self._listener.fileno(), list(self.children))}")
        except OSError:
            logger.exception("Nothing was reloaded. It serves on as it was.")
            self._listener.set_inheritable(False)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ROOT_SIGNALS)

    def children_changed(self) -> None:
        """Leave word of who belongs to this tree."""
        self._marks.write([*self.children, *self._orphans])

    def _execute(self, *words: str) -> None:
        """Become a fresh ``tribuna serve`` with *words*, in the environment that this one was started in."""
        from tribuna.site import env

        host, port = self._bind
        command = [sys.executable, "-P", "-m", "tribuna.site.cli", "serve", f"--workers={self._workers}"]
        bind = f"--bind={f'[{host}]' if ':' in host else host}:{port}"
        os.execve(sys.executable, [*command, bind, *words], env.BEFORE)  # noqa: S606


def _has_terminal() -> bool:
    """Tell whether somebody sits in front of this; no longer when their terminal has hung up."""
    return os.isatty(0)


def serve(host: str, port: int, *, workers: int, prepare: Callable[[], None], handover: Handover | None = None) -> int:
    """Serve at *host*:*port* until SIGTERM or Ctrl-C; print ``ready ADDRESS`` when it answers. Return the exit status.

    *prepare* loads the newsroom, and is called once the port is ours. Raises OSError when somebody else has it.
    """
    from django.conf import settings

    from tribuna.site import env

    _ = settings.SECRET_KEY  # a mistake in the settings is said before anything is begun
    marks = Marks(env.DATA / "run", host, port)
    if handover:
        listener = socket.socket(fileno=handover.listener)
        listener.set_inheritable(False)
    else:
        listener = take_port(host, port, shared=bool(marks.orphans()))
    prepare()
    if handover is None:
        _look_after_the_press()
    _make_ready_to_fork()
    listen(listener)
    children = handover.children if handover else []
    status = Newsroom(listener, (host, port), workers=workers, marks=marks, children=children).run()
    marks.remove()
    return status


def _look_after_the_press() -> None:
    """Make sure that no stored page is served that can't be trusted."""
    from tribuna.press.actions import keep_house

    keep_house(is_start=True)


def _make_ready_to_fork() -> None:
    """Load what every child needs, and hold nothing that two processes must not share."""
    from django.urls import get_resolver

    import tribuna.site.web  # noqa: F401
    from tribuna.site.files import hold_to_files
    from tribuna.site.quiet import trust_quiet_connections

    _ = get_resolver().url_patterns  # and with them every view
    hold_to_files()  # closes the connections
    trust_quiet_connections()
    gc.collect()
    gc.freeze()  # what is loaded now is never looked at again, and stays shared between the processes
