"""An import that is killed, by the operating system and anywhere, comes to the same end when it is started again."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.drupal import make_site
from bench.newsrooms import Newsroom, started
from bench.processes import python

pytestmark = pytest.mark.slow

NODES, COMMENTS = 200, 4_000
KILL_AT = (150, 700, 3_000)  # records that are stored: among the terms, the stories, the comments
PATIENCE_SECONDS = 300
WHOLE = {
    "pages": "SELECT path, url_path, slug, title, live, numchild FROM wagtailcore_page ORDER BY path",
    "stories": "SELECT page_ptr_id, page_above_id, published_at, comments_policy FROM newsroom_articlepage ORDER BY 1",
    "comments": "SELECT id, page_id, path, state, visible, replies, body_html FROM comments_comment ORDER BY id",
    "threads": "SELECT page_id, visible_count FROM comments_threadstat ORDER BY page_id",
    "redirects": "SELECT old_path, redirect_page_id FROM wagtailredirects_redirect ORDER BY old_path",
    "origins": "SELECT kind, key, target, digest FROM importers_origin ORDER BY kind, key",
    "index": "SELECT story_id, title, head, body FROM search_entry e JOIN search_words w ON w.rowid = e.id ORDER BY 1",
    "admin's index": "SELECT object_id, title, length(body) FROM wagtailsearch_indexentry ORDER BY 1, 2",
    "references": "SELECT object_id, to_object_id, model_path FROM wagtailcore_referenceindex ORDER BY 1, 2, 3",
}


def command(site: Path) -> list[str]:
    return python("-m", "tribuna.site.cli", "import", "drupal7", f"sqlite:///{site}")


def database(newsroom: Newsroom) -> Path:
    (path,) = newsroom.data.glob("*.sqlite3")
    return path


def stored(newsroom: Newsroom) -> int:
    with closing(sqlite3.connect(f"{database(newsroom).as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM importers_origin").fetchone()[0])


def end_of(newsroom: Newsroom) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database(newsroom))) as connection:
        return {name: connection.execute(sql).fetchall() for name, sql in WHOLE.items()}


def kill_at(newsroom: Newsroom, site: Path, number: int) -> None:
    """Kill an import as soon as there are so many records. It must not have come to its end."""
    where = {"cwd": newsroom.folder, "env": newsroom.environment()}
    process = subprocess.Popen(command(site), **where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    patience = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and stored(newsroom) < number and time.monotonic() < patience:
        time.sleep(0.01)
    process.kill()
    _said, complaint = process.communicate()
    assert process.returncode == -signal.SIGKILL, complaint.decode()


def test_an_import_that_is_killed_three_times_comes_to_the_same_end(tmp_path):
    site = tmp_path / "drupal.sqlite"
    make_site(site, nodes=NODES, comments=COMMENTS)
    whole = started(tmp_path / "whole")
    shutil.copytree(whole.folder, tmp_path / "killed")
    killed = replace(whole, folder=tmp_path / "killed")
    subprocess.run(command(site), cwd=whole.folder, env=whole.environment(), check=True, capture_output=True)
    for number in KILL_AT:
        kill_at(killed, site, number)
        assert number <= stored(killed) < stored(whole)
    last = subprocess.run(command(site), cwd=killed.folder, env=killed.environment(), check=True, capture_output=True)
    assert f"comment: {COMMENTS:,} read" in last.stdout.decode()
    wanted, found = end_of(whole), end_of(killed)
    assert len(wanted["comments"]) >= COMMENTS
    for name, rows in wanted.items():
        assert rows, name
        assert found[name] == rows, name
