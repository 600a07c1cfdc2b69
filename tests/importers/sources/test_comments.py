"""Disqus, Isso, JSON lines."""

from __future__ import annotations

import pytest

from tests.importers.samples import disqus, isso, lines, options_of, post, read
from tribuna.importers.base import Said, SourceBroken
from tribuna.importers.sources.disqus import Disqus
from tribuna.importers.sources.isso import Isso
from tribuna.importers.sources.lines import Lines


def test_disqus_comments_come_thread_by_thread(tmp_path):
    found = read(Disqus(), disqus(tmp_path))
    assert [(each.key, each.address, each.parent) for each in found] == [
        ("1", "https://old.example/one/", ""),
        ("3", "https://old.example/one/", "1"),
        ("2", "/two/", ""),
    ]
    assert (found[0].text, found[0].name, found[0].created_at.year) == ("Said 1", "Reader 1", 2012)


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        ("", Said.PUBLISHED),
        ("<isDeleted>true</isDeleted>", Said.GONE),
        ("<isSpam>true</isSpam><isDeleted>true</isDeleted>", Said.SPAM),
        ("<isApproved>false</isApproved>", Said.HELD),
    ],
)
def test_disqus_states(tmp_path, flags, state):
    (found,) = read(Disqus(), disqus(tmp_path, post("1", "t9", flags=flags, at="once")))
    assert (found.state, found.address, found.created_at) == (state, "thread:t9", None)


def test_a_broken_export_of_disqus_gives_what_it_has(tmp_path):
    path = disqus(tmp_path, post("1"), "<post>&nothing;")
    records = iter(Disqus().open(options_of(Disqus(), [str(path)])).records)
    assert next(records).key == "1"
    with pytest.raises(SourceBroken):
        next(records)


def test_isso_comments_have_their_states(tmp_path):
    found = read(Isso(), isso(tmp_path))
    assert [(each.key, each.parent, each.state) for each in found] == [
        ("1", "", Said.PUBLISHED),
        ("2", "1", Said.HELD),
        ("3", "1", Said.GONE),
        ("4", "3", Said.HELD),
    ]
    assert (found[0].address, found[0].email, found[2].text) == ("/one/", "reader@example.org", "")


def test_lines_are_records(tmp_path):
    author, article, comment = read(Lines(), lines(tmp_path))
    assert (author.name, article.topics, comment.state, comment.created_at) == ("Desk", ("a",), Said.HELD, None)
    assert article.published_at.utcoffset().total_seconds() == 0


def test_a_line_that_is_none_is_shown(tmp_path):
    path = lines(tmp_path, {"kind": "author", "key": "1", "name": "D"}, {"kind": "author", "key": "2", "nom": "D"})
    with pytest.raises(SourceBroken, match="nom"):
        read(Lines(), path)
    aware = {"kind": "article", "key": "1", "title": "T", "html": "", "updated_at": "2012-05-01T09:00:00+02:00"}
    assert read(Lines(), lines(tmp_path, aware))[0].updated_at.hour == 9
