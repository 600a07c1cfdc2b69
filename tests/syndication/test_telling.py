"""Hubs and search engines are told of a publication, by the task worker, until they have heard."""

from __future__ import annotations

import json
import threading
from collections import deque
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import factories
from tests.syndication.reading import ATOM, tree
from tribuna.site.tasks import do_next_task
from tribuna.syndication.actions import tell_others
from tribuna.syndication.tasks import RETRY_SECONDS, tell_hub

NAMES = ("rss.xml", "atom.xml", "feed.json")


class Hub(BaseHTTPRequestHandler):
    """Takes what it is told, and answers with the next of ``answers``, or that it is well."""

    heard: list[tuple[str, str, str]]
    answers: deque[int]

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append((self.path, self.headers["Content-Type"], body))
        self.send_response(self.answers.popleft() if self.answers else 204)
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def hub():
    """A hub on loopback: its class, which remembers, with the address of the server."""

    class Fresh(Hub):
        heard: list = []
        answers: deque = deque()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fresh)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Fresh.address = f"http://127.0.0.1:{server.server_port}/"
    yield Fresh
    server.shutdown()
    server.server_close()
    thread.join()


def left():
    """What is to be done, now or later."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def waiting():
    return left().count()


def at_last():
    """Let the time come for what is to be told again."""
    left().update(run_after=timezone.now() - timedelta(seconds=1))


def test_nobody_is_told_unless_an_operator_named_somebody(newsroom):
    story = factories.article(live=False)
    story.save_revision().publish()
    story.unpublish()
    assert waiting() == 0


def test_hubs_are_told_of_the_feeds_a_story_stands_in(newsroom, settings):
    settings.TRIBUNA_WEBSUB_HUBS = ["https://one.example/", "https://two.example/"]
    factories.author("Aduana", language="es")
    story = factories.article(live=False, authors=[factories.author()], topics=[factories.topic()], story_language="fr")
    story.save_revision().publish()
    told = [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("pk")]
    assert {hub for hub, _feeds in told} == {"https://one.example/", "https://two.example/"}
    places = ["/", "/en/", "/en/city/", "/en/authors/harbour-desk/", "/en/topics/harbour/", "/en/languages/fr/"]
    assert set(told[0][1]) == {f"http://testserver{place}{name}" for place in places for name in NAMES}


def test_a_story_that_waits_for_its_hour_is_told_of_when_it_comes(newsroom, settings):
    settings.TRIBUNA_WEBSUB_HUBS = ["https://hub.example/"]
    story = factories.article(live=False)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    assert waiting() == 0


def test_what_stands_in_no_site_is_told_to_nobody(newsroom, settings):
    settings.TRIBUNA_WEBSUB_HUBS, settings.TRIBUNA_INDEXNOW_KEY = ["https://hub.example/"], "0123456789abcdef"
    story = factories.article()
    newsroom.site.delete()
    tell_others(story)
    assert waiting() == 0


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_hub_hears_and_fetches_the_feed(settings, hub, live_server):
    newsroom = factories.newsroom()
    newsroom.site.hostname, newsroom.site.port = live_server.thread.host, live_server.thread.port
    newsroom.site.save()
    settings.TRIBUNA_WEBSUB_HUBS = [hub.address]
    factories.article(live=False).save_revision().publish()
    assert do_next_task()
    ((path, kind, body),) = hub.heard
    told = parse_qs(body)
    assert (path, kind, told["hub.mode"]) == ("/", "application/x-www-form-urlencoded", ["publish"])
    topic = next(url for url in told["hub.url"] if url.endswith("/en/atom.xml"))
    with urlopen(topic) as answer:  # as a hub does: the feed names itself and the hub, in its headers and inside
        assert f'<{topic}>; rel="self", <{hub.address}>; rel="hub"' == answer.headers["Link"]
        feed = tree(type("Read", (), {"content": answer.read()}))
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == topic
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Ferry returns"


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_hub_that_is_down_is_told_again(hub, caplog):
    hub.answers.extend([503, 429])
    tell_hub.enqueue(hub.address, ["http://testserver/en/rss.xml"])
    assert do_next_task()
    assert "is told again later" in caplog.text
    assert not do_next_task()  # its time has not come
    before = left().get().run_after - timezone.now()
    assert timedelta(0) < before <= timedelta(seconds=RETRY_SECONDS[0])
    at_last()
    assert do_next_task()
    at_last()
    assert do_next_task()
    assert len(hub.heard) == 3
    assert waiting() == 0


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_what_a_hub_refuses_for_good_is_not_repeated(hub, caplog):
    hub.answers.append(400)
    tell_hub.enqueue(hub.address, ["http://testserver/en/rss.xml"])
    assert do_next_task()
    assert (len(hub.heard), waiting()) == (1, 0)
    assert "status 400" in caplog.text


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_in_the_end_it_is_given_up(hub, caplog):
    tell_hub.enqueue("http://127.0.0.1:9/", ["http://testserver/en/rss.xml"], len(RETRY_SECONDS))  # nobody is there
    assert do_next_task()
    assert waiting() == 0
    assert "again" not in caplog.text


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_search_engines_are_told_which_page_changed(settings, hub):
    factories.newsroom()
    settings.TRIBUNA_INDEXNOW_KEY = "0123456789abcdef"
    settings.TRIBUNA_INDEXNOW_ENDPOINT = f"{hub.address}indexnow"
    hub.answers.append(500)
    factories.article(live=False).save_revision().publish()
    assert do_next_task()
    at_last()
    assert do_next_task()
    assert waiting() == 0
    _first, (path, kind, body) = hub.heard
    assert (path, kind) == ("/indexnow", "application/json; charset=utf-8")
    assert json.loads(body) == {
        "host": "testserver",
        "key": "0123456789abcdef",
        "keyLocation": "http://testserver/0123456789abcdef.txt",
        "urlList": ["http://testserver/en/city/ferry-returns/"],
    }


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_without_a_key_any_more_nobody_is_told(settings, hub):
    factories.newsroom()
    settings.TRIBUNA_INDEXNOW_KEY, settings.TRIBUNA_INDEXNOW_ENDPOINT = "0123456789abcdef", hub.address
    factories.article(live=False).save_revision().publish()
    settings.TRIBUNA_INDEXNOW_KEY = ""
    assert do_next_task()
    assert hub.heard == []
