"""What of a Drupal site goes where: proposed from its own configuration, reviewed by a person, read back as TOML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tribuna.importers.base import SourceBroken
from tribuna.importers.sources.drupal7.database import Database

TEXT, STANDFIRST, KICKER, TITLE = "text", "standfirst", "kicker", "title"
MAIN_IMAGE, PICTURES, TERMS, LEAVE_OUT = "main_image", "pictures", "terms", "leave_out"
PLACES = (TEXT, STANDFIRST, KICKER, TITLE, MAIN_IMAGE, PICTURES, TERMS, LEAVE_OUT)
SECTIONS, TOPICS = "sections", "topics"
SHELVES = (SECTIONS, TOPICS, LEAVE_OUT)
HTML, LINES, PLAIN, CODE = "html", "html_with_line_breaks", "plain", "code"
FORMS = (HTML, LINES, PLAIN, CODE)

_SECTION_NAMES = re.compile(r"section|secci|rubri|categor|channel|canal|ressort", re.IGNORECASE)
_STANDFIRST_NAMES = re.compile(r"subtit|standfirst|summary|lead|entradilla|bajada|deck|teaser|intro", re.IGNORECASE)
_KICKER_NAMES = re.compile(r"kicker|antetit|pretit|overline|eyebrow", re.IGNORECASE)
_HEAD = """\
# How this Drupal site becomes articles. Proposed from its own configuration: read it, correct it, and give it back with
# --mapping FILE. Whatever is left out is kept as it was and told in the report.
"""


@dataclass(slots=True)
class Mapping7:
    """The decisions."""

    types: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    vocabularies: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)

    def corrected(self, said: Mapping7) -> Mapping7:
        """Return what a person *said*; fields that they did not name are left out, but not forgotten."""
        fields = dict.fromkeys(self.fields, LEAVE_OUT) | {
            n: place for n, place in said.fields.items() if n in self.fields
        }
        return Mapping7(said.types, fields, said.vocabularies, self.formats | said.formats)

    def as_toml(self) -> str:
        """Return the file that says so."""
        return "\n".join([_HEAD, f"types = {json.dumps(self.types)}", *_table_lines(self)]) + "\n"


def _table_lines(mapping: Mapping7) -> Iterator[str]:
    tables = (
        ("fields", mapping.fields, PLACES),
        ("vocabularies", mapping.vocabularies, SHELVES),
        ("formats", mapping.formats, FORMS),
    )
    for name, table, allowed in tables:
        yield f"\n[{name}]  # {', '.join(allowed)}"
        yield from (f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items())


def proposed(database: Database) -> Mapping7:
    """Return what is likely to be right for the site in *database*. Raises SourceBroken."""
    if not database.has("node") or not database.has("field_config"):
        raise SourceBroken("There is no Drupal 7 site in this database; --prefix says what its tables begin with.")
    types = [row["type"] for row in database.rows("SELECT type FROM {node} GROUP BY type ORDER BY type")]
    return Mapping7(
        types=types,
        fields=_fields(database),
        vocabularies=_vocabularies(database) if database.has("taxonomy_vocabulary") else {},
        formats=_formats(database) if database.has("filter") else {},
    )


def _fields(database: Database) -> dict[str, str]:
    rows = database.rows(
        "SELECT DISTINCT c.field_name, c.type, c.id FROM {field_config} c "
        "JOIN {field_config_instance} i ON i.field_id = c.id "
        "WHERE i.entity_type = 'node' AND c.deleted = 0 AND i.deleted = 0 AND c.storage_type = 'field_sql_storage' "
        "ORDER BY c.id"
    )
    places: dict[str, str] = {}
    for row in rows:
        places[row["field_name"]] = _place(row["field_name"], row["type"], places)
    return places


def _place(name: str, kind: str, known: Mapping[str, str]) -> str:
    if kind == "taxonomy_term_reference":
        return TERMS
    if kind == "image":
        return PICTURES if MAIN_IMAGE in known.values() else MAIN_IMAGE
    if not kind.startswith("text"):
        return LEAVE_OUT
    for place, names in ((KICKER, _KICKER_NAMES), (STANDFIRST, _STANDFIRST_NAMES)):
        if names.search(name):
            return place
    return TITLE if name == "title_field" else TEXT if name == "body" else LEAVE_OUT


def _vocabularies(database: Database) -> dict[str, str]:
    rows = database.rows("SELECT machine_name, name FROM {taxonomy_vocabulary} ORDER BY vid")
    return {
        row["machine_name"]: SECTIONS if _SECTION_NAMES.search(f"{row['machine_name']} {row['name']}") else TOPICS
        for row in rows
    }


def _formats(database: Database) -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in database.rows("SELECT format, name, status FROM {filter} ORDER BY format, weight, name"):
        said = forms.setdefault(row["format"], HTML)
        if not row["status"]:
            continue
        if row["name"] == "php_code":
            forms[row["format"]] = CODE
        elif row["name"] == "filter_html_escape" and said != CODE:
            forms[row["format"]] = PLAIN
        elif row["name"] == "filter_autop" and said == HTML:
            forms[row["format"]] = LINES
    return forms


def read_mapping(path: Path) -> Mapping7:
    """Return what the file at *path* says. Raises SourceBroken that tells what is wrong in it."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceBroken(f"The mapping {path} can't be read: {error}") from error
    mapping = Mapping7(types=[str(each) for each in said.get("types", [])])
    for name, allowed in (("fields", PLACES), ("vocabularies", SHELVES), ("formats", FORMS)):
        table = said.get(name, {})
        wrong = [f"{key} = {value!r}" for key, value in table.items() if value not in allowed]
        if wrong:
            raise SourceBroken(f"The mapping {path} says [{name}] {'; '.join(wrong)}; it may be: {', '.join(allowed)}.")
        setattr(mapping, name, dict(table))
    return mapping
