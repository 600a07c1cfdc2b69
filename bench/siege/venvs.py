"""Environments of their own: two of the packages that are compared install one of the same name."""

from __future__ import annotations

import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

from bench.harness import ROOT, NotMeasured

REQUIREMENTS = Path(__file__).with_name("requirements")
OUTSIDE = Path(__file__).with_name("outside")
KEPT = ROOT / ".cache/siege"


def python_of(name: str) -> str:
    """Return the Python with requirements/*name*.txt, which is set up once. Raises NotMeasured when it can't be."""
    wanted = REQUIREMENTS / f"{name}.txt"
    folder = KEPT / f"{name}-{sha256(wanted.read_bytes()).hexdigest()[:12]}"
    command, done = folder / "bin/python", folder / "complete"
    if not done.exists():
        print(f"setting up {folder.relative_to(ROOT)}", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(command), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted)]
        ran = subprocess.run(pip, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise NotMeasured(f"{wanted.name} can't be installed: {ran.stderr[-300:]}")
        done.touch()
    return str(command)


def outside(name: str, script: str, *words: str, timeout: float = 1_800) -> str:
    """Run outside/*script* in the environment *name*, with one thread; return what it printed."""
    command = ["nice", "-n", "19", python_of(name) if name else sys.executable, str(OUTSIDE / script), *words]
    environment = {"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1", "HOME": str(KEPT), "LANG": "C.UTF-8"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout, env=environment)
    if ran.returncode:
        raise NotMeasured(f"{script} failed: {ran.stderr.strip()[-300:]}")
    return ran.stdout
