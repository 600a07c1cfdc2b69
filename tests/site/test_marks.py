import json
import logging
import os
import subprocess
import sys

import pytest

from tests.site.programs import until
from tribuna.site.marks import Marks, began_at

pytestmark = pytest.mark.slow


@pytest.fixture
def sleeper():
    """A process of ours that does nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.communicate(b"\n")


def of_a_dead_root(marks, *, root, children):
    """Leave the marks of *root*, which is no longer there."""
    marks.write(children)
    found = json.loads(marks.file.read_text())
    began = {**found["began"], str(root): 1}
    del began[str(os.getpid())]
    marks.file.write_text(json.dumps({"root": root, "began": began}))


def test_a_process_is_known_by_when_it_began(sleeper):
    assert began_at(os.getpid()) > 0
    assert began_at(sleeper.pid) >= began_at(os.getpid())


def test_one_that_is_dead_but_not_buried_is_dead(sleeper):
    sleeper.kill()
    until(lambda: began_at(sleeper.pid) is None)


def test_orphans_are_the_living_children_of_a_dead_root(tmp_path, sleeper):
    marks = Marks(tmp_path / "run", "127.0.0.1", 8000)
    of_a_dead_root(marks, root=sleeper.pid, children=[sleeper.pid])
    assert marks.orphans() == []  # the number of the dead root is another's now: of the one we call its child

    of_a_dead_root(marks, root=2**22 + 1, children=[sleeper.pid])
    assert marks.orphans() == [sleeper.pid]
    sleeper.kill()
    until(lambda: marks.orphans() == [])


def test_children_of_a_living_root_are_no_orphans(tmp_path, sleeper):
    marks = Marks(tmp_path / "run", "::", 8000)
    marks.write([sleeper.pid])
    assert marks.orphans() == []
    marks.remove()
    assert not marks.file.exists()
    marks.remove()


def test_each_address_has_its_own_file(tmp_path):
    names = {Marks(tmp_path, host, port).file.name for host in ("127.0.0.1", "::1", "../x") for port in (80, 8000)}
    assert len(names) == 6
    assert not any("/" in name for name in names)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"root": 1}', '{"root": 1, "began": {"x": 1}}', "\0"])
def test_what_nobody_of_ours_wrote_says_nothing(tmp_path, text):
    marks = Marks(tmp_path, "127.0.0.1", 8000)
    assert marks.orphans() == []
    marks.file.write_text(text)
    assert marks.orphans() == []


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path, caplog):
    (tmp_path / "run").write_text("a file, not a folder")
    with caplog.at_level(logging.WARNING):
        Marks(tmp_path / "run", "127.0.0.1", 8000).write([])
    assert "could not be noted" in caplog.text
