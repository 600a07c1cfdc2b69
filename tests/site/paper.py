"""A newsroom in a folder, served by a real process tree, and the readers who come to it meanwhile."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from subprocess import DEVNULL
from urllib.parse import urlencode

from tests.comments.visits import ANSWERS
from tests.site.processes import clean_environment, tribuna
from tests.site.programs import Program, python, running

ROOT = Path(__file__).parents[2]
PATH = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
ANSWER_SECONDS = 30
ORDER_SECONDS = 0.02

_FILL = """
from tests import factories
from tribuna.humans.models import SiteQuestion
story = factories.article(title="Ferry returns")
SiteQuestion.objects.create(language="en", question="What colour is the harbour light?", answers="{answer}")
print("story", story.pk, story.url)
"""


@dataclass(frozen=True)
class Paper:
    """Where a newsroom is, and its one story."""

    folder: Path
    story: int
    url: str

    def run(self, *words: str, **environment: str) -> str:
        """Run ``tribuna WORDS`` there, and return what it printed."""
        ended = tribuna(*words, cwd=self.folder, **{"PYTHONPATH": PATH, **environment})
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def say(self, *lines: str) -> None:
        """Add *lines* to its ``tribuna.env``."""
        file = self.folder / "tribuna.env"
        file.write_text("\n".join([file.read_text(encoding="utf-8"), *lines, ""]), encoding="utf-8")

    @contextlib.contextmanager
    def served(
        self, port: int, *, before: Sequence[str] = (), stdin: int = DEVNULL, **environment: str
    ) -> Iterator[Program]:
        """Serve it at *port*, with the words *before* in front. The program is given as soon as it is ready."""
        env = {**clean_environment(), "PYTHONPATH": PATH, "DJANGO_SETTINGS_MODULE": "tests.site.paper_settings"}
        env |= {"TRIBUNA_ADDRESS": f"http://127.0.0.1:{port}", **environment}
        command = [*before, *python("-m", "tribuna.site.cli", "serve", "--bind", f"127.0.0.1:{port}")]
        with running(command, cwd=self.folder, env=env, output=self.folder / "output", stdin=stdin) as program:
            program.says("ready http", times=1 + self.times_ready)
            yield program

    @property
    def times_ready(self) -> int:
        """How often it has been ready before."""
        output = self.folder / "output"
        return len(re.findall("ready http", output.read_text(encoding="utf-8"))) if output.exists() else 0


def open_paper(folder: Path) -> Paper:
    """Make a newsroom in *folder*, with a story that takes comments."""
    tribuna("start", folder.name, cwd=folder.parent)
    paper = Paper(folder, 0, "")
    told = paper.run("shell", "-v", "0", "-c", _FILL.format(answer=ANSWERS["en"]))
    _, story, url = re.search(r"(story) (\d+) (\S+)", told).groups()
    return Paper(folder, int(story), url)


def pid_of(program: Program, name: str) -> int:
    """Return the number of the process that is *name* now."""
    return int(program.says(rf"{name} is process (\d+)")[-1])


@dataclass
class Answer:
    """What came back from the newsroom."""

    status: int
    headers: http.client.HTTPMessage
    text: str


def ask(port: int, path: str, *, fields: dict[str, str] | None = None) -> Answer:
    """Ask for *path* over a connection of its own. Raises OSError or HTTPException where the answer is not whole."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    with contextlib.closing(connection):
        if fields is None:
            connection.request("GET", path)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())


@dataclass
class Visitors:
    """Readers who ask for a page and write comments without a pause, until the block ends."""

    port: int
    paper: Paper
    pages: list[float] = field(default_factory=list)  # when a whole page came
    failed: list[str] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)  # the address of each receipt, by what was written
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Visitors:
        self._threads = [threading.Thread(target=each) for each in (self._read, self._read, self._write)]
        self.pages.append(time.monotonic())
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.pages.append(time.monotonic())

    @property
    def longest_gap_seconds(self) -> float:
        """For how long at most no page came."""
        times = sorted(self.pages)
        return max(after - before for before, after in pairwise(times))

    def _read(self) -> None:
        while not self._stop.wait(ORDER_SECONDS):
            self._try(self._read_page)

    def _write(self) -> None:
        while not self._stop.wait(ORDER_SECONDS):
            self._try(self._write_comment)

    def _try(self, visit: object) -> None:
        try:
            visit()
        except (OSError, http.client.HTTPException) as error:
            self.failed.append(f"{time.monotonic():.2f} {visit.__name__} {error!r}")

    def _read_page(self) -> None:
        try:
            answer = ask(self.port, self.paper.url)
        except http.client.RemoteDisconnected:  # a worker that ended had taken the call, and nothing had been said yet
            answer = ask(self.port, self.paper.url)  # browsers and proxies ask again, too (RFC 9110, 9.2.2)
        assert answer.status == 200, answer.text
        assert answer.text.rstrip().endswith("</html>")
        self.pages.append(time.monotonic())

    def _write_comment(self) -> None:
        path, text = f"/en/articles/{self.paper.story}/comments/new/", f"Comment number {len(self.receipts)}."
        token = re.search(r'name="token" value="([^"]+)"', ask(self.port, path).text)[1]
        fields = {"token": token, "answer": ANSWERS["en"], "name": "Ana", "language": "en", "text": text}
        answer = ask(self.port, path, fields=fields)
        assert answer.status == 303, answer.text
        self.receipts[text] = answer.headers["Location"]
