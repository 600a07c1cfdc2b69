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


@pytest.mark.parametrize("bind", ["8000", "localhost:", "localhost:99999", ":80", "localhost:http", "localhost:0"])
def test_a_bad_address_to_bind_is_said_plainly(bind, capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--bind", bind])
    assert "is not HOST:PORT, such as 127.0.0.1:8000" in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["0", "-1", "many", "100000"])
def test_a_bad_number_of_workers_is_said_plainly(workers, capsys):
    with pytest.raises(SystemExit):
        main(["serve", f"--workers={workers}"])
    assert "is not a number from 1 to 256" in capsys.readouterr().err


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    printed = capsys.readouterr().out
    for command in ("start", "serve", "demo", "secret"):
        assert command in printed


@pytest.mark.django_db
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


@pytest.mark.parametrize(
    ("option", "said"), [("--address=nonsense", "is not an address"), ("--email=nobody", "is not an e-mail address")]
)
def test_a_newsroom_is_not_begun_with_a_mistake(option, said, capsys, tmp_path):
    with pytest.raises(SystemExit):
        main(["start", str(tmp_path / "mynews"), option])
    assert said in capsys.readouterr().err
    assert not (tmp_path / "mynews").exists()


def test_a_demo_leaves_everything_that_is_not_a_demo_alone(tmp_path, capsys):
    (tmp_path / "tribuna.env").write_text("TRIBUNA_SECRET_KEY=kept", encoding="utf-8")
    assert main(["demo", "--folder", str(tmp_path), "--fresh"]) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["tribuna.env"]
