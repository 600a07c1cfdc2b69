"""The installed wheel and the demo, started as an operator would start them."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.site.processes import clean_environment, free_port, served

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as response:
        assert response.status == 200
        assert "Set-Cookie" not in response.headers
        return response.read().decode()


def _stories(folder: Path) -> int:
    with sqlite3.connect(folder / "tribuna.sqlite3") as database:
        (count,) = database.execute("SELECT COUNT(*) FROM newsroom_articlepage").fetchone()
    database.close()
    return count


def test_the_demo_opens_keeps_its_data_starts_over_and_stops_cleanly(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "tribuna.site.cli", "demo", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with served(command, cwd=tmp_path, env=clean_environment()) as first:
        assert first.printed[-1] == f"ready http://127.0.0.1:{port}/"
        assert sum("password" in line for line in first.printed) >= 1
        assert 'lang="es"' in _get(f"http://127.0.0.1:{port}/es/")
        assert 'lang="en"' in _get(f"http://127.0.0.1:{port}/en/")
        stories = _stories(tmp_path / "demo")
        assert stories >= 80
        assert first.stop(signal.SIGTERM) == 0

    with sqlite3.connect(tmp_path / "demo" / "tribuna.sqlite3") as database:
        database.execute("UPDATE newsroom_homepage SET tagline = 'Kept between starts'")
    database.close()
    with served(command, cwd=tmp_path, env=clean_environment()) as second:
        assert not any("password" in line for line in second.printed)
        assert "Kept between starts" in _get(f"http://127.0.0.1:{port}/en/")
        assert second.stop(signal.SIGINT) == 0

    with served([*command, "--fresh"], cwd=tmp_path, env=clean_environment()) as third:
        assert "Kept between starts" not in _get(f"http://127.0.0.1:{port}/en/")
        assert _stories(tmp_path / "demo") == stories
        assert third.stop(signal.SIGTERM) == 0


def test_the_wheel_starts_in_an_empty_environment(tmp_path):
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns(".venv", ".cache", ".coverage*", ".git", "demo", "local", "__pycache__", "docs")
    shutil.copytree(ROOT, source, ignore=ignored)
    env = {
        name: value for name, value in clean_environment().items() if not name.startswith(("PYTHONPATH", "COVERAGE"))
    }
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)],
        env=env, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("tribuna-*.whl")
    environment = tmp_path / "environment"
    venv.create(environment)
    # Of all that is installed little is imported: that is compiled when it is.
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "install", "--no-compile"]
    pip += ["--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], env=env, check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], env=env, check=True)

    command = str(environment / "bin" / "tribuna")
    made = subprocess.run(
        [command, "start", "mynews"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    port = free_port()
    with served([command, "serve", "--bind", f"127.0.0.1:{port}"], cwd=tmp_path / "mynews", env=env) as site:
        assert 'lang="en"' in _get(f"http://127.0.0.1:{port}/en/")
        assert site.stop() == 0
