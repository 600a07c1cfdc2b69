"""Nodes: each becomes a story, and one more in every language into which its fields were translated."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape

from tribuna.core.markup import text_of
from tribuna.importers.base import FIELD_LEFT_OUT, FORMAT_UNSAFE, KIND_LEFT_OUT, Article, Lost, Note
from tribuna.importers.sources.drupal7 import mapping as places
from tribuna.importers.sources.drupal7.database import Row
from tribuna.importers.sources.drupal7.site import ROWS_AT_ONCE, UNDEFINED, Site, language_of

_OPEN = 2  # of a node's comments
_MEDIA = re.compile(r'\[\[\{.*?"fid":"?(\d+)"?.*?\}\]\]', re.DOTALL)
_KEYS = {"entity_type", "bundle", "deleted", "entity_id", "revision_id", "language", "delta"}

type Values = dict[str, list[Row]]


def moment(seconds: object) -> datetime | None:
    """Return the moment that Drupal keeps as a number of seconds."""
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def node_batches(site: Site) -> Iterator[list[Row]]:
    """Yield the nodes in the order of their ids."""
    last = -1
    while rows := site.database.rows(f"SELECT * FROM {{node}} WHERE nid > ? ORDER BY nid LIMIT {ROWS_AT_ONCE}", last):  # noqa: S608
        last = rows[-1]["nid"]
        yield rows


def articles(site: Site) -> Iterator[Article]:
    """Yield the stories that nodes of the chosen types are."""
    for rows in node_batches(site):
        chosen = [row for row in rows if row["type"] in site.mapping.types]
        if chosen:
            yield from _Batch(site, chosen).articles()


def other_nodes(site: Site) -> Iterator[Lost]:
    """Yield the nodes of other types, and say what else of nodes does not come."""
    for rows in node_batches(site):
        for row in rows:
            if row["type"] not in site.mapping.types:
                note = Note(KIND_LEFT_OUT, row["type"], json.dumps(row, ensure_ascii=False, default=str))
                yield Lost(key=f"node:{row['nid']}", notes=(note,))
    if site.database.has("node_revision"):
        count = site.database.number("SELECT count(*) FROM {node_revision}")
        older = count - site.database.number("SELECT count(*) FROM {node}")
        if older > 0:
            yield Lost(key="revisions", notes=(Note(KIND_LEFT_OUT, f"{older} older revisions"),))


class _Batch:
    """Some nodes, with what belongs to them."""

    def __init__(self, site: Site, nodes: list[Row]) -> None:
        self.site, self.nodes = site, nodes
        self.ids = [row["nid"] for row in nodes]
        self.aliases = site.aliases(f"node/{nid}" for nid in self.ids)
        self.redirects = site.sent_on(f"node/{nid}" for nid in self.ids)
        self.values: defaultdict[int, Values] = defaultdict(dict)
        for name in site.mapping.fields:
            self._load(name)
        self.translations = _translations(site, self.ids)
        self.files = self._files()

    def _load(self, name: str) -> None:
        table = f"field_data_{name}"
        if not re.fullmatch(r"\w+", name) or not self.site.database.has(table):
            return
        more = "AND entity_type = 'node' AND deleted = 0"
        for row in self.site.database.below(table, "entity_id", self.ids, more, "ORDER BY entity_id, delta"):
            self.values[row["entity_id"]].setdefault(name, []).append(row)

    def _files(self) -> dict[int, str]:
        """Return where the files stood that texts name by their id."""
        texts = (
            str(row.get(f"{name}_value", ""))
            for values in self.values.values()
            for name, rows in values.items()
            for row in rows
        )
        named = {int(found) for text in texts for found in _MEDIA.findall(text)}
        return {
            row["fid"]: self.site.file_address(row["uri"])
            for row in self.site.database.below("file_managed", "fid", sorted(named))
        }

    def articles(self) -> Iterator[Article]:
        for node in self.nodes:
            original = language_of(node["language"]) or self.site.default_language
            rows = self.translations.get(node["nid"], [])
            yield self._article(node, original, is_translated=bool(rows))
            for row in rows:
                if row["language"] != original and row["source"]:
                    facts = {name: row[name] for name in ("status", "created", "changed", "uid")}
                    yield self._article(node | facts, row["language"], is_translated=True, original=original)

    def _article(self, node: Row, language: str, *, is_translated: bool, original: str = "") -> Article:
        """Return the story of *node* in *language*; *original*: that of the node, where this is a translation of it."""
        nid, source = node["nid"], f"node/{node['nid']}"
        here = {name: _in(rows, language, original) for name, rows in self.values[nid].items()}
        work = _Fields(self.site, here, self.files)
        addresses = self.site.addresses(source, self.aliases.get(source, ()), language=language)
        if original:
            addresses = tuple(each for each in addresses if each != f"/{source}")
        sections = [key for key in work.terms if int(key) in self.site.section_terms]
        sister = f"n{nid}" if is_translated else f"t{node['tnid']}" if node.get("tnid") else ""
        work.note_more(node, sections[1:])
        html = work.html()
        return Article(
            key=f"{nid}:{language}" if original else str(nid),
            title=work.first(places.TITLE) or node["title"],
            html=html,
            kicker=work.first(places.KICKER),
            standfirst=work.first(places.STANDFIRST) or work.summary,
            language=language,
            sister=sister,
            is_live=bool(node["status"]) and not work.is_code,
            published_at=moment(node["created"]),
            updated_at=moment(node["changed"]),
            authors=(str(node["uid"]),) if node["uid"] else (),
            section=sections[0] if sections else "",
            topics=tuple(key for key in work.terms if key not in sections),
            main_image=work.main_image,
            main_image_alt=work.main_image_alt,
            pictures=tuple(work.pictures),
            takes_comments=node["comment"] == _OPEN,
            addresses=(*addresses, *self.redirects.get(source, ())) if not original else addresses,
            notes=tuple(work.notes),
        )


class _Fields:
    """The fields of one story in one language, put where the mapping says."""

    def __init__(self, site: Site, values: Values, files: Mapping[int, str]) -> None:
        self.site, self.values, self.files = site, values, files
        self.notes: list[Note] = []
        self.pictures: list[str] = []
        self.terms: list[str] = []
        self.main_image = self.main_image_alt = self.summary = ""
        self.is_code = False
        for name, rows in values.items():
            self._sort(name, rows, site.mapping.fields[name])

    def _sort(self, name: str, rows: list[Row], place: str) -> None:
        if place == places.LEAVE_OUT:
            said = [{key: value for key, value in row.items() if key not in _KEYS} for row in rows]
            self.notes.append(Note(FIELD_LEFT_OUT, name, json.dumps(said, ensure_ascii=False, default=str)))
        elif place == places.TERMS:
            self.terms += [str(row[f"{name}_tid"]) for row in rows if row[f"{name}_tid"]]
        elif place in {places.MAIN_IMAGE, places.PICTURES}:
            keys = [str(row[f"{name}_fid"]) for row in rows if row[f"{name}_fid"]]
            if place == places.MAIN_IMAGE and keys:
                self.main_image, keys = keys[0], keys[1:]
                self.main_image_alt = rows[0].get(f"{name}_alt") or ""
            self.pictures += keys

    def _at(self, place: str) -> Iterator[tuple[str, Row]]:
        for name, rows in self.values.items():
            if self.site.mapping.fields[name] == place:
                yield from ((name, row) for row in rows)

    def first(self, place: str) -> str:
        """Return the words of the first field that goes to *place*."""
        return next((words for name, row in self._at(place) if (words := text_of(self._html(name, row)))), "")

    def html(self) -> str:
        """Return the text of the story."""
        parts = []
        for name, row in self._at(places.TEXT):
            self.summary = self.summary or text_of(row.get(f"{name}_summary") or "")
            parts.append(self._html(name, row))
        return "\n".join(parts)

    def _html(self, name: str, row: Row) -> str:
        text = row.get(f"{name}_value") or ""
        form = self.site.mapping.formats.get(row.get(f"{name}_format") or "", places.PLAIN)
        if form == places.CODE:
            self.is_code = True
            self.notes.append(Note(FORMAT_UNSAFE, row[f"{name}_format"], text, is_lost=False))
        if form in {places.CODE, places.PLAIN}:
            return _paragraphs(escape(text, quote=False))
        text = _MEDIA.sub(self._media, text)
        return _paragraphs(text) if form == places.LINES and "<p" not in text else text

    def _media(self, found: re.Match[str]) -> str:
        address = self.files.get(int(found[1]))
        if address is None:
            self.notes.append(Note(FIELD_LEFT_OUT, "media", found[0]))
            return ""
        return f'<img src="{escape(address)}">'

    def note_more(self, node: Row, more_sections: list[str]) -> None:
        """Say what else of *node* has no place."""
        self.notes += [Note(FIELD_LEFT_OUT, "section", key) for key in more_sections]
        self.notes += [Note(FIELD_LEFT_OUT, name, is_lost=False) for name in ("sticky",) if node[name]]


def _paragraphs(text: str) -> str:
    """Return *text* with its empty lines and line ends as tags."""
    blocks = (block.strip() for block in re.split(r"\r?\n[ \t]*\r?\n", text))
    return "".join(f"<p>{re.sub(r'\r?\n', '<br>', block)}</p>" for block in blocks if block)


def _in(rows: Iterable[Row], language: str, original: str) -> list[Row]:
    """Return those of *rows* in *language*, else in no language, else in the *original* one."""
    by_language: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_language[row["language"]].append(row)
    wanted = next((code for code in (language, UNDEFINED, original) if code in by_language), None)
    return by_language[wanted] if wanted else next(iter(by_language.values()))


def _translations(site: Site, ids: list[int]) -> dict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    if site.database.has("entity_translation"):
        for row in site.database.below("entity_translation", "entity_id", ids, "AND entity_type = 'node'"):
            found[row["entity_id"]].append(row)
    return found
