from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench import spam, spam_data, spam_measures, spam_rivals
from bench.harness import NotMeasured
from bench.spam_data import Text


@pytest.fixture
def data(tmp_path: Path, monkeypatch) -> Path:
    """A folder with small data sets of our own making."""
    monkeypatch.setattr(spam_data, "PLACES", [tmp_path])
    rows = [
        {"text": f"said {number}", "label": number % 2, "group": "v", "date": f"2020-01-{number:02}"}
        for number in (3, 1, 2)
    ]
    undated = {"text": "said later", "label": 0, "group": "v"}
    for name, content in (
        ("youtube", [*rows, undated]),
        ("sms", [{"text": "SMS", "label": 0}, {"text": "hi", "label": 0}]),
        ("civil_comments_sample", [{"text": "well", "label": 0}]),
    ):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in content)
    return tmp_path


def test_without_data_nothing_is_measured_and_nothing_fails(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(spam_data, "PLACES", [tmp_path / "none"])
    assert spam.main([]) == 0
    assert "Nothing was measured" in capsys.readouterr().err


@pytest.mark.usefixtures("data")
def test_comments_come_in_the_order_of_time():
    assert [each.text for each in spam_data.youtube()["v"]] == ["said 1", "said 2", "said later", "said 3"]
    assert [each.text for each in spam_data.sms()] == ["hi"]


@pytest.mark.usefixtures("data")
def test_a_stream_keeps_the_order_of_each_source():
    said = [each.text for each in spam_data.stream()]
    assert [text for text in said if text != "well"] == ["said 1", "said 2", "said later", "said 3"]
    assert "well" in said


def test_machine_written_comments_each_have_a_link():
    texts = spam_data.first_links(50)
    assert len(texts) == 50
    assert all("." in text.split()[-1] or "://" in text or ".net" in text or ".com" in text for text in texts)


def test_of_one_kind_only_nothing_is_learned():
    assert spam_measures.learned([Text("a", 0, "v")] * 5).site is None


def test_without_bogofilter_the_others_are_measured(monkeypatch):
    monkeypatch.setattr(spam_rivals.shutil, "which", lambda name: None)
    with pytest.raises(NotMeasured, match="bogofilter"):
        spam_rivals.bogofilter([], [])
