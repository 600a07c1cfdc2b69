"""The forms that are attacked, each served from a folder of its own: ours in three settings, and three others."""

from __future__ import annotations

import base64
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.harness import NotMeasured
from bench.newsrooms import Newsroom, Size, opened
from bench.processes import Server, clean_environment, free_port, python, run, running
from bench.siege.client import Client, Form, form_in, key_of
from bench.siege.pictures import SITE
from bench.siege.venvs import python_of

SETTINGS = "bench.siege.told_settings"

# What the operator says for each setting.
OURS: Mapping[str, Mapping[str, str]] = {
    asking: {"TRIBUNA_ASKING": asking} for asking in ("always", "adaptive", "never")
}
OTHERS = {
    "lepture": "captcha 0.7 (lepture)",
    "simple": "django-simple-captcha 0.7",
    "altcha": "ALTCHA 2.3.0, protocol v2, plain",
}
PUBLISHED = "receipt-published"
WRITTEN_SECONDS = 2.5  # until a process has written down what it poured, and until it has asked again what there is
MINIMUM_SECONDS = {"ours": 2.2}  # TRIBUNA_FORM_MINIMUM_SECONDS, and a little
"""How long a form has to be looked at before it is sent: whoever attacks knows it."""


@dataclass
class Target:
    """A running form."""

    kind: str  # "ours", "lepture", "simple" or "altcha"
    name: str
    address: str
    path: str
    folder: Path
    server: Server
    answer_field: str
    proof_field: str  # what a forger would forge: a field, or "cookie"
    newsroom: Newsroom | None = None
    other_path: str = ""  # the same form about something else
    told: dict[str, str] = field(default_factory=dict)
    begin: Callable[[], Server] | None = None  # starts the server once more

    @property
    def wait_seconds(self) -> float:
        """How long to look at a form before sending it."""
        return MINIMUM_SECONDS.get(self.kind, 0.0)

    def restart(self) -> None:
        """End the server and start it again, at the same address and with the same data."""
        assert self.begin is not None
        self.server.stop()
        self.server = self.begin()

    def calm(self) -> None:
        """Empty the buckets of pressure, as they empty themselves within the hour: who comes next meets a calm site."""
        if self.newsroom is None:
            return
        time.sleep(WRITTEN_SECONDS)
        for file in self.folder.glob("*.sqlite3"):
            with closing(sqlite3.connect(file, timeout=30)) as connection, connection:
                connection.execute("DELETE FROM humans_bucket")
        time.sleep(WRITTEN_SECONDS)

    def form(self, number: int = 0, path: str = "") -> Form:
        """Return the form as visitor *number* gets it. Raises NotMeasured when there is none."""
        client = Client(self.address, number)
        page = client.get(path or self.path)
        if page.status != 200:
            raise NotMeasured(f"{self.name}: the form answered {page.status}")
        found = form_in(client, page.text)
        found.fields["text"] = f"A remark of visitor {number} at {time.monotonic_ns()}, and nobody said it before."
        if self.kind == "ours":
            found.fields |= {"name": f"Visitor {number}", "language": "en"}
            found.fields.pop("another", None)
        return found

    def sent(self, form: Form, *, path: str = "") -> bool:
        """Send *form*; say whether it was let through. With ours that is what its receipt says: held isn't through."""
        answer = form.client.post(path or self.path, form.fields)
        if answer.status != 303 or self.kind != "ours":
            return answer.status == 303
        return PUBLISHED in form.client.get(answer.headers["location"]).text

    def cheap(self) -> dict[str, Any]:
        """Return what challenges and refusals of ours cost by themselves (``cheap``)."""
        assert self.newsroom is not None
        environment = self.newsroom.environment("tribuna.site.settings")
        said: dict[str, Any] = json.loads(run(python("-m", "bench.siege.cheap"), cwd=self.folder, env=environment))
        return said

    def old_challenge(self, seconds: float) -> list[str]:
        """Return the token of a form of ours and its answer, as a process whose clock is so far behind makes them."""
        assert self.newsroom is not None
        command = python("-m", "bench.siege.inside", str(seconds), self.path)
        return run(command, cwd=self.folder, env=self.newsroom.environment(SETTINGS)).split()

    def picture(self, form: Form) -> bytes:
        """Return the picture of *form*."""
        if form.picture.startswith("data:"):
            return base64.b64decode(form.picture.partition(",")[2])
        return form.client.get(form.picture).body

    def right_answer(self, form: Form) -> str:
        """Return what a person would read. Raises NotMeasured when it was not written down."""
        key = {
            "ours": lambda: key_of(form.picture),
            "simple": lambda: form.fields["captcha_0"],
            "lepture": lambda: form.client.cookies["sessionid"],
        }[self.kind]()
        if key not in self.told:
            lines = (self.folder / "answers.txt").read_text(encoding="utf-8").splitlines()
            self.told = dict(json.loads(line) for line in lines)
        if key not in self.told:
            raise NotMeasured("nobody wrote down what the picture says")
        return self.told[key]

    def stored_bytes(self) -> int:
        """Return how large the database is, with what has not been written back yet."""
        for file in self.folder.glob("*.sqlite3"):
            with closing(sqlite3.connect(file)) as connection:
                pages, size = (
                    connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size")
                )
                return int(pages * size)
        return 0


@contextmanager
def ours(setting: str, *, judged: bool = False) -> Iterator[Target]:
    """Serve a newsroom of ours in *setting*, one of OURS; with its judges if *judged*."""
    with opened(Size(5), **OURS[setting], SIEGE_JUDGED=str(int(judged))) as newsroom, ExitStack() as stack:

        def begin() -> Server:
            return stack.enter_context(newsroom.served(settings=SETTINGS))

        page = newsroom.facts["model"]["pk"]
        paths = [f"/en/articles/{number}/comments/new/" for number in (page, page + 1)]
        yield Target(
            kind="ours",
            name=f"Tribuna, {setting}",
            address=newsroom.address,
            path=paths[0],
            folder=newsroom.folder,
            server=begin(),
            answer_field="answer",
            proof_field="token",
            newsroom=newsroom,
            other_path=paths[1],
            begin=begin,
        )


@contextmanager
def other(kind: str) -> Iterator[Target]:
    """Serve a minimal form behind the package *kind*."""
    with tempfile.TemporaryDirectory(prefix="tribuna-siege-") as name, ExitStack() as stack:
        folder, port = Path(name), free_port()

        def begin() -> Server:
            return stack.enter_context(_site(kind, folder, port))

        answer, proof = {
            "lepture": ("answer", "cookie"),
            "simple": ("captcha_1", "captcha_0"),
            "altcha": ("", "altcha"),
        }[kind]
        yield Target(
            kind=kind,
            name=OTHERS[kind],
            address=f"http://127.0.0.1:{port}",
            path="/form/",
            folder=folder,
            server=begin(),
            answer_field=answer,
            proof_field=proof,
            begin=begin,
        )


def _site(kind: str, folder: Path, port: int) -> AbstractContextManager[Server]:
    command = [python_of(kind), str(SITE), "serve", kind, str(folder), str(port)]
    environment = clean_environment() | {"PYTHONPATH": ""}
    return running(command, log=folder / "serve.log", port=port, env=environment, cwd=folder)
