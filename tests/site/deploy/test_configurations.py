"""The configurations as they are written: valid as they stand, for http and https, one host and several."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.site.deploy.conftest import KINDS
from tests.site.deploy.webservers import ask, ask_safely, caddy_command, needed, nginx_command, running
from tests.site.processes import free_port
from tribuna.site.deploy import caddy, nginx, systemd
from tribuna.site.deploy.facts import facts

UPSTREAM = ("127.0.0.1", 8000)


@pytest.fixture
def certificate(tmp_path) -> Path:
    """A folder as certbot makes one, for localhost."""
    program, folder = needed("openssl", "openssl"), tmp_path / "certificate"
    folder.mkdir()
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:news.test"]
    words += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([program, *words], check=True, capture_output=True)
    return folder


def written(folder: Path, text: str) -> Path:
    file = folder / "site.conf"
    file.write_text(text, encoding="utf-8")
    return file


def agreed(command: list[str]) -> str:
    """Run *command*, which looks a configuration over, and return what it said."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("brotli", [False, True])
@pytest.mark.parametrize(
    "address", ["https://news.test", "https://news.test:8443", "http://news.test", "http://[::1]:81"]
)
def test_nginx_takes_it(folders, tmp_path, settings, certificate, address, brotli):
    settings.WAGTAILADMIN_BASE_URL = address
    settings.ALLOWED_HOSTS = ["news.test", "[::1]", ".paper.test"]
    text = nginx.configuration(facts(UPSTREAM, certificate=certificate, brotli=brotli))
    assert ("\n    brotli_static on;" in text) is brotli
    assert not re.search("listen .*default_server", text)
    if brotli and not Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").exists():
        return  # it would not take a word that it doesn't know
    ports = re.compile(r"(?<=listen )(?:\S*:)?\d+")  # nginx tries them, and these may be somebody's
    site = written(tmp_path, ports.sub(lambda _: f"127.0.0.1:{free_port()}", text))
    assert "warn" not in agreed([*nginx_command(site, tmp_path), "-t"])


@pytest.mark.slow
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("address", ["https://news.test", "https://news.test:8443", "http://news.test"])
def test_caddy_takes_it(folders, tmp_path, settings, certificate, address, own):
    settings.WAGTAILADMIN_BASE_URL = address
    text = caddy.configuration(facts(UPSTREAM, certificate=certificate if own else None))
    assert ("\ttls " in text) is (own and address.startswith("https"))
    command = caddy_command(written(tmp_path, text), tmp_path, word="validate")
    agreed(command)
    assert subprocess.run([command[0], "fmt", str(tmp_path / "site.conf")], capture_output=True).stdout.decode() == text


def test_archives_may_be_larger_than_anything_else(folders, settings):
    settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES = 3 * 1024**3
    in_nginx = nginx.configuration(facts(UPSTREAM, brotli=False))
    sizes = dict(re.findall(r"location \^~ (\S+) {\s+client_max_body_size (\d+);", in_nginx))
    assert int(sizes["/admin/imports/"]) > 3 * 1024**3 > int(sizes["/admin/"])
    in_caddy = caddy.configuration(facts(UPSTREAM))
    sizes = dict(re.findall(r"request_body (@\w+) {\s+max_size (\d+)", in_caddy))
    assert int(sizes["@import"]) > 3 * 1024**3 > int(sizes["@no_import"])


@pytest.mark.slow
def test_https_is_spoken_and_told(folders, store, tmp_path, settings, certificate, kind, behind_it):
    settings.WAGTAILADMIN_BASE_URL = f"https://localhost:{(port := free_port())}"
    settings.SECURE_HSTS_SECONDS = 1_000
    write, command, until = KINDS[kind]
    text = write(facts(("127.0.0.1", behind_it.port), certificate=certificate, brotli=False))
    page = settings.TRIBUNA_PRESS_FOLDER / "pages" / "https" / f"localhost:{port}" / "en" / "@.html"
    page.parent.mkdir(parents=True)
    page.write_text("The ferry returns", encoding="utf-8")
    with running(command(written(tmp_path, text), tmp_path), until=until):
        answer = ask_safely(port, "/en/", certificate=certificate / "fullchain.pem")
        assert (answer.status, answer.body) == (200, b"The ferry returns")
        assert answer.headers["Strict-Transport-Security"] == "max-age=1000"
        assert ask_safely(port, "/en/city/", certificate=certificate / "fullchain.pem").is_from_behind
        assert behind_it.environs[0]["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.slow
def test_who_comes_by_http_is_sent_to_https(folders, tmp_path, settings, certificate):
    settings.WAGTAILADMIN_BASE_URL = "https://news.test"
    text = nginx.configuration(facts(UPSTREAM, certificate=certificate, brotli=False))
    port = free_port()
    text = re.sub(r"listen (?:\S*:)?443", lambda _: f"listen 127.0.0.1:{free_port()}", text)
    text = re.sub(r"\n    listen \[::\]:80;", "", text).replace("listen 80;", f"listen 127.0.0.1:{port};")
    with running(nginx_command(written(tmp_path, text), tmp_path), until="start worker process "):
        answer = ask(port, "/en/?q=a%20b", host="paper.test")
        assert (answer.status, answer.headers["Location"]) == (301, "https://paper.test/en/?q=a%20b")
        assert ask(port, "/en/", host="stranger.test").status == 421


@pytest.mark.slow
def test_another_site_on_the_same_nginx_keeps_its_strangers(folders, tmp_path, settings):
    settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{(port := free_port())}"
    other = f'server {{ listen 127.0.0.1:{port}; server_name other.test; return 200 "the other"; }}\n'
    text = other + nginx.configuration(facts(UPSTREAM, brotli=False))
    with running(nginx_command(written(tmp_path, text), tmp_path), until="start worker process "):
        assert ask(port, "/en/", host="stranger.test").body == b"the other"
        assert ask(port, "/en/", host="news.test").status == 502


def test_pages_with_tags_for_a_cdn_are_tribunas_to_answer_for(folders, settings):
    settings.TRIBUNA_PRESS_CDN_SECONDS = 600
    for kind in (nginx, caddy):
        text = kind.configuration(facts(UPSTREAM, brotli=False))
        assert "With TRIBUNA_CDN_SECONDS pages carry tags that only Tribuna can tell" in text
        assert "add_header Cache-Tag" not in text
        assert "press/pages" not in text
        assert str(settings.STATIC_ROOT) in text


def installed(folder: Path, said: str) -> str:
    """Return a path with an nginx that says *said* of itself."""
    program = folder / "nginx"
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(("version", "words"), [("1.22.1", "ssl http2;"), ("1.25.1", "ssl;\n")])
def test_http2_is_asked_for_as_this_nginx_wants_it(folders, settings, tmp_path, version, words):
    settings.WAGTAILADMIN_BASE_URL = "https://news.test"
    path = installed(tmp_path, f"nginx version: nginx/{version} --with-brotli")
    text = nginx.configuration(facts(UPSTREAM), path=path)
    assert f"listen 443 {words}" in text
    assert "keepalive_requests" not in text  # the default bounds what rapid resets cost
    assert "\n    brotli_static on;" in text
    assert "\n    brotli_static on;" not in nginx.configuration(facts(UPSTREAM, brotli=False), path=path)


def test_which_nginx_there_is(tmp_path):
    path = installed(tmp_path, "nginx version: nginx/1.26.3 --with-brotli")
    assert nginx.nginx_version(path) == (1, 26, 3)
    assert nginx.has_brotli([], path=path)
    assert nginx.nginx_version("/nonexistent") == ()
    assert not nginx.has_brotli([tmp_path], path="/nonexistent")
    (tmp_path / "50-mod-http-brotli-static.conf").touch()
    assert nginx.has_brotli([tmp_path], path="/nonexistent")


def test_systemd_takes_it(folders, tmp_path):
    text = systemd.configuration(facts(UPSTREAM))
    assert "serve --bind 127.0.0.1:8000" in text
    assert 'ReadWritePaths="' in text
    unit = tmp_path / "tribuna.service"
    unit.write_text(text, encoding="utf-8")
    if shutil.which("systemd-analyze"):
        ran = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_systemd_runs_the_command_of_this_environment_as_the_folders_owner(tmp_path):
    python = tmp_path / "100% ours" / "python"
    python.parent.mkdir()
    assert systemd.command(python) == f'"{tmp_path}/100%% ours/python" -P -m tribuna.site.cli'
    python.with_name("tribuna").touch()
    assert systemd.command(python) == f'"{tmp_path}/100%% ours/tribuna"'
    assert systemd.user(0) == ""
    assert systemd.user(65534) == "nobody"
    assert systemd.user(4_000_000_000) == "4000000000"


def test_systemd_lets_it_write_only_where_its_data_are():
    folders = [Path(name) for name in ("/srv/news", "/srv/news/media", "/var/pictures", "/srv/newspaper")]
    assert [str(each) for each in systemd.outermost(folders)] == ["/srv/news", "/srv/newspaper", "/var/pictures"]
    assert systemd.lives_at_home([Path("/home") / "paper"])
    assert not systemd.lives_at_home(folders)


def test_a_folder_that_means_something_is_refused(folders, settings):
    settings.STATIC_ROOT = "/srv/$news"
    with pytest.raises(ImproperlyConfigured, match="can't stand in a server's configuration"):
        nginx.configuration(facts(UPSTREAM, brotli=False))
