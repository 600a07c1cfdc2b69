"""Writes configurations for who stands around Tribuna: nginx or Caddy, which serve the press's files, and systemd.

Everything in them comes from the newsroom's own settings and from the very code that answers without a proxy; written
anew they follow it. Nothing here needs the database.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from tribuna import __version__

MARK = "# Written by `tribuna deploy"
_KINDS = ("nginx", "caddy", "systemd")


def offer(parser: argparse.ArgumentParser, bind: Callable[[str], tuple[str, int]]) -> None:
    """Add the arguments of ``tribuna deploy`` to *parser*; *bind* reads HOST:PORT."""
    parser.add_argument("kind", choices=_KINDS, help="for whom it is")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there instead of printing it")
    parser.add_argument(
        "--upstream", type=bind, default=("127.0.0.1", 8000), metavar="HOST:PORT", help="where `tribuna serve` listens"
    )
    parser.add_argument(
        "--certificate", type=Path, metavar="FOLDER", help="where fullchain.pem and privkey.pem are (nginx: certbot's)"
    )
    parser.add_argument(
        "--brotli", action=argparse.BooleanOptionalAction, help="whether nginx has Brotli (default: looks)"
    )


def deploy(arguments: argparse.Namespace) -> None:
    """Print or write what *arguments* (see ``offer``) ask for; what the operator should know goes to standard error.

    Raises ImproperlyConfigured when the settings can't be written down so that they work, FileExistsError when the
    file is not one of ours.
    """
    import django

    django.setup()  # the settings are read from here on, and no earlier
    from tribuna.site.deploy.facts import facts

    write = import_module(f"tribuna.site.deploy.{arguments.kind}").configuration
    known = facts(arguments.upstream, certificate=arguments.certificate, brotli=arguments.brotli)
    text = f"{MARK} {arguments.kind}`, Tribuna {__version__}, for {known.address}\n{write(known)}"
    if arguments.output is None:
        print(text, end="")
    else:
        _write(arguments.output, text)
    if arguments.kind != "systemd":
        _say(known.advice())
    if arguments.kind == "nginx":
        _say(known.advice_about_certificate())


def _write(file: Path, text: str) -> None:
    if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(MARK):
        raise FileExistsError(f"{file} is there already, and not written by `tribuna deploy`. Nothing was changed.")
    file.write_text(text, encoding="utf-8")


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"tribuna: {sentence}", file=sys.stderr)
