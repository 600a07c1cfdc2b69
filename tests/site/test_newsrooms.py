import sys
import urllib.request

import pytest
from django.db import connection

from tests.site.processes import clean_environment, free_port, served, tribuna
from tribuna.site import newsrooms


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_newsroom_without_an_administrator_says_how_to_make_one_and_serves(tmp_path):
    made = tribuna("start", "mynews", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "Make an administrator with: tribuna createsuperuser" in made.stdout

    port = free_port()
    command = [sys.executable, "-m", "tribuna.site.cli", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with served(command, cwd=tmp_path / "mynews", env=clean_environment()) as site:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/es/", timeout=30) as response:
            assert "<title>mynews" in response.read().decode()
        assert site.stop() == 0


@pytest.mark.slow
def test_a_newsroom_that_could_not_be_made_can_be_made_again(tmp_path):
    broken = tribuna("start", "mynews", cwd=tmp_path, TRIBUNA_DATABASE_URL="sqlite:////nowhere/at/all.sqlite3")
    assert broken.returncode != 0
    made = tribuna("start", ".", cwd=tmp_path / "mynews")
    assert made.returncode == 0, made.stderr
    assert "mynews is ready" in made.stdout


@pytest.mark.slow
def test_on_postgresql_django_speaks_postgresql(tmp_path):
    told = tribuna(
        "diffsettings",
        cwd=tmp_path,
        TRIBUNA_SECRET_KEY="x" * 64,
        TRIBUNA_DATABASE_URL="postgres://desk:secret@db.example/news",
    )
    assert told.returncode == 0, told.stderr
    assert "'django.contrib.postgres'" in told.stdout
    assert "PRAGMA" not in told.stdout


@pytest.mark.django_db
def test_only_sqlite_is_told_not_to_wait_for_the_disk(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with django_assert_num_queries(0):
        newsrooms._hurry()
