"""The machine: what it is, what is installed on it, and which of its CPUs does what."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

TOOLS = {"nginx": "nginx-light", "wrk": "wrk", "taskset": "util-linux"}  # the program, and Debian's package
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
NICE = -15  # of a server and of the load generator, where root allows

CPUS = sorted(os.sched_getaffinity(0))
LOAD_CPU = CPUS[0]  # the load generator and the clients
SERVER_CPU = CPUS[-1]  # whatever is measured; the same one where there is no second


class ToolMissing(Exception):  # noqa: N818
    """A program that the benchmark drives is not here; the message says how to get it."""


def need_tools() -> None:
    """Install what is missing from Debian's packages where we may. Raises ToolMissing where we may not."""
    os.environ["PATH"] += os.pathsep + "/usr/sbin"  # nginx is there, and Debian's users do not look there
    missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **_QUIET})
    else:
        raise ToolMissing(f"The benchmark needs {', '.join(missing)}. Debian: sudo apt install {' '.join(missing)}")


_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def prefer(pid: int) -> bool:
    """Put process *pid*, the first of its session, before its neighbours; say whether that was allowed."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, NICE)
        group = Path(f"/proc/{pid}/autogroup")
        if group.exists():
            group.write_text(str(NICE), encoding="ascii")
        return True
    return False


def describe() -> dict[str, Any]:
    """Return what a number depends on: no names of hosts, no paths."""
    return {
        "CPU": _first(r"model name\s*: (.+)", _text("/proc/cpuinfo")) or platform.machine(),
        "cores": len(CPUS),
        "RAM GiB": round(int(_first(r"MemTotal:\s+(\d+)", _text("/proc/meminfo")) or 0) / 2**20),
        "kernel": platform.release(),
        "Python": platform.python_version(),
        "nginx": _said(["nginx", "-v"], r"nginx/([\d.]+)"),
        "wrk": _said(["wrk", "-v"], r"wrk (\S+)"),
        "granian": version("granian"),
        "Django": version("django"),
        "Wagtail": version("wagtail"),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": postgres_version(),
        "load average": load_average(),
    }


def load_average() -> str:
    """Return the load of the last 1, 5 and 15 minutes."""
    return " ".join(f"{load:.2f}" for load in os.getloadavg())


def postgres_version() -> str:
    """Return the version of the PostgreSQL on loopback, or "none"."""
    try:
        import psycopg

        with psycopg.connect(POSTGRES, connect_timeout=3) as connection:
            number = connection.info.server_version
    except Exception:  # noqa: BLE001 - no driver, no server, no right: all the same to us
        return "none"
    return f"{number // 10_000}.{number % 10_000}"


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].strip() if found else ""


def _said(command: list[str], pattern: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return _first(pattern, ran.stdout + ran.stderr) or "unknown"
