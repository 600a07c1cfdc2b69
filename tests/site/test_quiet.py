"""Connections to PostgreSQL are asked whether they live only where they said something."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import pytest
from django.core.signals import request_started
from django.db import connection, connections

from tribuna.site import quiet


@pytest.fixture
def line():
    """Both ends of a connection: ours as psycopg has it, and the server's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield SimpleNamespace(closed=False, fileno=ours.fileno), theirs


def test_who_says_nothing_is_there(line):
    ours, _theirs = line
    assert quiet.is_quiet(ours)


def test_who_says_farewell_may_be_gone(line):
    ours, theirs = line
    theirs.send(b"E: terminating connection")
    assert not quiet.is_quiet(ours)


def test_who_hangs_up_is_gone(line):
    ours, theirs = line
    theirs.close()
    assert not quiet.is_quiet(ours)


def test_a_connection_that_we_closed_is_none():
    assert not quiet.is_quiet(SimpleNamespace(closed=True))


@pytest.mark.parametrize("vendor", ["postgresql", "sqlite", "mysql"])
def test_only_those_of_postgresql_are_told_by_it(line, monkeypatch, vendor):
    wrapper = SimpleNamespace(vendor=vendor, connection=line[0], health_check_done=False)
    unopened = SimpleNamespace(vendor=vendor, connection=None, health_check_done=False)
    monkeypatch.setattr(connections, "all", lambda initialized_only: [wrapper, unopened])
    quiet.spare_the_question()
    assert wrapper.health_check_done == (vendor == "postgresql")
    assert not unopened.health_check_done


def test_it_hears_of_every_request_after_django():
    quiet.trust_quiet_connections()
    try:
        heard = [receiver for _key, receiver, *_more in request_started.receivers]
        names = [getattr(each(), "__name__", "") for each in heard]
        assert names.index("close_old_connections") < names.index("spare_the_question")
    finally:
        request_started.disconnect(quiet.spare_the_question)


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_found_out():
    if connection.vendor != "postgresql":
        pytest.skip("nobody ends a connection to SQLite")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    assert quiet.is_quiet(other.connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not quiet.is_quiet(other.connection)
    other.close()
