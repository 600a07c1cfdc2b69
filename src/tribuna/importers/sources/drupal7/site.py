"""What has to be known of a Drupal site before its first node, and its small things: users, terms, files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import batched

from tribuna.core.markup import text_of
from tribuna.importers.base import KIND_LEFT_OUT, PARENT_TERM, PRIVATE_FILE, Author, File, Lost, Note, Term
from tribuna.importers.sources.drupal7.database import Database, Row
from tribuna.importers.sources.drupal7.mapping import LEAVE_OUT, SECTIONS, Mapping7

ROWS_AT_ONCE = 500
UNDEFINED = "und"
_SERIALISED = re.compile(r's:\d+:"(.*)";', re.DOTALL)


def language_of(code: str | None) -> str:
    """Return a language code, empty where Drupal knows of none."""
    return "" if code in {None, UNDEFINED, "zxx"} else str(code)


def path_of(alias: str) -> str:
    """Return the address of an *alias*, which is written without its signs being quoted."""
    for sign, quoted in (("%", "%25"), ("?", "%3F"), ("#", "%23")):
        alias = alias.replace(sign, quoted)
    return f"/{alias}"


@dataclass
class Site:
    """A Drupal site."""

    database: Database
    mapping: Mapping7

    @cached_property
    def types(self) -> str:
        """The chosen types, as a list in SQL; their names are machine names."""
        names = [name for name in self.mapping.types if re.fullmatch(r"\w+", name)]
        return ", ".join(f"'{name}'" for name in names) or "''"

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """What the addresses of each language begin with."""
        if not self.database.has("languages"):
            return {}
        rows = self.database.rows("SELECT language, prefix FROM {languages}")
        return {row["language"]: row["prefix"] for row in rows if row["prefix"]}

    @cached_property
    def default_language(self) -> str:
        """The language of what does not say its own."""
        found = re.search(r's:8:"language";s:\d+:"([\w-]+)"', self._variable("language_default"))
        return found[1] if found else ""

    @cached_property
    def public_path(self) -> str:
        """The folder of public files, as it stands in addresses."""
        found = _SERIALISED.search(self._variable("file_public_path"))
        return found[1] if found else "sites/default/files"

    def _variable(self, name: str) -> str:
        rows = self.database.rows("SELECT value FROM {variable} WHERE name = ?", name)
        value = rows[0]["value"] if rows else ""
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)

    def total(self) -> int:
        """Return how many records will come, about."""
        tables = ("node", "comment", "taxonomy_term_data", "file_managed")
        return sum(
            self.database.number(f"SELECT count(*) FROM {{{table}}}")  # noqa: S608 - of the list above
            for table in tables
            if self.database.has(table)
        )

    def aliases(self, sources: Iterable[str]) -> dict[str, list[Row]]:
        """Return the aliases of each of *sources*, such as node/12, the newest first."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for some in batched(sources, ROWS_AT_ONCE):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT source, alias, language FROM {{url_alias}} WHERE source IN ({marks}) ORDER BY pid DESC"  # noqa: S608
            for row in self.database.rows(sql, *some) if self.database.has("url_alias") else []:
                found[row["source"]].append(row)
        return found

    def sent_on(self, sources: Iterable[str]) -> dict[str, list[str]]:
        """Return the addresses that Drupal's module redirect sent on to each of *sources*."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for some in batched(sources, ROWS_AT_ONCE) if self.database.has("redirect") else ():
            marks = ", ".join("?" * len(some))
            sql = f"SELECT source, redirect FROM {{redirect}} WHERE redirect IN ({marks})"  # noqa: S608
            for row in self.database.rows(sql, *some):
                found[row["redirect"]].append(path_of(row["source"]))
        return found

    def _addresses_of(self, sources: list[str]) -> dict[str, tuple[str, ...]]:
        """Return where each of *sources*, which are in all languages, stood."""
        aliases, sent_on = self.aliases(sources), self.sent_on(sources)
        return {each: (*self.addresses(each, aliases.get(each, ())), *sent_on.get(each, ())) for each in sources}

    def addresses(self, source: str, aliases: Iterable[Row], *, language: str = "") -> tuple[str, ...]:
        """Return where *source* stood for readers of *language* (empty: of every one)."""
        prefixes = {code: prefix for code, prefix in self.prefixes.items() if language in {"", code}}
        paths = [f"/{source}", *(f"/{prefix}/{source}" for prefix in prefixes.values())]
        for row in aliases:
            path = path_of(row["alias"])
            if language and language_of(row["language"]) not in {"", language}:
                continue
            paths.append(path)
            paths += [
                f"/{prefix}{path}" for code, prefix in prefixes.items() if row["language"] in {code, UNDEFINED, ""}
            ]
        return tuple(dict.fromkeys(paths))

    def authors(self) -> Iterator[Author]:
        """Yield who wrote a node that comes, or a translation of one."""
        addresses = self._addresses_of([f"user/{row['uid']}" for row in self._writers])
        for row in self._writers:
            yield Author(key=str(row["uid"]), name=row["name"], addresses=addresses[f"user/{row['uid']}"])

    @cached_property
    def _writers(self) -> list[Row]:
        wrote = f"SELECT uid FROM {{node}} WHERE type IN ({self.types})"  # noqa: S608 - machine names only
        if self.database.has("entity_translation"):
            wrote += " UNION SELECT uid FROM {entity_translation} WHERE entity_type = 'node' AND source <> ''"
        return self.database.rows(f"SELECT uid, name FROM {{users}} WHERE uid > 0 AND uid IN ({wrote}) ORDER BY uid")  # noqa: S608

    def other_users(self) -> Iterator[Lost]:
        """Say how many users wrote nothing that comes: they are readers, and nobody's business."""
        count = self.database.number("SELECT count(*) FROM {users} WHERE uid > 0") - len(self._writers)
        if count > 0:
            yield Lost(key="users", notes=(Note(KIND_LEFT_OUT, f"{count} users who wrote nothing that came"),))

    @cached_property
    def shelves(self) -> dict[int, str]:
        """Where the terms of each vocabulary go, by its id."""
        if not self.database.has("taxonomy_vocabulary"):
            return {}
        rows = self.database.rows("SELECT vid, machine_name FROM {taxonomy_vocabulary}")
        return {row["vid"]: self.mapping.vocabularies.get(row["machine_name"], LEAVE_OUT) for row in rows}

    @cached_property
    def section_terms(self) -> set[int]:
        """The terms that are sections."""
        vocabularies = [vid for vid, shelf in self.shelves.items() if shelf == SECTIONS]
        return {row["tid"] for row in self.database.below("taxonomy_term_data", "vid", vocabularies)}

    def terms(self) -> Iterator[Term | Lost]:
        """Yield the terms."""
        if not self.database.has("taxonomy_term_data"):
            return
        parents = {
            row["tid"]: row["parent"]
            for row in self.database.rows("SELECT tid, parent FROM {taxonomy_term_hierarchy} WHERE parent > 0")
        }
        for some in batched(self.database.rows("SELECT * FROM {taxonomy_term_data} ORDER BY tid"), ROWS_AT_ONCE):
            addresses = self._addresses_of([f"taxonomy/term/{row['tid']}" for row in some])
            for row in some:
                yield self._term(row, parents.get(row["tid"]), addresses[f"taxonomy/term/{row['tid']}"])

    def _term(self, row: Row, parent: int | None, addresses: tuple[str, ...]) -> Term | Lost:
        shelf = self.shelves.get(row["vid"], LEAVE_OUT)
        if shelf == LEAVE_OUT:
            return Lost(key=f"term:{row['tid']}", notes=(Note(KIND_LEFT_OUT, "taxonomy_term", row["name"]),))
        return Term(
            key=str(row["tid"]),
            name=row["name"],
            description=text_of(row["description"] or ""),
            is_section=shelf == SECTIONS,
            language=language_of(row.get("language")),
            sister=str(row.get("i18n_tsid") or ""),
            addresses=addresses,
            notes=(Note(PARENT_TERM, str(parent), is_lost=False),) if parent else (),
        )

    def file_address(self, uri: str) -> str:
        """Return where the file at *uri* stood."""
        scheme, _mark, path = uri.partition("://")
        return path_of(f"{self.public_path}/{path}" if scheme == "public" else f"system/files/{path}")

    def files(self) -> Iterator[File | Lost]:
        """Yield the files that were kept."""
        if not self.database.has("file_managed"):
            return
        images = [name for name, kind in self._kinds.items() if kind == "image"]
        for some in batched(self.database.rows("SELECT * FROM {file_managed} ORDER BY fid"), ROWS_AT_ONCE):
            said = self._said_of([row["fid"] for row in some], images)
            for row in some:
                yield self._file(row, said.get(row["fid"], {}))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        rows = self.database.rows("SELECT field_name, type FROM {field_config} WHERE deleted = 0")
        return {row["field_name"]: row["type"] for row in rows if self.database.has(f"field_data_{row['field_name']}")}

    def _said_of(self, fids: list[int], fields: list[str]) -> dict[int, Row]:
        """Return what fields of pictures say of their files."""
        said: dict[int, Row] = {}
        for name in fields:
            for row in self.database.below(f"field_data_{name}", f"{name}_fid", fids, "AND deleted = 0"):
                said.setdefault(row[f"{name}_fid"], {"alt": row[f"{name}_alt"], "title": row[f"{name}_title"]})
        return said

    def _file(self, row: Row, said: Row) -> File | Lost:
        scheme, _mark, path = row["uri"].partition("://")
        if not row["status"] or scheme not in {"public", "private"}:
            return Lost(key=f"file:{row['fid']}", notes=(Note(KIND_LEFT_OUT, "temporary file", row["uri"]),))
        return File(
            key=str(row["fid"]),
            path=path if scheme == "public" else f"private/{path}",
            title=row["filename"],
            alt=said.get("alt") or "",
            caption=said.get("title") or "",
            addresses=(self.file_address(row["uri"]),),
            is_private=scheme == "private",
            notes=(Note(PRIVATE_FILE, row["uri"], is_lost=False),) if scheme == "private" else (),
        )
