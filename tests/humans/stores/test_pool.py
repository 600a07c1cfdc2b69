"""Each prepared puzzle is handed out once, whoever asks and whatever dies."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from tribuna.humans.base import Puzzle
from tribuna.humans.stores.pool import PREPARED_LIFETIME_SECONDS, Pool, pool, prepared_puzzle

# Whatever other threads a test before has left: these children use none of theirs.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

forking = multiprocessing.get_context("fork")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "humans" / "pool"


@pytest.fixture
def filled(folder):
    """A pool, of which this process holds nothing in memory yet."""
    store = Pool(folder)
    put(store, "image", 0, 40)
    return store


def put(store, kind, begin, end, batch=4):
    with store.filling() as is_mine:
        assert is_mine
        for first in range(begin, end, batch):
            store.put(kind, [{"number": number} for number in range(first, first + batch)])


def drained(store, kind="image"):
    """Return the numbers of the puzzles that are left, in order."""
    taken = iter(lambda: store.take(kind), None)
    return sorted(puzzle["number"] for puzzle in taken)


def in_processes(count, work):
    """Return what *work* gives in each of so many processes forked from this one, at the same time."""
    pipes = [forking.Pipe(duplex=False) for _each in range(count)]
    processes = [forking.Process(target=lambda told=told: told.send(work())) for _ours, told in pipes]
    for process in processes:
        process.start()
    found = [ours.recv() for ours, _told in pipes]
    for process in processes:
        process.join()
    return found


def files(folder):
    return sorted(path for path in folder.glob("*/*"))


def test_an_empty_pool_and_one_without_a_folder_have_nothing(folder):
    assert Pool(folder).take("image") is None
    assert not folder.exists()
    with Pool(folder).filling():
        assert Pool(folder).take("image") is None


def test_each_puzzle_comes_out_once(filled, folder):
    assert filled.count("image") == 40
    assert drained(filled) == list(range(40))
    assert files(folder) == []
    assert filled.count("image") == filled.size() == 0


def test_kinds_are_kept_apart(filled):
    put(filled, "sound:es", 100, 104)
    assert drained(filled, "sound:es") == [100, 101, 102, 103]
    assert filled.count("image") == 40


def test_threads_get_each_puzzle_once(filled):
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(lambda _each: filled.take("image")["number"], range(40)))
    assert sorted(numbers) == list(range(40))


def test_processes_get_each_puzzle_once(folder, filled):
    found = in_processes(4, lambda: drained(Pool(folder)))
    assert Counter(number for numbers in found for number in numbers) == Counter(range(40))


def test_what_a_process_holds_its_children_do_not_hand_out(folder, settings):
    settings.TRIBUNA_POOL_FOLDER = folder
    put(pool(), "image", 0, 8)
    first = pool().take("image")["number"]
    [theirs] = in_processes(1, lambda: drained(pool()))
    ours = [first, *drained(pool())]
    assert sorted(ours + theirs) == list(range(8))
    assert len(ours) == len(theirs) == 4


def test_a_process_that_is_killed_takes_its_batch_with_it_and_nothing_else(folder, filled):
    ours, theirs = forking.Pipe(duplex=False)
    victim = forking.Process(target=take_one_and_wait, args=(folder, theirs))
    victim.start()
    assert ours.recv() in range(40)
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()
    assert len(drained(filled)) == 36


def take_one_and_wait(folder, told):
    told.send(Pool(folder).take("image")["number"])
    signal.pause()


def test_an_expired_puzzle_is_thrown_away_from_the_disk_and_from_memory(filled, folder):
    assert filled.take("image") is not None
    with time_machine.travel(filled_until(folder) + 1, tick=False):
        assert filled.take("image") is None
        assert files(folder) == []


def filled_until(folder):
    return max(int(path.name.partition("-")[0]) for path in files(folder))


def test_clearing_away_leaves_what_is_good(filled, folder):
    (folder / "image" / "1-4-half.unfinished").write_text("{")
    (folder / "image" / "something.batch").write_text("else")
    (folder / "image" / "1-4-old.batch").write_text("")
    filled.clear_away()
    assert len(files(folder)) == 10
    with time_machine.travel(filled_until(folder) + PREPARED_LIFETIME_SECONDS):
        filled.clear_away()
    assert files(folder) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda said: said[:-1],
        lambda said: said[:20],
        lambda said: b"",
        lambda said: said[:40] + bytes([said[40] ^ 1]) + said[41:],
        lambda said: b"\0" * len(said),
    ],
    ids=["cut", "cut short", "empty", "one bit", "zeros"],
)
def test_a_spoilt_file_is_thrown_away(folder, spoilt):
    store = Pool(folder)
    put(store, "image", 0, 4)
    [file] = files(folder)
    file.write_bytes(spoilt(file.read_bytes()))
    put(store, "image", 4, 8)
    assert drained(store) == [4, 5, 6, 7]
    assert files(folder) == []


def test_another_newsroom_s_files_and_those_of_another_kind_are_thrown_away(folder, settings):
    store = Pool(folder)
    put(store, "image", 0, 4)
    put(store, "work:2", 4, 8)
    [moved] = (folder / "work:2").iterdir()
    moved.rename(folder / "image" / moved.name)
    assert drained(store) == [0, 1, 2, 3]
    put(store, "image", 0, 4)
    settings.SECRET_KEY = "another" * 8
    assert drained(store) == []


def test_nobody_else_may_look(filled, folder):
    folder.chmod(0o755)
    with filled.filling():
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_one_process_fills_at_a_time(filled, folder):
    with filled.filling() as is_mine, Pool(folder).filling() as is_theirs:
        assert (is_mine, is_theirs) == (True, False)
    with Pool(folder).filling() as is_theirs:
        assert is_theirs


def test_where_nothing_can_be_removed_nothing_is_handed_out(filled, folder, monkeypatch):
    def refuse(*_arguments, **_more):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    assert filled.take("image") is None
    assert len(files(folder)) == 10


def test_a_file_that_is_claimed_while_it_is_counted_does_not_matter(filled, folder, monkeypatch):
    monkeypatch.setattr(filled, "_files", lambda: [*files(folder), folder / "image" / "gone.batch"])
    assert filled.size() == sum(path.stat().st_size for path in files(folder)) > 0


def test_a_prepared_puzzle_is_as_good_as_one_made_now(folder, settings):
    settings.TRIBUNA_POOL_FOLDER = folder
    assert prepared_puzzle("image") is None
    with pool().filling():
        pool().put("image", [{"answers": ["ABC"], "shown": {"width": "1"}}])
    assert prepared_puzzle("image") == Puzzle(answers=("ABC",), shown={"width": "1"})
    assert prepared_puzzle("image") is None
