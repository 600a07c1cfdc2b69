"""The benchmark of pages: its rows, its forms, and what its clients count."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench import press
from bench.harness import ROOT, Goal, NotMeasured
from bench.readers import Answer, comments_in, form_path, mark_of
from bench.timing import commits
from bench.writers import Ledger, moment_seen


@pytest.mark.parametrize("quick", [True, False])
def test_every_row_has_a_goal_and_a_name_of_its_own(quick):
    plans = [plan for part in press.parts(quick=quick) for plan in part.plans]
    assert len({plan.name for plan in plans}) == len(plans)
    for plan in plans:
        assert str(Goal.of_text(plan.goal)).startswith(plan.goal[:8])


def test_a_quick_run_says_so_in_its_rows():
    names = {quick: {plan.name for part in press.parts(quick=quick) for plan in part.plans} for quick in (True, False)}
    assert any("1,000,000 comments" in name for name in names[False] - names[True])
    assert any("100,000 comments" in name for name in names[True] - names[False])
    assert any("50,000 requests" in name for name in names[True] - names[False])


@pytest.mark.parametrize("quick", [True, False])
def test_the_reference_explains_every_part(quick):
    page = (ROOT / "docs/reference/performance.md").read_text(encoding="utf-8")
    assert [part.word for part in press.parts(quick=quick) if f"`{part.word}`" not in page] == []


def test_no_file_of_the_benchmark_is_forgotten_in_the_list_of_what_it_is_made_of():
    said = (ROOT / "bench/__init__.py").read_text(encoding="utf-8")
    modules = {path.stem.partition("_")[0] for path in Path(ROOT / "bench").glob("[!_]*.py")}
    assert {name for name in modules if f"``{name}" not in said} == set()


class _Told:
    """A reader to whom these texts come, one after the other."""

    def __init__(self, *texts: str, status: int = 200) -> None:
        self.texts, self.status = list(texts), status
        self.asked: list[dict[str, str]] = []

    def get(self, path: str, **headers: str) -> Answer:
        self.asked.append(headers)
        return Answer(self.status, {}, self.texts.pop(0).encode())


def test_the_writer_looks_first_and_then_anybody():
    ledger, reader = Ledger(), _Told(mark_of(1), mark_of(1))
    assert moment_seen(ledger, reader, "/", mark_of(1)) <= time.monotonic()
    assert (ledger.looked, ledger.stale) == (2, 0)
    assert reader.asked == [{"sec_fetch_site": "same-origin"}, {}]


def test_every_answer_without_the_change_is_stale():
    ledger = Ledger()
    moment_seen(ledger, _Told("old", "older", mark_of(1)), "/", mark_of(1))
    assert (ledger.looked, ledger.stale) == (3, 2)


def test_a_change_that_is_never_seen_takes_for_ever(monkeypatch):
    monkeypatch.setattr("bench.writers.PATIENCE_SECONDS", -1)
    assert moment_seen(Ledger(), _Told("old"), "/", mark_of(1)) == float("inf")


def test_a_page_that_fails_is_no_stale_answer():
    reader = _Told("Sorry", status=500)
    with pytest.raises(NotMeasured, match="/ answered 500"):
        moment_seen(Ledger(), reader, "/", mark_of(1))


def test_commits_are_told_by_the_name(tmp_path):
    assert commits(tmp_path) == {}
    (tmp_path / "commits.txt").write_text("Visitor 1\t12.5\nVisitor 2\t13.25\n", encoding="utf-8")
    assert commits(tmp_path) == {"Visitor 1": 12.5, "Visitor 2": 13.25}


def test_marks_do_not_stand_in_each_other():
    assert mark_of(1) not in mark_of(0x10)
    assert mark_of(1) not in mark_of(0x100001)


def test_comments_on_a_page_are_counted_once():
    page = Answer(200, {}, b'<article id="comment-7"><h3 id="comment-7-title"></h3></article><article id="comment-12">')
    assert comments_in(page) == 2


def test_the_form_is_found_in_the_article():
    page = Answer(200, {}, b'<a class="button" href="/en/articles/23/comments/new/" data-opens-form>')
    assert form_path(page) == "/en/articles/23/comments/new/"
