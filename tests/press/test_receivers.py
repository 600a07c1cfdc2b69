"""Copies in front of this server are taken back, by the task worker and not by whoever waits for an answer."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.db import DatabaseError
from django_tasks import default_task_backend
from django_tasks.backends.dummy import DummyBackend

from tests.press.printing import KEY, printed
from tribuna.press import receivers
from tribuna.press.actions import changed, forget_pages
from tribuna.press.base import Key

AT = "http://news.test/en/city/"
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


class Cdn:
    """A cache in front of the server that notes what it is told to drop."""

    dropped: ClassVar[list[str]] = []

    def __init__(self, params):
        self.hostnames = params["HOSTNAMES"]

    def invalidates_hostname(self, hostname):
        return hostname in self.hostnames

    def purge_batch(self, urls):
        self.dropped.extend(urls)


class BrokenQueue(DummyBackend):
    """A queue whose database is away."""

    def enqueue(self, task, args, kwargs):
        raise DatabaseError


@pytest.fixture
def cdn(settings) -> list[str]:
    settings.TASKS = LATER
    settings.WAGTAILFRONTENDCACHE = {"cdn": {"BACKEND": f"{__name__}.Cdn", "HOSTNAMES": ["news.test"]}}
    Cdn.dropped.clear()
    return Cdn.dropped


def work() -> int:
    """Do what waits in the queue, as the worker does, and return how many tasks that were."""
    waiting = [
        result
        for result in default_task_backend.results
        if result.task.func.__module__.startswith("wagtail.contrib.frontend")
    ]
    for result in waiting:
        result.task.func(*result.args, **result.kwargs)
    default_task_backend.clear()
    return len(waiting)


@pytest.mark.django_db
def test_what_is_forgotten_here_is_taken_back_there_later(own_store, cdn, django_capture_on_commit_callbacks):
    own_store.keep(KEY, printed("ferry", "page:1"), since=0)
    with django_capture_on_commit_callbacks(execute=True):
        changed("page:1")
    assert cdn == []
    assert work() == 1
    assert cdn == [AT]


def test_addresses_are_written_as_readers_ask_for_them(own_store, cdn):
    keys = [KEY._replace(path="/es/día/100%/"), KEY._replace(query="before=1-2")]
    for key in keys:
        own_store.keep(key, printed(), since=0)
    forget_pages(["site"])
    work()
    assert sorted(cdn) == [f"{AT}?before=1-2", "http://news.test/es/d%C3%ADa/100%25/"]


def test_many_addresses_go_in_several_tasks(own_store, cdn, monkeypatch):
    monkeypatch.setattr(receivers, "ADDRESSES_AT_ONCE", 2)
    for number in range(3):
        own_store.keep(Key("http", "news.test", f"/en/{number}/", ""), printed(), since=0)
    forget_pages(["site"])
    assert work() == 2
    assert len(cdn) == 3


def test_what_was_not_stored_here_is_not_taken_back(own_store, cdn):
    own_store.keep(KEY, printed("ferry", "page:1"), since=0)
    forget_pages(["page:2"])
    assert work() == 0


def test_without_a_cache_in_front_nothing_is_to_be_done(own_store, cdn, settings):
    settings.WAGTAILFRONTENDCACHE = {}
    own_store.keep(KEY, printed(), since=0)
    assert forget_pages(["site"]) == [KEY]
    assert work() == 0


def test_a_queue_that_is_away_spoils_no_change(own_store, cdn, settings, caplog):
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.BrokenQueue"}}
    own_store.keep(KEY, printed(), since=0)
    assert forget_pages(["site"]) == [KEY]
    assert own_store.find(KEY) is None
    assert "could not be taken back" in caplog.text
