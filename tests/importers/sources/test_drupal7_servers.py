"""A Drupal 7 site reads the same from MariaDB and PostgreSQL as from SQLite, where those answer on loopback."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from secrets import token_hex

import psycopg
import pymysql
import pytest

from tests.importers.samples import options_of, records_of
from tests.lacking import lacks
from tribuna.importers.sources.drupal7 import Drupal7

MARIADB = os.environ.get("TRIBUNA_TEST_MARIADB", "root@127.0.0.1:3306")
POSTGRESQL = os.environ.get("TRIBUNA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")

pytestmark = pytest.mark.enable_socket


def _mariadb():
    user, _, place = MARIADB.rpartition("@")
    host, _, port = place.partition(":")
    name, _, password = user.partition(":")
    return pymysql.connect(host=host, port=int(port or 3306), user=name, password=password, autocommit=True)


SERVERS = {  # how to connect, the URL of a database there, quotation marks, types of numbers, bytes and texts
    "mysql": (_mariadb, lambda name: f"mysql://{MARIADB}/{name}", "`", ("BIGINT", "LONGBLOB", "LONGTEXT")),
    "postgresql": (
        lambda: psycopg.connect(POSTGRESQL, autocommit=True),
        lambda name: f"{POSTGRESQL.rpartition('/')[0]}/{name}",
        '"',
        ("BIGINT", "BYTEA", "TEXT"),
    ),
}


@pytest.fixture(params=SERVERS)
def server(request):
    """A new database on a server, as its URL and how columns are written there; dropped afterwards."""
    connect, url, quote, types = SERVERS[request.param]
    try:
        connection = connect()
    except (pymysql.Error, psycopg.Error) as error:
        lacks(f"{request.param} does not answer: {error}")
    name = f"tribuna_{token_hex(6)}"
    with closing(connection):
        connection.cursor().execute(f"CREATE DATABASE {name}")
        try:
            yield url(name), quote, types
        finally:
            connection.cursor().execute(f"DROP DATABASE {name}")


def _copied(site, url, quote, types):
    """Put the tables of the SQLite file *site* behind *url*."""
    is_mysql = url.startswith("mysql")
    there = pymysql.connect(**_parts(url), autocommit=True) if is_mysql else psycopg.connect(url, autocommit=True)
    with closing(sqlite3.connect(site)) as here, closing(there):
        cursor = there.cursor()
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (table,) in here.execute(tables).fetchall():
            rows = here.execute(f"SELECT * FROM {table}").fetchall()
            names = [row[1] for row in here.execute(f"PRAGMA table_info({table})")]
            kinds = [_kind(types, [row[at] for row in rows]) for at in range(len(names))]
            made = ", ".join(f"{quote}{name}{quote} {kind}" for name, kind in zip(names, kinds, strict=True))
            cursor.execute(f"CREATE TABLE {quote}{table}{quote} ({made})")
            marks = ", ".join(["%s"] * len(names))
            for row in rows:
                cursor.execute(f"INSERT INTO {quote}{table}{quote} VALUES ({marks})", row)


def _kind(types, values):
    """SQLite's columns may be of no type; those of a server are of what is in them."""
    numbers, raw, texts = types
    if any(isinstance(value, str) for value in values):
        return texts
    return raw if any(isinstance(value, bytes) for value in values) else numbers


def _parts(url):
    user, _, place = url.removeprefix("mysql://").rpartition("@")
    host, _, rest = place.partition(":")
    port, _, database = rest.partition("/")
    name, _, password = user.partition(":")
    return {"host": host, "port": int(port), "user": name, "password": password, "database": database}


def test_a_site_reads_the_same_from_a_server_as_from_a_file(site, server):
    _copied(site, *server)
    reading = Drupal7().open(options_of(Drupal7(), [server[0]]))
    assert list(reading.records) == records_of(site)
