"""nginx: the press's files, the interface's and the pictures served by it, everything else handed on."""

from __future__ import annotations

import mimetypes
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from tribuna.site.deploy.facts import IPV6, PORTS, Facts, absolute, listens, quoted
from tribuna.site.deploy.paper import filled, served

MODULES = (Path("/etc/nginx/modules-enabled"), Path("/usr/share/nginx/modules"))
HTTP2_DIRECTIVE_SINCE = (1, 25, 1)
PROGRAMS = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"  # a shell's own path often lacks the first


def configuration(facts: Facts, *, path: str = PROGRAMS) -> str:
    """Return the text of a file for ``sites-available``, as the nginx on *path* reads it."""
    brotli = has_brotli(path=path) if facts.brotli is None else facts.brotli
    has_http2 = nginx_version(path) >= HTTP2_DIRECTIVE_SINCE
    asked = {**_hosts(facts), **_transport(facts, has_http2=has_http2), **_media(), "brotli": brotli}
    return filled("nginx.conf", {**served(facts), **asked})


def _hosts(facts: Facts) -> dict[str, Any]:
    is_one = len(facts.hosts) == 1 and not facts.hosts[0].startswith(".")
    not_ours = {settings.STATIC_URL, settings.MEDIA_URL}
    return {
        "names": " ".join(facts.hosts),
        # Either way it is a name of this server's, and nginx has found it to be one.
        "host_folder": f"{facts.hosts[0] if is_one else '$host'}{facts.port_suffix}",
        "handed_on": [each for each in settings.TRIBUNA_PRESS_NOT_PRINTED if each not in not_ours],
    }


def _transport(facts: Facts, *, has_http2: bool) -> dict[str, Any]:
    """*has_http2*: nginx knows it as a directive, and not as a word of ``listen``."""
    ways = partial(listens, facts.hosts[0], ipv6=IPV6.exists())
    if facts.scheme == "http":
        return {"listens": ways(facts.port)}
    return {
        "listens": ways(facts.port),
        "redirects": [] if facts.port_suffix else ways(PORTS["http"]),
        "tls_words": " ssl" if has_http2 else " ssl http2",
        "http2_directive": has_http2,
        "certificate": quoted(facts.certificate_folder / "fullchain.pem"),
        "certificate_key": quoted(facts.certificate_folder / "privkey.pem"),
    }


def _media() -> dict[str, Any]:
    extensions = settings.WAGTAILIMAGES_EXTENSIONS
    return {
        "media_file": quoted(f"{absolute(settings.MEDIA_ROOT)}/").removesuffix('"') + '$1"',
        "types": [(mimetypes.guess_type(f"x.{each}")[0], each) for each in extensions],
    }


def nginx_version(path: str = PROGRAMS) -> tuple[int, ...]:
    """Return the version of the nginx on *path*; none is taken for an old one, whose words every nginx understands."""
    found = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", _said_by_nginx(path))
    return tuple(map(int, found.groups())) if found else ()


def has_brotli(folders: Iterable[Path] = MODULES, *, path: str = PROGRAMS) -> bool:
    """Say whether the nginx on *path*, or a module that *folders* make it load, knows files packed with Brotli."""
    loaded = any(file for folder in folders for file in folder.glob("*brotli*static*.conf"))
    return loaded or "brotli" in _said_by_nginx(path)


def _said_by_nginx(path: str) -> str:
    program = shutil.which("nginx", path=path)
    if program is None:
        return ""
    return subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stderr  # noqa: S603 - nginx
