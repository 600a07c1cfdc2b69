"""Makes a newsroom in a folder: its ``tribuna.env``, database, languages, groups; and the demo's stories."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from tribuna.site.ports import EVERY_ADDRESS, host_in_address, take_port

ENV_FILE = "tribuna.env"
DEMO_FILE = "this-is-a-demo"
SECRET_BYTES = 48
PASSWORD_BYTES = 12


def new_secret() -> str:
    """Return a key of 48 random bytes, as URL-safe text."""
    return secrets.token_urlsafe(SECRET_BYTES)


def _write_env(folder: Path, *, name: str, address: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "# What this newsroom's operator says. Every name is explained in Tribuna's reference, under Environment.",
        f"TRIBUNA_SITE_NAME='{name}'",
        f"TRIBUNA_ADDRESS={address}",
        f"TRIBUNA_SECRET_KEY={new_secret()}",
    ]
    file = folder / ENV_FILE
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")


def _enter(folder: Path) -> None:
    """Make *folder* the working directory and load Django there; its ``tribuna.env`` counts from now on."""
    os.chdir(folder)
    load()


def _prepare(*, name: str, address: str) -> None:
    """Bring database, languages, groups and static files up to date. Safe to repeat."""
    from tribuna.moderation.actions import open_desk
    from tribuna.newsroom.actions import open_newsroom
    from tribuna.site.tasks import done_at_once

    _hurry()
    _bring_up_to_date()
    parts = urlsplit(address)
    with done_at_once():
        open_newsroom(
            name, hostname=parts.hostname or "localhost", port=parts.port or (443 if parts.scheme == "https" else 80)
        )
        open_desk()


def _bring_up_to_date() -> None:
    """Bring the database's tables and the static files to this version."""
    from django.core.management import call_command

    from tribuna.site.clock import index_expiry
    from tribuna.site.static import collect_static

    call_command("migrate", verbosity=0, interactive=False)
    index_expiry()
    collect_static()


def _hurry() -> None:
    """Let this process, and no other, not wait for the disk: what it makes, it can make again."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def start(folder: Path, *, name: str, address: str, email: str) -> None:
    """Make a new newsroom in *folder*. Raises FileExistsError when there is one already."""
    if (folder / ENV_FILE).exists():
        raise FileExistsError(
            f"{folder / ENV_FILE} is there already: this folder holds a newsroom. Nothing was changed."
        )
    folder = folder.resolve()
    name = (name or folder.name or "Tribuna").replace("'", "’")
    _write_env(folder, name=name, address=address)
    try:
        _enter(folder)
        _prepare(name=name, address=address)
    except BaseException:
        (folder / ENV_FILE).unlink()  # or the next attempt would find a newsroom here
        raise
    print(f"{name} is ready in {folder}.")
    if email:
        _make_administrator(email)
    else:
        print("Make an administrator with: tribuna createsuperuser")
    print(f"Serve it with: cd {folder} && tribuna serve")


def _make_administrator(email: str) -> None:
    from django.contrib.auth import get_user_model

    password = secrets.token_urlsafe(PASSWORD_BYTES)
    get_user_model().objects.create_superuser(email=email, password=password)
    print(f"Administrator {email}, password {password} (printed once; sign in at /admin/).")


def load() -> None:
    """Load the newsroom in the working directory."""
    import django

    django.setup()


def check() -> None:
    """Load the newsroom in the working directory and look for mistakes; migrate when the version is newer.

    Raises FileNotFoundError when its database's file is not there: an empty one would look like a newsroom lost.
    """
    load()
    from django.core.management import call_command

    from tribuna.site.files import refuse_missing_files

    refuse_missing_files()
    call_command("check", stdout=io.StringIO())
    _bring_up_to_date()


def enter_demo(folder: Path, *, bind: tuple[str, int], fresh: bool) -> None:
    """Make *folder* the demo's, with nothing in it yet, or go into the demo that is there.

    Raises FileExistsError when the folder holds anything but a demo: nobody's newsroom is filled up, or deleted. Nor is
    a demo that is being served: then an OSError says that the port is taken.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / DEMO_FILE).exists():
        raise FileExistsError(f"{folder} holds something that is not a demo. Nothing was changed.")
    host, port = bind
    if fresh and folder.exists():
        take_port(host, port).close()
        shutil.rmtree(folder)
    address = f"http://{host_in_address(host)}:{port}"
    if not (folder / DEMO_FILE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DEMO_FILE).write_text("tribuna demo --fresh throws this folder away.\n", "utf-8")
        _write_env(folder, name="", address=address)
    # A demo shown to others on the network answers to whatever they call it.
    os.environ["TRIBUNA_HOSTS"] = "*" if host in EVERY_ADDRESS else host
    os.environ["TRIBUNA_ADDRESS"] = address
    os.environ["TRIBUNA_SITE_NAME"] = "Tribuna"
    os.chdir(folder)


def fill_demo() -> None:
    """Make the demo's newsroom in the working directory, with its stories, unless they are there."""
    load()
    from django.conf import settings

    from tribuna.site.demo import content
    from tribuna.site.demo.seed import is_seeded, seed_demo
    from tribuna.site.tasks import done_at_once

    _prepare(name=content.newsroom()["name"], address=settings.WAGTAILADMIN_BASE_URL)
    if not is_seeded():
        with done_at_once():
            accounts = seed_demo(progress=print)
        print(accounts)
