"""What is counted of readers: how often a page was read, and nothing else."""

from __future__ import annotations

import pytest

from tests.press.printing import KEY, Application, ask, environ, store_in
from tribuna.press.front import Front
from tribuna.press.front.memory import KEYS_MAXIMUM
from tribuna.press.front.people import is_person
from tribuna.press.signals import pages_read

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def told():
    """What the front has told, in order."""
    found: list[dict[object, int]] = []

    def hear(readings, **_):
        found.append(dict(readings))

    pages_read.connect(hear, weak=False)
    yield found
    pages_read.disconnect(hear)


@pytest.fixture
def front(tmp_path, settings):
    store = store_in(tmp_path / "press", settings)
    yield Front(Application(), store)
    store.close()


@pytest.mark.parametrize(
    ("user_agent", "is_one"),
    [
        (BROWSER, True),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1",
            True,
        ),
        ("Opera/9.80 (Android; Opera Mini/7.5) Presto/2.12", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.example.com/bot.html)", False),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", False),
        ("Mozilla/5.0 (Linux) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36", False),
        ("curl/8.5", False),
        ("python-requests/2.32", False),
        ("", False),
    ],
)
def test_machines_are_told_by_the_names_of_their_families(user_agent, is_one):
    assert is_person(user_agent) is is_one


def test_every_answer_that_a_person_gets_is_a_reading(front, told):
    first = ask(front, environ(user_agent=BROWSER))
    ask(front, environ(user_agent=BROWSER, query="utm_source=x"))
    assert ask(front, environ(user_agent=BROWSER, if_none_match=first.headers["ETag"])).status == 304
    for machine in ({"user_agent": "curl/8.5"}, {}, {"user_agent": BROWSER, "method": "HEAD"}):
        ask(front, environ(**machine))
    front._write_down()
    front._write_down()
    assert told == [{KEY: 3}]


def test_what_leaves_the_memory_is_not_forgotten(front, told):
    ask(front, environ(user_agent=BROWSER))
    front.store.forget(["page:1"])
    ask(front, environ(user_agent=BROWSER))
    front._write_down()
    assert told == [{KEY: 2}]


def test_what_left_fills_no_memory(front, told):
    front.memory._left.update(KEY._replace(path=f"/{number}/") for number in range(KEYS_MAXIMUM))
    ask(front, environ(user_agent=BROWSER))
    front.store.forget(["page:1"])
    ask(front, environ())
    front._write_down()
    assert KEY not in told[0]
