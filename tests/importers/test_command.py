from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from tests.importers.samples import drupal, item, lines, wxr
from tribuna.importers.actions.fetching import fetch_file
from tribuna.newsroom.models import ArticlePage


@pytest.fixture
def folder(settings, tmp_path):
    settings.TRIBUNA_IMPORTS_FOLDER = tmp_path / "imports"
    return tmp_path


@pytest.mark.usefixtures("newsroom")
def test_an_archive_comes_and_is_reported(folder, capsys):
    call_command("import", "wordpress", str(wxr(folder, item("1"))), "--as", "blog", "--section", "Blog", "--fetch")
    assert "article: 1 read, 1 created" in capsys.readouterr().out
    assert ArticlePage.objects.get().section.title == "Blog"
    report = json.loads((folder / "imports/blog/report.json").read_text(encoding="utf-8"))
    assert (report["archive"], report["source"], report["whole"]) == ("blog", "wordpress", True)


@pytest.mark.usefixtures("newsroom")
def test_a_dry_run_leaves_nothing(folder):
    call_command("import", "lines", str(lines(folder)), "--dry-run", "--report", str(folder / "r"))
    assert not ArticlePage.objects.exists()
    assert "dry run" in (folder / "r/report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("newsroom")
def test_a_source_that_breaks_off_is_an_error(folder):
    with pytest.raises(CommandError, match="can't be read any further"):
        call_command("import", "wordpress", str(wxr(folder, item("1"), "<item>")))
    assert ArticlePage.objects.count() == 1
    assert "broken" in (folder / "imports/wordpress/report.json").read_text(encoding="utf-8")


def test_a_source_that_is_not_there_is_an_error(folder):
    with pytest.raises(CommandError, match="no file"):
        call_command("import", "wordpress", str(folder / "nothing.xml"))


@pytest.mark.usefixtures("newsroom")
def test_whoever_stops_it_is_told_to_go_on(folder, monkeypatch):
    def stopped(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("tribuna.importers.actions.running._store", stopped)
    with pytest.raises(CommandError, match="run it again") as caught:
        call_command("import", "lines", str(lines(folder)))
    assert caught.value.returncode == 130


def test_a_mapping_is_printed(folder, capsys):
    call_command("import", "drupal7", f"sqlite:///{drupal(folder)}", "--inspect")
    said = capsys.readouterr().out
    assert 'types = ["article"]' in said
    assert '"field_section" = "terms"' in said
    assert '"sections" = "sections"' in said
    with pytest.raises(CommandError, match="no mapping"):
        call_command("import", "lines", str(lines(folder)), "--inspect")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("tribuna.importers.sources.nothing.Nothing", "nothing"),
        ("builtins.dict", "it has no name"),
        ("builtins.abs", "abs"),
    ],
)
def test_what_is_no_source_is_found_at_the_start(settings, path, why):
    settings.TRIBUNA_IMPORT_SOURCES = [path]
    (found,) = [each for each in run_checks(tags=["tribuna"]) if each.id == "tribuna.importers.E001"]
    assert why in found.msg


class Old(BaseHTTPRequestHandler):
    """The old site."""

    def do_GET(self):
        self.send_response(200 if self.path != "/gone" else 404)
        self.end_headers()
        self.wfile.write(b"x" * (2000 if self.path == "/large" else 10))

    def log_message(self, *args):
        """Say nothing."""


@pytest.mark.slow
def test_files_are_fetched_within_bounds(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    with ThreadingHTTPServer(("127.0.0.1", 0), Old) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            assert fetch_file(f"{address}/a.jpg") == b"x" * 10
            with pytest.raises(ValueError, match="larger than 1,000"):
                fetch_file(f"{address}/large")
            with pytest.raises(OSError, match="404"):
                fetch_file(f"{address}/gone")
        finally:
            server.shutdown()
            thread.join()


def test_only_the_web_is_fetched_from():
    with pytest.raises(ValueError, match="no address of the web"):
        fetch_file("file:///etc/passwd")
