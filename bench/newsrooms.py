"""Newsrooms to measure: made once and kept in ``.cache/bench``, copied for every run, served by ``tribuna serve``."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.cloning import section_of, slug_of
from bench.harness import ROOT, NotMeasured
from bench.inside import COMMENTS, MODELS, SECTIONS
from bench.machine import POSTGRES
from bench.processes import Server, clean_environment, free_port, python, run, running

CACHE = ROOT / ".cache/bench"
SMALL = 200
SETTINGS = "bench.calm"
TIMED_SETTINGS = "bench.timed"
UNSTORED_SETTINGS = "bench.unstored"
UNREMEMBERED_SETTINGS = "bench.unremembered"
UNLIMITED_SETTINGS = "bench.unlimited"


@dataclass(frozen=True, slots=True)
class Size:
    """How many copies of the model stories there are; every fifth has its comments."""

    stories: int

    @property
    def comments(self) -> int:
        """The comments of all stories."""
        return self.stories // MODELS * COMMENTS

    def __str__(self) -> str:
        return f"{self.stories:,} articles, {self.comments:,} comments"

    def paths(self) -> list[str]:
        """The addresses of the stories with comments."""
        sections = len(SECTIONS)
        return [
            f"/en/{SECTIONS[section_of(number, models=MODELS, sections=sections)].lower()}/{slug_of(number)}/"
            for number in range(0, self.stories, MODELS)
        ]


@dataclass
class Newsroom:
    """A newsroom in a folder, with the address it will be served at and what its operator says besides."""

    folder: Path
    port: int
    size: Size = field(default_factory=lambda: Size(0))
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, settings: str = SETTINGS) -> dict[str, str]:
        """Return what its processes are told."""
        told = {"TRIBUNA_ADDRESS": self.address, **self.variables}
        return clean_environment(DJANGO_SETTINGS_MODULE=settings, **told)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What it says of itself (``bench.inside.facts``)."""
        said: dict[str, Any] = json.loads(
            run(python("-m", "bench.inside", "facts"), cwd=self.folder, env=self.environment())
        )
        return said

    @property
    def data(self) -> Path:
        """Where its files are."""
        return Path(self.variables.get("TRIBUNA_DATA", self.folder))

    @contextmanager
    def served(self, *, settings: str = SETTINGS, port: int = 0) -> Iterator[Server]:
        """Run ``tribuna serve`` with one worker at *port*, which is that of its address unless nginx has that."""
        bind = port or self.port
        command = python("-m", "tribuna.site.cli", "serve", "--bind", f"127.0.0.1:{bind}", "--workers", "1")
        log = self.folder / f"serve-{bind}.log"
        with running(command, log=log, port=bind, env=self.environment(settings), cwd=self.folder) as server:
            yield server

    def tell_site(self) -> None:
        """Let Wagtail's site have this newsroom's address, as ``tribuna start --address`` would."""
        host = urlsplit(self.address)
        with sqlite3.connect(self.folder / "tribuna.sqlite3") as connection:
            connection.execute("UPDATE wagtailcore_site SET hostname = ?, port = ?", (host.hostname, host.port))
        connection.close()


def started(folder: Path, *, stories: int = 0, **variables: str) -> Newsroom:
    """Return a new newsroom in *folder* with the model stories and *stories* copies (in SQLite only)."""
    newsroom = Newsroom(folder, free_port(), Size(stories), variables)
    command = python(
        "-m", "tribuna.site.cli", "start", str(folder), "--name", "The Bench", "--address", newsroom.address
    )
    run(command, cwd=folder.parent, env=newsroom.environment())
    run(python("-m", "bench.inside", "seed", str(stories)), cwd=folder, env=newsroom.environment())
    return newsroom


def fingerprint(made_by: Iterable[Path]) -> str:
    """Return what changes whenever one of the files *made_by*, or Django, or Wagtail does."""
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')}".encode())
    for path in made_by:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _makers() -> list[Path]:
    """The files that decide what is in a newsroom of the benchmark's."""
    others = (
        "bench/inside.py",
        "bench/prose.py",
        "bench/cloning.py",
        "src/tribuna/site/newsrooms.py",
        "src/tribuna/newsroom/blocks.py",
    )
    return [*sorted((ROOT / "src/tribuna").glob("*/migrations/*.py")), *map(ROOT.joinpath, others)]


def kept(size: Size) -> Path:
    """Return the folder of a newsroom of *size* that is kept from run to run; make it if there is none."""
    folder = CACHE / f"newsroom-{size.stories}-{fingerprint(_makers())}"
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for outdated in CACHE.glob(f"newsroom-{size.stories}-*"):
            shutil.rmtree(outdated)
        with tempfile.TemporaryDirectory(dir=CACHE) as building:
            print(f"seeding a newsroom: {size} (kept in .cache/bench)", flush=True)
            made = started(Path(building) / "newsroom", stories=size.stories)
            made.folder.rename(folder)
    return folder


@contextmanager
def opened(size: Size, **variables: str) -> Iterator[Newsroom]:
    """Yield a copy of a newsroom of *size*, in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="tribuna-bench-") as temporary:
        folder = Path(temporary) / "newsroom"
        shutil.copytree(kept(size), folder)
        newsroom = Newsroom(folder, free_port(), size, variables)
        newsroom.tell_site()
        yield newsroom


@contextmanager
def own_database() -> Iterator[str]:
    """Make a database of our own on the PostgreSQL at hand, and drop it in the end. Raises NotMeasured without one."""
    try:
        import psycopg
        from psycopg import sql

        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except Exception as error:
        raise NotMeasured(f"no PostgreSQL answers on loopback ({type(error).__name__})") from error
    name = f"tribuna_bench_{uuid4().hex[:12]}"
    with closing(connection):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{POSTGRES.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
