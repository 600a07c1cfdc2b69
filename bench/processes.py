"""Servers under measure: started on their CPU, before their neighbours, and ended by their number."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.harness import ROOT
from bench.machine import CPUS, LOAD_CPU, SERVER_CPU, prefer

START_SECONDS = 120
STOP_SECONDS = 15
POLL_SECONDS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_gone = suppress(FileNotFoundError, ProcessLookupError)  # a process may end while we look at it


class StartFailed(Exception):  # noqa: N818
    """A server did not come up; the message has the end of what it said."""


def clean_environment(**variables: str) -> dict[str, str]:
    """Return this process's environment without what was said to another newsroom, with *variables* on top."""
    inherited = {name: value for name, value in os.environ.items() if not re.match(r"TRIBUNA_|DJANGO_|COV", name)}
    return {**inherited, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONUNBUFFERED": "1", **variables}


def pinned(cpu: int, command: Sequence[str]) -> list[str]:
    """Return *command* as one that runs on *cpu* only."""
    return ["taskset", "-c", str(cpu), *command]


def python(*words: str) -> list[str]:
    """Return the command that runs this very Python."""
    return [sys.executable, *words]


def free_port() -> int:
    """Return a port of 127.0.0.1 that the kernel says is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server and what it started, all of one session."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self.log = process, log

    @property
    def pids(self) -> list[int]:
        """The processes of the server: the one we started and all that came from it."""
        return [pid for pid, session in _sessions() if session == self.process.pid]

    def cpu_seconds(self) -> float:
        """Return the CPU time that the server's living processes have used so far."""
        return sum(_cpu_seconds(pid) for pid in self.pids)

    def rss_bytes(self) -> int:
        """Return the memory that the server's processes hold; pages they share count in each."""
        return sum(_rss_bytes(pid) for pid in self.pids)

    def said(self) -> str:
        """Return the end of what the server said."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2_000:]

    def stop(self) -> None:
        """End it, and whatever of its session is left."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in self.pids:
            with _gone:
                os.kill(pid, signal.SIGKILL)


@contextmanager
def running(
    command: Sequence[str], *, log: Path, port: int, cpu: int = SERVER_CPU, env: Mapping[str, str], cwd: Path
) -> Iterator[Server]:
    """Run *command*, which is to listen at *port*, on *cpu* until the block ends. Raises StartFailed."""
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            pinned(cpu, command),
            stdout=stream,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(env),
            cwd=cwd,
            text=True,
        )
    server = Server(process, log)
    try:
        prefer(process.pid)
        _await_port(server, port)
        yield server
    finally:
        server.stop()


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float = 900) -> str:
    """Run *command* on any CPU and return what it printed. Raises StartFailed when it fails."""
    everywhere = ["taskset", "-c", ",".join(map(str, CPUS)), *command]
    ran = subprocess.run(
        everywhere,
        cwd=cwd,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        start_new_session=True,  # not before its neighbours, as this process is
    )
    if ran.returncode:
        raise StartFailed(f"{' '.join(command[-3:])}: {(ran.stdout + ran.stderr)[-2_000:]}")
    return ran.stdout


def in_own_session(main: Callable[[], int]) -> int:
    """Run *main* in a process with a session of its own, and return what it returns.

    Linux shares the CPU out among sessions first: so the clients can be preferred too, and nobody's shell is.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        status = 1
        try:
            status = main()
        except SystemExit as asked:  # --help, or an option that there is not
            status = asked.code if isinstance(asked.code, int) else 1
        except BaseException:  # noqa: BLE001 - this process ends here, whatever happens
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os.kill(child, signal.SIGINT))  # it cleans up as for Ctrl-C
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def stay_with_the_clients() -> bool:
    """Keep this process on the load generator's CPU, before its neighbours; say whether the latter was allowed."""
    os.sched_setaffinity(0, {LOAD_CPU})
    return prefer(os.getpid())


def _await_port(server: Server, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(POLL_SECONDS)
        else:
            return
    raise StartFailed(server.said())


def _sessions() -> Iterator[tuple[int, int]]:
    """Each process and the session it belongs to."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with _gone:
                yield int(folder.name), int(_stat(int(folder.name))[3])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat that follow the name of the program: state is 0, session 3, user time 11."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _cpu_seconds(pid: int) -> float:
    with _gone:
        fields = _stat(pid)
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def _rss_bytes(pid: int) -> int:
    with _gone:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    return 0
