"""Small archives of every kind, invented, with what goes wrong in real ones."""

from __future__ import annotations

import json
import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.drupal import make_site
from tribuna.importers.base import Record, Source
from tribuna.importers.sources.drupal7 import Drupal7

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="x:dc" xmlns:content="x:c" xmlns:excerpt="x:e">
<channel><title>Old</title><link>https://old.example</link><language>en-GB</language>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>desk</wp:author_login>
<wp:author_display_name>Culture desk</wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>city</wp:category_nicename><wp:cat_name>City</wp:cat_name></wp:category>
<wp:category><wp:category_nicename>port</wp:category_nicename><wp:category_parent>city</wp:category_parent></wp:category>
<wp:tag><wp:tag_slug>rain</wp:tag_slug><wp:tag_name>Rain</wp:tag_name></wp:tag>
<wp:term><wp:term_taxonomy>post_tag</wp:term_taxonomy><wp:term_slug>sun</wp:term_slug></wp:term>
<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug></wp:term>
{items}</channel></rss>"""


def item(key: str, body: str = "", more: str = "", *, kind: str = "post", status: str = "publish") -> str:
    """Return an item of an export of WordPress."""
    return f"""<item><title>Story {key}</title><link>https://old.example/2012/story-{key}/</link>
<dc:creator>desk</dc:creator><content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{key}</wp:post_id>
<wp:post_date_gmt>2012-05-01 09:00:00</wp:post_date_gmt><wp:post_name>story-{key}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"""


def said(key: str, text: str = "Yes", parent: str = "0", *, approved: str = "1", kind: str = "comment") -> str:
    """Return a comment of an export of WordPress."""
    return f"""<wp:comment><wp:comment_id>{key}</wp:comment_id><wp:comment_author>Reader 1</wp:comment_author>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_date_gmt>2012-05-02 09:00:00</wp:comment_date_gmt><wp:comment_parent>{parent}</wp:comment_parent>
<wp:comment_type>{kind}</wp:comment_type></wp:comment>"""


def meta(name: str, value: str) -> str:
    """Return a field of an item."""
    return f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"


def filed(kind: str, slug: str) -> str:
    """Return a term of an item."""
    return f'<category domain="{kind}" nicename="{slug}">{slug.title()}</category>'


def wxr(folder: Path, *items: str) -> Path:
    """Write an export of WordPress."""
    path = folder / "export.xml"
    path.write_text(WXR.format(items="\n".join(items)), encoding="utf-8")
    return path


def drupal(folder: Path) -> Path:
    """Write a Drupal 7 site of three nodes and six comments."""
    path = folder / "drupal.sqlite"
    if not path.exists():
        make_site(path, nodes=3, comments=6)
    return path


def altered(path: Path, *statements: str) -> Path:
    """Run *statements* in the SQLite database at *path*."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="t1"><id>x</id><link>https://old.example/one/</link></thread>
<thread dsq:id="t2"><id>/two/</id><link/></thread>
{posts}</disqus>"""


def post(key: str, thread: str = "t1", parent: str = "", flags: str = "", at: str = "2012-05-01T09:00:00Z") -> str:
    """Return a comment of an export of Disqus."""
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{key}"><message><![CDATA[<p>Said {key}</p>]]></message><createdAt>{at}</createdAt>{flags}
<author><name>Reader 1</name></author><thread dsq:id="{thread}"/>{above}</post>"""


def disqus(folder: Path, *posts: str) -> Path:
    """Write an export of Disqus."""
    path = folder / "disqus.xml"
    path.write_text(
        DISQUS.format(posts="\n".join(posts or (post("1"), post("2", "t2"), post("3", "t1", "1")))), "utf-8"
    )
    return path


def isso(folder: Path) -> Path:
    """Write a database of Isso."""
    path = folder / "isso.db"
    altered(
        path,
        "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri, title)",
        "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, mode, text, author, email)",
        "INSERT INTO threads VALUES (1, '/one/', 'One')",
        "INSERT INTO comments VALUES (1, 1, NULL, 1335862800.5, 1, 'Said', 'Reader 1', 'reader@example.org')",
        "INSERT INTO comments VALUES (1, 2, 1, 1335862801, 2, 'Waits', NULL, NULL)",
        "INSERT INTO comments VALUES (1, 3, 1, 1335862802, 4, NULL, NULL, NULL)",
        "INSERT INTO comments VALUES (1, 4, 3, 1335862803, 9, 'Odd', NULL, NULL)",
    )
    return path


def lines(folder: Path, *records: dict[str, Any]) -> Path:
    """Write records as JSON lines."""
    path = folder / "records.jsonl"
    records = records or (
        {"kind": "author", "key": "1", "name": "Desk"},
        {
            "kind": "article",
            "key": "1",
            "title": "T",
            "html": "",
            "published_at": "2012-05-01T09:00:00",
            "topics": ["a"],
        },
        {"kind": "comment", "key": "1", "text": "Yes", "article": "1", "state": "held", "created_at": None},
    )
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def words_for(source: Source, folder: Path) -> list[str]:
    """Return what to say to *source* to read a small archive, which is written into *folder*."""
    export = (
        item("1", more=filed("category", "city") + said("1")),
        item("2", kind="page"),
        item("3", kind="attachment"),
    )
    match source.name:
        case "drupal7":
            return [f"sqlite:///{drupal(folder)}"]
        case "wordpress" | "wordpress-comments":
            return [str(wxr(folder, *export))]
        case "disqus":
            return [str(disqus(folder))]
        case "isso":
            return [str(isso(folder))]
    return [str(lines(folder))]


def options_of(source: Source, words: list[str]) -> dict[str, Any]:
    """Return *words* as the command would hand them to *source*."""
    parser = ArgumentParser()
    source.offer(parser)
    return vars(parser.parse_args(words))


def read(source: Source, *words: object) -> list[Record]:
    """Return the records of *source*."""
    return list(source.open(options_of(source, [str(word) for word in words])).records)


def of(kind, records):
    return [record for record in records if isinstance(record, kind)]


FIELD = (
    "CREATE TABLE field_data_{0} (entity_type, bundle, deleted, entity_id, revision_id, language, delta, {1})",
    "INSERT INTO field_config VALUES ({2}, '{0}', '{3}', 'field_sql_storage', 0)",
    "INSERT INTO field_config_instance VALUES ({2}, 'node', 'article', 0)",
)


def field(number: int, name: str, kind: str, columns: str, *rows: str) -> list[str]:
    """Return the statements for a field; each of *rows* is a node's id, a language and the columns' values."""
    made = [statement.format(name, columns, number, kind) for statement in FIELD]
    for row in rows:
        nid, language, *values = row.split("|")
        facts = ", ".join(["'node'", "'article'", "0", nid, nid, language, "0", *values])
        made.append(f"INSERT INTO field_data_{name} VALUES ({facts})")
    return made


def records_of(site, *words):
    return read(Drupal7(), f"sqlite:///{site}", *words)
