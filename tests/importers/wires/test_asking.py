"""Servers are asked politely, and only those that may be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import factories
from tests.importers.wires import samples
from tests.importers.wires.agency import wire
from tribuna.importers.actions.wires import enqueue_due_wires, take_in
from tribuna.importers.actions.wires.asking import ask
from tribuna.importers.actions.wires.folders import content_of, documents_in, file_beside
from tribuna.importers.actions.wires.scheduling import take_in_wire
from tribuna.importers.base import SourceBroken
from tribuna.importers.models import Wire
from tribuna.newsroom.models import ArticlePage, NewsImage

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("newsroom")
def test_a_wire_is_asked_only_for_what_has_changed(agency):
    url = agency.put("/feed", samples.rss(), ETag='"one"', Last_Modified="Mon, 02 Nov 2026 09:30:00 GMT")
    source = wire(address=url)
    assert dict(take_in(source).counts) == {"created": 1}
    assert str(source.standing) == "As it should be"
    assert source.summed_up == "1 new"
    taken = take_in(Wire.objects.get())
    assert (dict(taken.counts), taken.error) == ({}, "")
    (_path, first), (_path, second) = agency.asked
    assert "If-None-Match" not in first
    assert first["User-Agent"].startswith("Tribuna/")
    assert (second["If-None-Match"], second["If-Modified-Since"]) == ('"one"', "Mon, 02 Nov 2026 09:30:00 GMT")
    take_in(Wire.objects.get(), is_dry=True)
    assert "If-None-Match" not in agency.asked[2][1]
    source = Wire.objects.get()
    source.address = agency.put("/other", samples.rss(), ETag='"one"')
    source.full_clean()  # of another address nothing is known
    assert (source.etag, source.modified) == ("", "")


@pytest.mark.usefixtures("newsroom")
def test_an_error_is_told_and_later_forgotten(agency):
    source = wire(address=agency.put("/feed", samples.rss()[:-80], ETag='"broken"'))
    assert str(source.standing) == "Not asked yet"
    assert take_in(source).error == source.standing != ""
    source = Wire.objects.get()
    assert (source.failures, source.etag, source.counts) == (1, "", {})
    assert source.due_at - source.ran_at == timedelta(minutes=30)
    agency.put("/feed", samples.rss(), ETag='"whole"')
    take_in(source)
    assert (source.failures, source.error, source.etag) == (0, "", '"whole"')
    assert source.due_at - source.ran_at == timedelta(minutes=15)


def test_what_a_server_may_do_wrong(agency, settings):
    settings.TRIBUNA_WIRE_SECONDS = 5
    with pytest.raises(SourceBroken, match="larger than 10 bytes"):
        ask(agency.put("/large", b"x" * 11), maximum_bytes=10)
    with pytest.raises(SourceBroken, match="status 404"):
        ask(agency.url("/gone"), maximum_bytes=10)
    with pytest.raises(SourceBroken, match="status 500"):
        ask(agency.put("/broken", b"", status=500), maximum_bytes=10)
    with pytest.raises(SourceBroken, match="can't be asked"):
        ask(agency.put("/cut", b"x", Transfer_Encoding="chunked"), maximum_bytes=10)
    with pytest.raises(SourceBroken, match="cut off"):
        ask(agency.put("/short", b"x", Content_Length="2"), maximum_bytes=10)
    with pytest.raises(SourceBroken, match="no address of the web"):
        ask("file:///etc/passwd", maximum_bytes=10)
    for url in ("http://[broken/", "http://127.0.0.1:port/", "http://127.0.0.1:1/"):
        with pytest.raises(SourceBroken):
            ask(url, maximum_bytes=10)


def test_a_server_that_drips_is_left(agency, settings, monkeypatch):
    settings.TRIBUNA_WIRE_SECONDS = 5
    monkeypatch.setattr("tribuna.importers.actions.wires.asking.time.monotonic", iter(range(0, 100, 6)).__next__)
    with pytest.raises(SourceBroken, match="longer than 5 seconds"):
        ask(agency.put("/slow", b"x"), maximum_bytes=10)


def test_redirects_are_followed_to_where_may_be_asked(agency, settings):
    there = agency.put("/there", b"news")
    agency.put("/moved", b"", status=302, Location=there)
    assert ask(agency.url("/moved"), maximum_bytes=10).content == b"news"
    for elsewhere in ("http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd", "ftp://127.0.0.1/"):
        agency.put("/moved", b"", status=302, Location=elsewhere)
        with pytest.raises(SourceBroken):
            ask(agency.url("/moved"), maximum_bytes=10)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_private_addresses_are_not_asked(agency, settings, scheme):
    settings.TRIBUNA_WIRE_NETWORKS = []
    with pytest.raises(SourceBroken, match="not in the public net"):
        ask(agency.put("/feed", b"x").replace("http", scheme), maximum_bytes=10)
    assert agency.asked == []


@pytest.mark.usefixtures("newsroom")
def test_a_picture_is_fetched_from_beside_its_story(agency):
    agency.put("/large.jpg", factories.photograph())
    item = samples.rss('<enclosure url="/large.jpg" type="image/jpeg" length="9"/>')
    source = wire(
        address=agency.put("/feed", item.replace("https://agency.example", agency.url(""))), takes_pictures=True
    )
    take_in(source)
    assert NewsImage.objects.get().file.name.endswith(".jpg")
    assert ArticlePage.objects.get().main_image is not None


# --- whose turn it is -------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("newsroom")
def test_whose_turn_it_is_is_left_to_the_worker(agency):
    from django_tasks_db.models import DBTaskResult

    due = wire(address=agency.put("/feed", samples.rss()))
    wire("Later", due_at=timezone.now() + timedelta(minutes=1))
    wire("Off", enabled=False)
    assert (enqueue_due_wires(), enqueue_due_wires()) == (1, 0)
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [due.pk], "kwargs": {}}
    take_in_wire.call(due.pk)
    assert ArticlePage.objects.count() == 1
    Wire.objects.update(enabled=False)
    take_in_wire.call(due.pk)
    assert len(agency.asked) == 1


@pytest.mark.usefixtures("newsroom")
def test_of_two_clerks_one_gets_a_wire(monkeypatch):
    for name in ("First", "Second"):
        wire(name)
    given = []

    class Other:
        """Another clerk, who takes all that is left while we hand on the first."""

        def enqueue(self, pk):
            given.append(pk)
            Wire.objects.update(due_at=timezone.now() + timedelta(minutes=10))

    monkeypatch.setattr("tribuna.importers.actions.wires.scheduling.take_in_wire", Other())
    assert enqueue_due_wires() == len(given) == 1


@pytest.mark.usefixtures("newsroom")
def test_of_two_runs_one_makes_the_draft(agency, monkeypatch):
    item = samples.rss('<enclosure url="/large.jpg" type="image/jpeg" length="9"/>')
    source = wire(address=agency.put("/feed", item), takes_pictures=True)

    def while_the_picture_comes(*_args, **_facts):
        other = Wire.objects.get()
        other.takes_pictures = False
        assert dict(take_in(other).counts) == {"created": 1}

    monkeypatch.setattr("tribuna.importers.actions.wires.taking.fetch_picture", while_the_picture_comes)
    assert dict(take_in(source).counts) == {"same": 1}
    assert ArticlePage.objects.count() == 1


# --- watched folders --------------------------------------------------------------------------------------------------
def test_files_are_put_aside_once_they_were_read(deliver, inbox):
    (inbox / "picture.jpg").write_bytes(b"x")
    (inbox / ".hidden.xml").write_bytes(b"x")
    source = deliver(samples.newsitem(), "broken", samples.nitf())
    (inbox / "fresh.xml").write_text(samples.rss(), "utf-8")  # still on its way
    taken = take_in(source)
    assert dict(taken.counts) == {"created": 2}
    assert "1.xml: " in taken.error
    assert {path.name for path in inbox.iterdir()} == {".hidden.xml", "fresh.xml", "picture.jpg", "refused", "taken"}
    assert {path.name for path in (inbox / "taken").iterdir()} == {"0.xml", "2.xml"}
    assert {path.name for path in (inbox / "refused").iterdir()} == {"1.xml"}
    assert take_in(source).error == ""


def test_what_may_go_wrong_with_files(deliver, inbox, settings, tmp_path):
    settings.TRIBUNA_WIRE_MAXIMUM_BYTES = 10
    assert "larger than 10 bytes" in take_in(deliver(samples.newsitem())).error
    (inbox / "taken").write_text("in the way", "utf-8")
    settings.TRIBUNA_WIRE_MAXIMUM_BYTES = 10_000
    assert "can't be put aside" in take_in(deliver(samples.newsitem())).error
    Wire.objects.update(folder="nowhere")
    assert "no folder nowhere" in take_in(Wire.objects.get()).error
    (inbox.parent / "away").symlink_to(tmp_path)
    Wire.objects.update(folder="away")
    assert "no folder away" in take_in(Wire.objects.get()).error
    assert file_beside(inbox, "x" * 10_000) is None


def test_what_vanishes_is_an_error(inbox):
    with pytest.raises(SourceBroken, match="can't be read"):
        content_of(inbox / "gone.xml", maximum_bytes=10)
    with pytest.raises(SourceBroken, match="can't be read"):
        list(documents_in(inbox / "gone"))


# --- what an editor may enter -----------------------------------------------------------------------------------------
@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(
    "fields",
    [
        {"address": "", "folder": ""},
        {"address": "https://a.example", "folder": "agency"},
        {"address": "file:///etc/passwd"},
        {"address": "", "folder": "../other"},
        {"address": "", "folder": ".."},
        {"minutes": 0},
        {"minutes": 50_000},
        {"hold_minutes": 50_000},
    ],
)
def test_a_wire_that_makes_no_sense_is_refused(fields):
    source = Wire(**{"name": "A", "section": factories.section(), "address": "https://a.example/feed"} | fields)
    with pytest.raises(ValidationError):
        source.full_clean()
