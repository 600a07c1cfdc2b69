"""The ``tribuna`` command: start a newsroom, serve it, show a demo. Any other word is a management command."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator, validate_email

from tribuna import __version__
from tribuna.site import deploy
from tribuna.site.server import Handover

PORT_MAXIMUM = 65_535
WORKERS_MAXIMUM = 256
_SETTINGS = "tribuna.site.settings"
_EPILOG = """Any other word is a management command, run for the newsroom in the working directory:
tribuna createsuperuser, tribuna migrate, tribuna help ..."""


def _bind(text: str) -> tuple[str, int]:
    host, separator, port = text.rpartition(":")
    if not (separator and host and port.isdecimal() and len(port) <= 5 and 0 < int(port) <= PORT_MAXIMUM):
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _address(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address such as https://news.example.org") from None
    return text.rstrip("/")


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an e-mail address") from None
    return text


def _workers(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= WORKERS_MAXIMUM):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {WORKERS_MAXIMUM}")
    return int(text)


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", type=_bind, default=("127.0.0.1", 8000), metavar="HOST:PORT")
    parser.add_argument("--workers", type=_workers, default=2, help="HTTP worker processes (default: 2)")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tribuna", description="A news site in one command.", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"tribuna {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    start = commands.add_parser("start", help="make a new newsroom in a folder of its own")
    start.add_argument("folder", type=Path, help="the folder to make, such as mynews")
    start.add_argument("--name", default="", help="what the paper is called (default: the folder's name)")
    start.add_argument("--address", type=_address, default="http://127.0.0.1:8000", help="where readers will find it")
    start.add_argument(
        "--email", type=_email, help="make an administrator with this address; the password is printed once"
    )

    serve = commands.add_parser("serve", help="serve the newsroom in the working directory")
    _add_serving(serve)
    serve.add_argument("--check", action="store_true", help="bring it up to date, look for mistakes, and serve nothing")
    serve.add_argument("--handover", type=Handover.parse, help=argparse.SUPPRESS)  # from a root to the one after it

    demo = commands.add_parser("demo", help="serve a newsroom full of invented stories, to try things on")
    _add_serving(demo)
    demo.add_argument("--folder", type=Path, default=Path("demo"), help="where its files live (default: ./demo)")
    demo.add_argument("--fresh", action="store_true", help="throw the old demo away first")

    deploy.offer(commands.add_parser("deploy", help="print a configuration for nginx, Caddy or systemd"), _bind)
    commands.add_parser("secret", help="print a new secret key, for TRIBUNA_SECRET_KEY")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    from tribuna.site import newsrooms
    from tribuna.site.server import serve

    if arguments.command == "secret":
        print(newsrooms.new_secret())
    elif arguments.command == "deploy":
        deploy.deploy(arguments)
    elif arguments.command == "start":
        newsrooms.start(arguments.folder, name=arguments.name, address=arguments.address, email=arguments.email or "")
    elif arguments.command == "demo":
        newsrooms.enter_demo(arguments.folder, bind=arguments.bind, fresh=arguments.fresh)
        return serve(*arguments.bind, workers=arguments.workers, prepare=newsrooms.fill_demo)
    elif arguments.check:
        newsrooms.check()
    else:
        prepare = newsrooms.load if arguments.handover else newsrooms.check
        return serve(*arguments.bind, workers=arguments.workers, prepare=prepare, handover=arguments.handover)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line *argv* (without the program's name) and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    multiprocessing.current_process().name = "tribuna"  # in the log; a server's children have names of their own
    words = list(sys.argv[1:] if argv is None else argv)
    own = {"start", "serve", "demo", "deploy", "secret"}
    try:
        if words and words[0] not in own and not words[0].startswith("-"):
            from django.core.management import execute_from_command_line

            execute_from_command_line(["tribuna", *words])
            return 0
        return _run(_parser().parse_args(words))
    except (ImproperlyConfigured, OSError) as error:
        print(f"tribuna: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
