from __future__ import annotations

import io
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.moderation.factories import article, comment, moderator
from tribuna.moderation.actions import decide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three():
    page, mara = article(), moderator()
    for number in range(3):
        decide(comment(page, text=f"Comment {number}"), actor=mara, state="published")


def run(*words: str) -> str:
    said = StringIO()
    call_command("ledger", *words, stdout=said)
    return said.getvalue()


def test_the_ledger_is_written_out_and_holds(tmp_path, monkeypatch):
    file = tmp_path / "ledger.jsonl"
    run("export", "--output", str(file))
    assert file.read_text() == run("export")
    assert len(file.read_text().splitlines()) == 3
    for words in ((), (str(file),)):
        assert run("verify", *words).startswith("The ledger holds: 3 entries, the last with the hash ")
    monkeypatch.setattr(sys, "stdin", io.StringIO(file.read_text()))
    assert "3 entries" in run("verify", "-")


def test_the_line_that_was_altered_is_named(tmp_path):
    file = tmp_path / "ledger.jsonl"
    run("export", "--output", str(file))
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([lines[0], lines[1].replace("publish", "reject"), lines[2]]))
    with pytest.raises(CommandError, match=r"The ledger does not hold: line 2: it was altered"):
        run("verify", str(file))


def test_files_that_are_none_are_said_to_be_none(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        run("verify", str(tmp_path / "nothing"))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="can't be read"):
        run("verify", str(tmp_path / "bytes"))
    with pytest.raises(CommandError, match="can't be written"):
        run("export", "--output", str(tmp_path))
