"""What every source of archives keeps to, whoever wrote it. None of them sees a database of ours."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from tests.importers.samples import options_of, read, words_for
from tribuna.core.plug import plug, plugs
from tribuna.importers.base import Article, Author, Comment, File, Lost, Record, Source, SourceBroken, Term

ORDER = {Author: 0, Term: 0, File: 0, Article: 1, Comment: 2}


@pytest.fixture(params=settings.TRIBUNA_IMPORT_SOURCES)
def source(request) -> Source:
    return plug(request.param)


@pytest.fixture
def records(source, tmp_path) -> list[Record]:
    """What it gives of a small archive."""
    return read(source, *words_for(source, tmp_path))


def test_what_others_refer_to_comes_first(records):
    places = [ORDER[type(record)] for record in records if not isinstance(record, Lost)]
    assert places
    assert places == sorted(places)


def test_a_thread_comes_in_one_piece(records):
    threads = [(each.article, each.address) for each in records if isinstance(each, Comment)]
    runs = [thread for number, thread in enumerate(threads) if number == 0 or threads[number - 1] != thread]
    assert len(runs) == len(set(runs))


def test_keys_tell_records_apart(records):
    keys = Counter((record.kind, record.key) for record in records)
    assert keys.most_common(1)[0][1] == 1
    assert all(record.key for record in records)


def test_the_same_archive_gives_the_same_records(source, tmp_path):
    words = words_for(source, tmp_path)
    assert [each.digest for each in read(source, *words)] == [each.digest for each in read(source, *words)]


def test_what_is_not_there_is_told(source, tmp_path):
    missing = tmp_path / "missing"
    words = [f"sqlite:///{missing}" if source.name == "drupal7" else str(missing)]
    with pytest.raises(SourceBroken, match="missing"):
        list(source.open(options_of(source, words)).records)


def test_what_is_something_else_is_told(source, tmp_path):
    other = tmp_path / "other"
    other.write_text("This is no archive.", encoding="utf-8")
    words = [f"sqlite:///{other}" if source.name == "drupal7" else str(other)]
    with pytest.raises(SourceBroken):
        list(source.open(options_of(source, words)).records)


def test_their_names_tell_them_apart():
    sources = plugs(settings.TRIBUNA_IMPORT_SOURCES)
    assert len({source.name for source in sources}) == len(sources)
    assert all(source.summary for source in sources)
