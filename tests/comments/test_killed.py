"""A process is killed in the middle of comments that are committed together: what was acknowledged is there, once."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.site.paper import PATH, Paper, open_paper
from tests.site.processes import clean_environment
from tests.site.programs import python, running, until

pytestmark = pytest.mark.slow

ROUNDS = 4
WRITERS = 8

# Every line is written at once: what stands in the output was acknowledged before the process was killed.
_WRITE = """
import os, threading
from tribuna.comments.actions import submit_comment
from tribuna.core import convoy
from tribuna.newsroom.models import ArticlePage

say = lambda *words: os.write(1, (" ".join(map(str, words)) + chr(10)).encode())
page = ArticlePage.objects.get(pk={story})
carry_together = convoy.carry_together

def told(work, tickets):
    if len(tickets) > 1:
        say("together", len(tickets))
    carry_together(work, tickets)

convoy.carry_together = told

def write(writer):
    number = 0
    while True:
        number += 1
        text = f"[{round}-{{writer}}-{{number}}]"
        submit_comment(page, text=text, name="Ana", language="en")
        say("acknowledged", text)

for writer in range({writers}):
    threading.Thread(target=write, args=[writer]).start()
"""


@pytest.fixture
def paper(tmp_path) -> Paper:
    return open_paper(tmp_path / "paper")


def acknowledged(output: str) -> list[str]:
    return re.findall(r"^acknowledged (\[.+\])$", output, re.MULTILINE)


def test_what_was_acknowledged_outlives_a_kill_and_nothing_is_there_twice(paper):
    env = {**clean_environment(), "PYTHONPATH": PATH}
    texts: list[str] = []
    for number in range(ROUNDS):
        code = _WRITE.format(story=paper.story, round=number, writers=WRITERS)
        output = paper.folder / f"output-{number}"
        command = python("-m", "tribuna.site.cli", "shell", "-v", "0", "-c", code)
        with running(command, cwd=paper.folder, env=env, output=output) as program:
            enough = WRITERS + random.randrange(5 * WRITERS)
            until(lambda program=program, enough=enough: len(acknowledged(program.printed)) > enough)
            os.kill(program.pid, signal.SIGKILL)
            assert program.ends() == -signal.SIGKILL
        assert "together" in program.printed
        texts += acknowledged(program.printed)
    assert len(set(texts)) == len(texts) > ROUNDS * WRITERS
    with closing(sqlite3.connect(paper.folder / "tribuna.sqlite3")) as database:
        ask = lambda sql: [row[0] for row in database.execute(sql)]  # noqa: E731
        stored = ask("SELECT body_source FROM comments_comment")
        assert len(set(stored)) == len(stored)
        assert set(texts) <= set(stored)
        # Of those that nobody was told of yet some may be there too; each is there with all that belongs to it.
        for table in ("comments_receipt", "moderation_trace", "moderation_decision", "moderation_score"):
            assert sorted(ask(f"SELECT comment_id FROM {table}")) == sorted(ask("SELECT id FROM comments_comment"))
        assert ask("SELECT visible_count FROM comments_threadstat") == ask(
            "SELECT count(*) FROM comments_comment WHERE visible"
        )
        assert ask("PRAGMA integrity_check") == ["ok"]
