"""How the log is written: one line an event on standard error, for people to read or for machines."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pythonjsonlogger.core import RESERVED_ATTRS

# Django hands its log the whole request, and with it the reader's query and cookies.
_KEPT_BACK = [*RESERVED_ATTRS, "request", "response"]
_LINE = {"format": "{asctime} {levelname} {processName} {name} {message}", "style": "{"}
_JSON = {
    "()": "pythonjsonlogger.json.JsonFormatter",
    "fmt": ["levelname", "processName", "process", "name", "message"],
    "rename_fields": {"levelname": "level", "processName": "role", "process": "pid", "name": "logger"},
    "timestamp": "time",
    "reserved_attrs": _KEPT_BACK,
}
FORMATS: dict[str, dict[str, Any]] = {"line": _LINE, "json": _JSON}


def logging_settings(form: str) -> dict[str, Any]:
    """Return Django's LOGGING for *form*, ``line`` or ``json``. Raises ImproperlyConfigured for another one."""
    if form not in FORMATS:
        raise ImproperlyConfigured(f"TRIBUNA_LOG_FORMAT is line or json, not {form!r}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": FORMATS[form]},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tribuna.site": {"level": "INFO"},
            "tribuna.access": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
