"""What the operator says through the environment, read once.

Every name begins with ``TRIBUNA_``; ``TRIBUNA_X_FILE`` names a file that holds the value of ``TRIBUNA_X``, for secrets.
A file ``tribuna.env`` in the working directory is read as well; the real environment wins over it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

HOME = Path.cwd()
BEFORE = dict(os.environ)  # as it was before tribuna.env was added: a reload reads that again

_env = FileAwareEnv(prefix="TRIBUNA_", strip_whitespace=True)
_env.read_env(HOME / "tribuna.env", recurse=False)

DEBUG: bool = _env.bool("DEBUG", False)
SECRET_KEY: str = _env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = _env.list("SECRET_KEY_FALLBACKS", [])
ADDRESS: str = _env.str("ADDRESS", "http://127.0.0.1:8000").rstrip("/")
HOSTS: list[str] = _env.list("HOSTS", [])
DATA: Path = _env.path("DATA", HOME)
DATABASE_URL: str = _env.str("DATABASE_URL", f"sqlite:///{DATA / 'tribuna.sqlite3'}")
DATABASE_PREPARED: bool = _env.bool("DATABASE_PREPARED", True)
TRUSTED_PROXIES: list[str] = _env.list("TRUSTED_PROXIES", [])
TIME_ZONE: str = _env.str("TIME_ZONE", "UTC")
SITE_NAME: str = _env.str("SITE_NAME", "Tribuna")
PRESS_MEGABYTES: int = _env.int("PRESS_MEGABYTES", 1024)
CDN_SECONDS: int = _env.int("CDN_SECONDS", 0)
WEBSUB_HUBS: list[str] = _env.list("WEBSUB_HUBS", [])
INDEXNOW_KEY: str = _env.str("INDEXNOW_KEY", "")
WIRE_NETWORKS: list[str] = _env.list("WIRE_NETWORKS", [])
ASKING: str = _env.str("ASKING", "adaptive")
REDIS_URL: str = _env.str("REDIS_URL", "")
PRESSURE_STORE = f"tribuna.humans.stores.{'redis.Redis' if REDIS_URL else 'database.Database'}Buckets"
LOG_FORMAT: str = _env.str("LOG_FORMAT", "line")
LOG_ACCESS: bool = _env.bool("LOG_ACCESS", False)
MAIL_URL: str = _env.str("MAIL_URL", "console:")
MAIL_FROM: str = _env.str("MAIL_FROM", "tribuna@localhost")
ERRORS_MAIL: str = _env.str("ERRORS_MAIL", "")


def in_brackets(host: str) -> str:
    """Return *host* as it stands in an address: that of IPv6 in brackets (RFC 3986, 3.2.2)."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def mailer(url: str) -> dict[str, Any]:
    """Return a Django mailer for *url*: ``console:``, ``submission://user:password@host`` (STARTTLS), ``smtp://host:25``.

    Raises ImproperlyConfigured for a scheme that is none of these.
    """
    parsed = dj_email_url.parse(url)
    if "EMAIL_BACKEND" not in parsed:
        raise ImproperlyConfigured(
            "TRIBUNA_MAIL_URL begins with console:, submission:// or smtp://, as in submission://user:password@host"
        )
    backend = parsed["EMAIL_BACKEND"]
    if not backend.endswith("smtp.EmailBackend"):
        return {"BACKEND": backend}
    names = {"host": "HOST", "port": "PORT", "username": "HOST_USER", "password": "HOST_PASSWORD"}
    options = {option: parsed[f"EMAIL_{name}"] for option, name in names.items()}
    return {
        "BACKEND": backend,
        "OPTIONS": {**options, "use_tls": parsed["EMAIL_USE_TLS"], "use_ssl": parsed["EMAIL_USE_SSL"]},
    }
