"""A newsroom's folders, and a web server in front of them with the configuration that ``tribuna deploy`` writes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from tests.site.deploy.webservers import (
    BROTLI_MODULE,
    Answer,
    Behind,
    ask,
    behind,
    caddy_command,
    echo,
    nginx_command,
    running,
)
from tests.site.processes import free_port
from tribuna.press.base import Key, Printed
from tribuna.press.stores.files import FilesStore
from tribuna.site.deploy import caddy, nginx
from tribuna.site.deploy.facts import facts

KINDS = {
    "nginx": (nginx.configuration, nginx_command, "start worker process "),
    "caddy": (caddy.configuration, caddy_command, "serving initial configuration"),
}


@dataclass
class Site:
    """A web server at 127.0.0.1:*port*, the store whose files it serves, and who answers the rest."""

    kind: str
    port: int
    store: FilesStore
    behind: Behind

    def ask(self, path: str, **told: Any) -> Answer:
        return ask(self.port, path, **told)

    def keep(self, path: str, text: str, *, query: str = "", host: str = "") -> None:
        """Store a page that shows ``page:1``."""
        key = Key("http", f"{host or '127.0.0.1'}:{self.port}", path, query)
        page = Printed((), text.encode(), frozenset({"site", "page:1"}))
        assert self.store.keep(key, page, since=self.store.epoch())


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> Path:
    """Where a newsroom's files are: a folder with a space in its name, in one with a secret beside it."""
    data = tmp_path / "the news"
    for name in ("static", "media", "press"):
        (data / name).mkdir(parents=True)
    settings.TRIBUNA_PRESS_FOLDER = data / "press"
    settings.MEDIA_ROOT, settings.STATIC_ROOT = data / "media", data / "static"
    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("127.0.0.1/32")]
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "news.test", ".paper.test"]
    settings.WAGTAILADMIN_BASE_URL = "http://news.test"
    return data


@pytest.fixture
def store(folders: Path) -> Iterator[FilesStore]:
    found = FilesStore()
    yield found
    found.close()


@pytest.fixture
def open_site(
    kind: str, folders: Path, store: FilesStore, tmp_path: Path, settings: Any
) -> Iterator[Callable[..., Site]]:
    """Start the web server in front of what is given, mostly of somebody who echoes."""
    with contextlib.ExitStack() as stack:

        def _open(application: Callable[..., Any] = echo) -> Site:
            settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{(port := free_port())}"
            asked = stack.enter_context(behind(application))
            write, command, until = KINDS[kind]
            site = tmp_path / "site.conf"
            site.write_text(write(facts(("127.0.0.1", asked.port), brotli=BROTLI_MODULE.exists())), encoding="utf-8")
            stack.enter_context(running(command(site, tmp_path), until=until))
            return Site(kind, port, store, asked)

        yield _open


@pytest.fixture
def behind_it() -> Iterator[Behind]:
    with behind() as found:
        yield found


@pytest.fixture
def site(open_site: Callable[..., Site]) -> Site:
    return open_site()
