"""An editor at the page of imports."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.importers.samples import item, wxr
from tribuna.importers.actions import carry_out_next, prepare_import, start_import
from tribuna.importers.actions.questions import offered_sources
from tribuna.importers.actions.uploads import uploads_folder
from tribuna.importers.models import ImportRun
from tribuna.people.models import User

RUNS = "/admin/imports/"
NEW = f"{RUNS}new/wordpress/"


def editor(*rights: str, email: str = "ed@example.org") -> User:
    """Return an account that may enter the admin and import."""
    user = User.objects.create_user(email, "a long password")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    return user


def importer(email: str = "ana@example.org") -> User:
    return editor("import_archives", email=email)


def upload(path: Path, name: str = "export.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, path.read_bytes())


def prepared(path: Path, *, source: str = "wordpress", **facts) -> ImportRun:
    """Return a run that was prepared from the file at *path*."""
    by = User.objects.filter(email="ana@example.org").first() or importer()
    facts = {"archive": "old"} | facts
    return prepare_import(offered_sources()[source], by=by, uploads=[upload(path)], **facts)


def waiting(path: Path, *, is_dry: bool = False, **facts) -> ImportRun:
    """Return a run in line."""
    run = prepared(path, **facts)
    assert start_import(run, is_dry=is_dry, mapping=run.mapping)
    run.refresh_from_db()
    return run


def export(folder: Path, number: int = 3) -> Path:
    return wxr(folder, *(item(str(key)) for key in range(1, number + 1)))


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def words(answer: HttpResponse) -> str:
    return " ".join(page(answer).get_text(" ").split())


def ran(run: ImportRun) -> ImportRun:
    """Carry it out, and return it as it is then."""
    assert carry_out_next()
    run.refresh_from_db()
    return run


def uploads() -> list[Path]:
    return list(uploads_folder().iterdir())


def send(client: Client, path: Path | None = None, *, to: str = NEW, name: str = "export.xml", **fields: str):
    """Send the form of a new import, with the file at *path*."""
    files = {"file": upload(path, name)} if path else {}
    return client.post(to, {"archive": "old", **files, **fields})


def at(run: ImportRun, what: str = "") -> str:
    """Return where *run* is, or *what* of it."""
    return f"{RUNS}{run.pk}/{what}"
