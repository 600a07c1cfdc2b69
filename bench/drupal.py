"""Makes a Drupal 7 site as an SQLite database: nodes with aliases and terms, and threads under them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

from bench.prose import prose

USERS, SECTIONS, TAGS = 50, 8, 400
FIRST = 1_262_304_000  # 2010, in seconds
APART_SECONDS = 4_500
TEXTS = 500  # so many different bodies; making each anew would take longer than reading them
ROWS_AT_ONCE = 2_000

_SCHEMA = """
CREATE TABLE node (nid INTEGER PRIMARY KEY, vid, type, language, title, uid, status, created, changed, comment, promote,
    sticky, tnid, translate);
CREATE TABLE comment (cid INTEGER PRIMARY KEY, pid, nid, uid, subject, hostname, created, changed, status, thread, name,
    mail, homepage, language);
CREATE INDEX comment_num_new ON comment (nid, status, created, cid, thread);
CREATE TABLE users (uid INTEGER PRIMARY KEY, name, mail);
CREATE TABLE variable (name, value);
CREATE TABLE url_alias (pid INTEGER PRIMARY KEY, source, alias, language);
CREATE INDEX source_language_pid ON url_alias (source, language, pid);
CREATE TABLE taxonomy_vocabulary (vid INTEGER PRIMARY KEY, name, machine_name);
CREATE TABLE taxonomy_term_data (tid INTEGER PRIMARY KEY, vid, name, description, language);
CREATE TABLE taxonomy_term_hierarchy (tid, parent);
CREATE TABLE filter (format, module, name, weight, status);
CREATE TABLE field_config (id INTEGER PRIMARY KEY, field_name, type, storage_type, deleted);
CREATE TABLE field_config_instance (field_id, entity_type, bundle, deleted);
CREATE TABLE field_data_body (entity_type, bundle, deleted, entity_id, revision_id, language, delta, body_value,
    body_summary, body_format, PRIMARY KEY (entity_type, entity_id, deleted, delta, language)) WITHOUT ROWID;
CREATE TABLE field_data_comment_body (entity_type, bundle, deleted, entity_id, revision_id, language, delta,
    comment_body_value, comment_body_format,
    PRIMARY KEY (entity_type, entity_id, deleted, delta, language)) WITHOUT ROWID;
CREATE INDEX body_entity ON field_data_body (entity_id);
CREATE INDEX comment_body_entity ON field_data_comment_body (entity_id);
"""
_TERM_FIELDS = ("field_section", "field_tags")
_TERM_TABLE = """CREATE TABLE field_data_{0} (entity_type, bundle, deleted, entity_id, revision_id, language, delta,
    {0}_tid);
CREATE INDEX {0}_entity ON field_data_{0} (entity_id);"""


def make_site(path: Path, *, nodes: int, comments: int) -> None:
    """Write a site of so many *nodes* and *comments* to *path*, the same one at every run."""
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(_SCHEMA + "".join(_TERM_TABLE.format(name) for name in _TERM_FIELDS))
        _small_things(connection)
        for table, rows in (
            ("node", _nodes(nodes)),
            ("url_alias", _aliases(nodes)),
            ("field_data_body", _bodies(nodes)),
            ("field_data_field_section", _term_rows(nodes, 1)),
            ("field_data_field_tags", _term_rows(nodes, 3)),
            ("comment", _comments(nodes, comments)),
            ("field_data_comment_body", _comment_bodies(comments)),
        ):
            for some in batched(rows, ROWS_AT_ONCE):
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
    connection.close()


def _small_things(connection: sqlite3.Connection) -> None:
    def insert(table: str, rows: list[tuple[object, ...]]) -> None:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    insert("users", [(uid, f"Desk {uid}", f"desk{uid}@example.org") for uid in range(1, USERS + 1)])
    insert("variable", [("language_default", 'O:8:"stdClass":1:{s:8:"language";s:2:"en";}')])
    insert("taxonomy_vocabulary", [(1, "Sections", "sections"), (2, "Tags", "tags")])
    terms = [(tid, 1 if tid <= SECTIONS else 2, f"Term {tid}", "", "und") for tid in range(1, SECTIONS + TAGS + 1)]
    insert("taxonomy_term_data", terms)
    insert("taxonomy_term_hierarchy", [(tid, 0) for tid in range(1, SECTIONS + TAGS + 1)])
    insert("filter", [("filtered_html", "filter", name, 0, 1) for name in ("filter_html", "filter_autop")])
    kinds = ("taxonomy_term_reference",) * 2
    fields = [("body", "text_with_summary"), *zip(_TERM_FIELDS, kinds, strict=True)]
    insert("field_config", [(n, name, kind, "field_sql_storage", 0) for n, (name, kind) in enumerate(fields, 1)])
    insert("field_config_instance", [(n, "node", "article", 0) for n in range(1, len(fields) + 1)])


def _nodes(nodes: int) -> Iterator[tuple[object, ...]]:
    for nid in range(1, nodes + 1):
        at = FIRST + APART_SECONDS * nid
        title = f"{prose(nid % TEXTS, 6).rstrip('.')} {nid}"
        yield nid, nid, "article", "en", title, nid % USERS + 1, 1, at, at + 60, 2, 0, 0, 0, 0


def _aliases(nodes: int) -> Iterator[tuple[object, ...]]:
    return ((nid, f"node/{nid}", f"news/story-{nid}", "en") for nid in range(1, nodes + 1))


def _bodies(nodes: int) -> Iterator[tuple[object, ...]]:
    texts = [
        "\n\n".join(
            f"{prose((n, part), 60)} <strong>{prose((n, part, 'b'), 4)}</strong> "
            f'<a href="https://example.org/{n}/{part}">{prose((n, part, "a"), 3)}</a>'
            for part in range(8)
        )
        for n in range(TEXTS)
    ]
    for nid in range(1, nodes + 1):
        yield "node", "article", 0, nid, nid, "und", 0, texts[nid % TEXTS], "", "filtered_html"


def _term_rows(nodes: int, count: int) -> Iterator[tuple[object, ...]]:
    first, many = (1, SECTIONS) if count == 1 else (SECTIONS + 1, TAGS)
    for nid in range(1, nodes + 1):
        for delta in range(count):
            yield "node", "article", 0, nid, nid, "und", delta, first + (nid * (delta + 1)) % many


def _comments(nodes: int, comments: int) -> Iterator[tuple[object, ...]]:
    """Comment number n stands under node n modulo *nodes*; two of three answer an earlier one there."""
    chosen = random.Random(1)
    for cid in range(1, comments + 1):
        nid, earlier = cid % nodes + 1, (cid - 1) // nodes
        pid = cid - nodes * chosen.randint(1, earlier) if earlier and chosen.random() < 2 / 3 else 0
        at = FIRST + APART_SECONDS * nid + cid
        status = int(cid % 50 != 0)
        yield cid, pid, nid, 0, "", "192.0.2.1", at, at, status, "", f"Reader {cid % 5000}", "", "", "und"


def _comment_bodies(comments: int) -> Iterator[tuple[object, ...]]:
    texts = [prose(("comment", n), 30) for n in range(TEXTS)]
    for cid in range(1, comments + 1):
        yield "comment", "comment_node_article", 0, cid, cid, "und", 0, texts[cid % TEXTS], "filtered_html"
