"""Comments of a Drupal site, thread by thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tribuna.core.markup import text_of
from tribuna.importers.base import FIELD_LEFT_OUT, Comment, Note, Said
from tribuna.importers.sources.drupal7 import mapping as places
from tribuna.importers.sources.drupal7.database import Row
from tribuna.importers.sources.drupal7.nodes import moment, node_batches
from tribuna.importers.sources.drupal7.site import Site, language_of


def comments(site: Site) -> Iterator[Comment]:
    """Yield the comments under the nodes that come."""
    if not site.database.has("comment"):
        return
    for nodes in node_batches(site):
        ids = [node["nid"] for node in nodes if node["type"] in site.mapping.types]
        rows = list(site.database.below("comment", "nid", ids, order="ORDER BY nid, cid"))
        if rows:
            yield from _comments(site, rows)


def _comments(site: Site, rows: list[Row]) -> Iterator[Comment]:
    cids = [row["cid"] for row in rows]
    users = {
        row["uid"]: row for row in site.database.below("users", "uid", sorted({r["uid"] for r in rows if r["uid"]}))
    }
    bodies: dict[int, Row] = {}
    if site.database.has("field_data_comment_body"):
        more = "AND entity_type = 'comment' AND deleted = 0"
        for body in site.database.below(
            "field_data_comment_body", "entity_id", cids, more, "ORDER BY entity_id, delta DESC"
        ):
            bodies[body["entity_id"]] = body
    translated = _translated(site, cids)
    for row in rows:
        yield _comment(site, row, users.get(row["uid"], {}), bodies.get(row["cid"], {}), translated.get(row["cid"], []))


def _translated(site: Site, cids: list[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    if site.database.has("entity_translation"):
        more = "AND entity_type = 'comment' AND source <> ''"
        for row in site.database.below("entity_translation", "entity_id", cids, more):
            found[row["entity_id"]].append(row["language"])
    return found


def _comment(site: Site, row: Row, user: Row, body: Row, translated: list[str]) -> Comment:
    return Comment(
        key=str(row["cid"]),
        article=str(row["nid"]),
        parent=str(row["pid"]) if row["pid"] else "",
        text=_text(site, row["subject"] or "", body),
        name=row["name"] or user.get("name") or "",
        email=row["mail"] or user.get("mail") or "",
        language=language_of(row["language"]),
        state=Said.PUBLISHED if row["status"] else Said.HELD,
        created_at=moment(row["created"]),
        notes=tuple(Note(FIELD_LEFT_OUT, f"translation: {code}") for code in translated),
    )


def _text(site: Site, subject: str, body: Row) -> str:
    """Return what was said, below its subject unless that is only the first words of it."""
    raw = body.get("comment_body_value") or ""
    form = site.mapping.formats.get(body.get("comment_body_format") or "", places.PLAIN)
    text = raw if form in {places.PLAIN, places.CODE} else text_of(raw, breaks=form == places.LINES)
    words, said = " ".join(text.split()), " ".join(subject.split())
    is_beginning = words.casefold().startswith(said.rstrip(".… ").casefold())
    return text if is_beginning else "\n\n".join(filter(None, (subject, text)))
