"""Runs the minimal Wagtail site of ``wagtail_site`` (what it is stands in its docstring)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import prose
from bench.newsrooms import CACHE, fingerprint
from bench.processes import Server, clean_environment, free_port, python, run, running

SITE = Path(__file__).with_name("wagtail_site")
THREADS = 8  # as many as Tribuna's server has for each worker (BLOCKING_THREADS)


def _environment(data: Path) -> dict[str, str]:
    variables = clean_environment(DJANGO_SETTINGS_MODULE="mysite.settings", WAGTAIL_SITE_DATA=str(data))
    return variables | {"PYTHONPATH": f"{SITE}{os.pathsep}{variables['PYTHONPATH']}"}


def _kept() -> Path:
    """Return the folder with the site's data, which is made once."""
    made_by = [path for path in sorted(SITE.rglob("*")) if path.suffix in {".py", ".html"}]
    made_by.append(Path(prose.__file__))
    folder = CACHE / f"wagtail-{fingerprint(made_by)}"
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for outdated in CACHE.glob("wagtail-*"):
            shutil.rmtree(outdated)
        with tempfile.TemporaryDirectory(dir=CACHE) as building:
            print("seeding the Wagtail reference (kept in .cache/bench)", flush=True)
            data = Path(building) / "data"
            data.mkdir()
            said = run(python(str(SITE / "seed.py")), cwd=data, env=_environment(data))
            (data / "paths.txt").write_text(said, encoding="utf-8")
            data.rename(folder)
    return folder


@contextmanager
def wagtail_site(folder: Path) -> Iterator[tuple[str, Path, Server]]:
    """Serve a copy of the site from *folder*; yield its address, the file that lists its stories, and the server."""
    data = folder / "wagtail"
    shutil.copytree(_kept(), data)
    port = free_port()
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws"]
    command = python("-m", "granian", *words, "--blocking-threads", str(THREADS), "mysite.wsgi:application")
    with running(command, log=data / "serve.log", port=port, env=_environment(data), cwd=data) as server:
        yield f"http://127.0.0.1:{port}", data / "paths.txt", server
