"""The forms that configurations are filled into (the files beside this one that are no Python), and what all ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from tribuna.site.deploy.facts import Facts, absolute, quoted
from tribuna.site.deploy.headers import Headers, page_headers, picture_headers, static_headers

IMPORT_URL = "/admin/imports/"  # what comes here is looked at only when it is known who sends it
FORM_BYTES = 1024 * 1024  # what stands around an uploaded file

_ENGINE = Engine(dirs=[str(Path(__file__).parent)], autoescape=False)


def filled(name: str, values: Mapping[str, Any]) -> str:
    """Return the form *name* with *values*, without the empty lines that conditions leave."""
    text = _ENGINE.get_template(name).render(Context(dict(values), autoescape=False))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def served(facts: Facts) -> dict[str, Any]:
    """Return what every web server is told: which files, with which headers, and where to ask for all others.

    Raises ImproperlyConfigured for settings with which none could serve.
    """
    facts.refuse_what_cannot_be()
    largest = max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return {
        "name": facts.name,
        "upstream": facts.upstream,
        "port_suffix": facts.port_suffix,
        "upload_maximum": largest + FORM_BYTES,
        "import_url": IMPORT_URL,
        "import_maximum": max(largest, settings.TRIBUNA_IMPORTS_MAXIMUM_BYTES) + FORM_BYTES,
        "pages_folder": quoted(facts.pages_folder),
        "pages": [(prefix, _quoted(page_headers(facts, prefix))) for prefix in _prefixes()],
        "stored": "|".join(settings.TRIBUNA_PRESS_QUERY),
        "known": "|".join([*settings.TRIBUNA_PRESS_QUERY, *settings.TRIBUNA_PRESS_PASSED_QUERY]),
        "static_url": settings.STATIC_URL,
        "static_folder": quoted(f"{absolute(settings.STATIC_ROOT)}/"),
        "static_headers": _quoted(static_headers(facts)),
        "media_url": re.escape(settings.MEDIA_URL),
        "extensions": "|".join(settings.WAGTAILIMAGES_EXTENSIONS),
        "picture_headers": _quoted(picture_headers(facts)),
    }


def _prefixes() -> list[str]:
    """Return what stored pages' paths begin with: the languages. None where a CDN must be told each page's tags."""
    return [] if settings.TRIBUNA_PRESS_CDN_SECONDS else [f"/{code}/" for code, _name in settings.LANGUAGES]


def _quoted(headers: Headers) -> Headers:
    return [(name, quoted(value)) for name, value in headers]
