import re

import pytest

from tests.site.processes import tribuna
from tribuna.site.cli import main


def test_secret_prints_a_new_key_each_time(capsys):
    assert main(["secret"]) == 0
    assert main(["secret"]) == 0
    first, second = capsys.readouterr().out.split()
    assert first != second
    assert len(first) >= 64


@pytest.mark.parametrize("bind", ["8000", "localhost:", "localhost:99999", ":80", "localhost:http"])
def test_a_bad_address_to_bind_is_said_plainly(bind, capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--bind", bind])
    assert "is not HOST:PORT, such as 127.0.0.1:8000" in capsys.readouterr().err


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    printed = capsys.readouterr().out
    for command in ("start", "serve", "demo", "secret"):
        assert command in printed


def test_another_word_is_a_management_command(capsys):
    assert main(["check", "--tag", "models"]) == 0
    assert "no issues" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("secret", ["", "short"])
def test_without_a_secret_nothing_starts_and_it_says_how_to_make_one(tmp_path, secret):
    ended = tribuna("serve", cwd=tmp_path, TRIBUNA_SECRET_KEY=secret)
    assert ended.returncode == 2
    assert "tribuna secret" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_start_makes_a_newsroom_once(tmp_path):
    first = tribuna("start", "mynews", "--name", "The Reader's Post", "--email", "editor@example.org", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert re.search(r"Administrator editor@example\.org, password \S{16} ", first.stdout)
    written = (tmp_path / "mynews" / "tribuna.env").read_text(encoding="utf-8")
    assert "TRIBUNA_SITE_NAME='The Reader’s Post'" in written
    assert (tmp_path / "mynews" / "tribuna.env").stat().st_mode & 0o077 == 0

    second = tribuna("start", "mynews", cwd=tmp_path)
    assert second.returncode == 2
    assert "Nothing was changed" in second.stderr
    assert (tmp_path / "mynews" / "tribuna.env").read_text(encoding="utf-8") == written
