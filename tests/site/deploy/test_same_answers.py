"""What the web server answers from files, header for header what Tribuna itself would have answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests import factories
from tests.site.deploy.conftest import Site
from tests.site.deploy.webservers import BROTLI_MODULE, Answer, ask
from tribuna.press.front import Front
from tribuna.press.stores.files import FilesStore

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OF_THE_CONNECTION = {"Date", "Server", "Connection", "Transfer-Encoding", "Accept-Ranges"}


def headers(answer: Answer, *but: str) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_CONNECTION | set(but)}


@pytest.fixture
def newspaper(
    folders: Path, store: FilesStore, open_site: Callable[..., Site], transactional_db: None, settings: Any
) -> Site:
    """Tribuna itself behind the web server, with the static files of one style sheet."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    _collect_by_hand(folders / "static")
    factories.newsroom()
    application = Front(get_wsgi_application(), store)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        try:
            return application(environ, start_response)
        finally:
            connections.close_all()

    return open_site(answer)


def _collect_by_hand(folder: Path) -> None:
    """Lay some files down as ``collectstatic`` does, which takes its time for all that there are."""
    paths = {name: name for finder in get_finders() for name, _storage in finder.list([])}
    for name in ("style.css", "code.js", "drawing.svg"):
        stem, ending = name.split(".")
        paths[name] = f"{stem}.0123456789ab.{ending}"
        for each in (name, paths[name]):
            (folder / each).write_text("/* nothing */" * 100, encoding="utf-8")
            (folder / f"{each}.gz").write_bytes(b"packed")
    manifest = {"version": "1.1", "hash": "", "paths": paths}
    (folder / "staticfiles.json").write_text(json.dumps(manifest), encoding="utf-8")


def both(site: Site, path: str, **told: str) -> tuple[Answer, Answer]:
    """Return what the web server answers by itself, and what Tribuna does when it is asked directly."""
    asked = len(site.behind.lines)
    served = site.ask(path, **told)
    assert len(site.behind.lines) == asked, f"{path} was not served from its file"
    return served, ask(site.behind.port, path, host=f"127.0.0.1:{site.port}", **told)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_a_stored_page(newspaper, language, coding):
    first = newspaper.ask(f"/{language}/", accept_encoding=coding)
    assert (first.status, len(newspaper.behind.lines)) == (200, 1)
    if coding == "br" and newspaper.kind == "nginx" and not BROTLI_MODULE.exists():
        coding = "gzip, br"  # all that this nginx can do
    served, own = both(newspaper, f"/{language}/", accept_encoding=coding)
    # The file's date is made from its content, so it is not told. Caddy has a way of its own to make an ETag, and sends
    # what is packed in chunks.
    other = ["Last-Modified"] + (["Etag", "Content-Length"] if newspaper.kind == "caddy" else [])
    assert headers(served, *other) == headers(own, *other)
    assert served.body == own.body == first.body
    assert "Last-Modified" not in served.headers
    assert served.headers["Content-Language"] == language


def test_a_picture(newspaper):
    path = factories.image().get_rendition("fill-40x20|format-webp").url
    served, own = both(newspaper, path)
    # Which language Django would have spoken is nothing to a picture. It makes no ETag for one, and repeats its name.
    assert headers(served, "Etag") == headers(own, "Content-Language", "Vary", "Content-Disposition")
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served.body == own.body


@pytest.mark.parametrize(
    "way", ["documents/a.png", "Documents/a.png", "/documents/a.png", "images/../documents/a.png", "%64ocuments/a.png"]
)
def test_documents_are_not_had_past_the_view_that_knows_whom_they_are_for(newspaper, folders, way):
    for name in ("documents", "Documents"):
        (folders / "media" / name).mkdir()
        (folders / "media" / name / "a.png").write_bytes(factories.photograph(image_format="PNG"))
    assert newspaper.ask(f"/media/{way}").status in {302, 404}


@pytest.mark.parametrize("name", ["page.html", "code.js", "drawing.svg", "a.png.html", "none.png", "png", ""])
def test_what_is_no_picture_is_not_there(newspaper, folders, name):
    for each in ("page.html", "code.js", "drawing.svg", "a.png.html", "png"):
        (folders / "media" / each).write_text("<script>alert(1)</script>", encoding="utf-8")
    answer = newspaper.ask(f"/media/{name}")
    assert answer.status in {302, 404}  # Django looks whether it is somewhere in the reader's language
    assert b"alert" not in answer.body


@pytest.mark.parametrize("name", ["style.css", "style.0123456789ab.css", "drawing.0123456789ab.svg"])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_file_of_the_interface(newspaper, name, coding):
    served, own = both(newspaper, f"/static/{name}", accept_encoding=coding)
    # whitenoise makes one ETag for all codings; how the type of the characters is written is a matter of taste.
    kind, other = "Content-Type", ["Content-Type", "Etag"] + (["Content-Length"] if newspaper.kind == "caddy" else [])
    assert headers(served, *other) == headers(own, *other)
    assert served.headers[kind].replace('"', "").split(";")[0] == own.headers[kind].split(";")[0]
    assert served.body == own.body


def test_a_script_is_a_script_whatever_the_server_calls_it(newspaper):
    served, own = both(newspaper, "/static/code.0123456789ab.js")
    kinds = {"text/javascript; charset=utf-8", "application/javascript; charset=utf-8"}
    assert served.headers["Content-Type"] in kinds
    assert headers(served, "Content-Type", "Etag") == headers(own, "Content-Type", "Etag")


def test_what_is_no_file_of_the_interface_is_tribunas_to_answer(newspaper):
    missing = newspaper.ask("/static/none.css")
    assert missing.status == 404
    assert "script-src 'self'" in missing.headers["Content-Security-Policy"]
    assert newspaper.ask("/static/").status in {302, 404}
    assert newspaper.ask("/static/../tribuna.env").status in {400, 404}
    assert newspaper.ask("/static/style.css", method="POST", body=b"").status in {403, 404, 405}


def test_the_newsroom_itself_is_handed_on(newspaper):
    answer = newspaper.ask("/admin/login/")
    assert answer.status == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert newspaper.ask("/").headers["Location"] == "/en/"
