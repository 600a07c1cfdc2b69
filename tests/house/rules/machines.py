"""The rules that other programs hold: import-linter and Django, each run on the tree in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# As on a server: https, a real key, no debugging. The key is long and of many letters, or Django complains.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tribuna.site.settings",
    "TRIBUNA_ADDRESS": "https://news.example",
    "TRIBUNA_MAIL_URL": "submission://news:secret@mail.example",
    "TRIBUNA_SECRET_KEY": "only for this check: 0123456789 abcdefghijklmnopqrstuvwxyz !?*+",
}


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on *root*'s own code, in an empty folder, knowing nothing of this process's settings."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        inherited = {name: value for name, value in os.environ.items() if not re.match(r"TRIBUNA_|COV|DJANGO_", name)}
        environment = {**inherited, **PRODUCTION, "TRIBUNA_DATA": folder, "PYTHONPATH": str(root / "src")}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        return subprocess.run(
            [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )


def _problems(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [] if ran.returncode == 0 else [f"{ran.stdout}\n{ran.stderr}".strip()]


def rooms_look_only_down(root: Path) -> list[str]:
    """The import contracts of ``pyproject.toml`` hold."""
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return _problems(_run(root, "-c", lint, "--no-cache", "--no-logo", "--config", str(root / "pyproject.toml")))


def migrations_are_made(root: Path) -> list[str]:
    """The models and their migrations say the same."""
    return _problems(_run(root, "-m", "django", "makemigrations", "--check", "--dry-run"))


def deployment_is_safe(root: Path) -> list[str]:
    """Django has nothing to say against the settings as a server runs them."""
    return _problems(_run(root, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"))
