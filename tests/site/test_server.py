import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tribuna.site import server


class Answers(BaseHTTPRequestHandler):
    statuses: list[int] = []

    def do_GET(self):
        self.send_response(self.statuses.pop(0))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def answering(socket_enabled):
    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()
        thread.join()


@pytest.mark.parametrize("statuses", [[200], [503, 400, 404, 200]])
def test_ready_is_said_once_when_the_site_answers(answering, statuses):
    Answers.statuses = list(statuses)
    said = []
    server.tell_when_ready(answering, stop=threading.Event(), say=said.append)
    assert said == [f"ready {answering}"]
    assert Answers.statuses == []


def test_ready_is_never_said_when_it_is_stopped_before(socket_enabled):
    class StopsAtThirdLook(threading.Event):
        looks = 0

        def wait(self, timeout=None):
            self.looks += 1
            return self.looks > 2

    said = []
    server.tell_when_ready("http://127.0.0.1:1/", stop=StopsAtThirdLook(), say=said.append)
    assert said == []


@pytest.mark.django_db(transaction=True)
def test_the_clock_publishes_what_is_due_until_it_is_stopped(newsroom):
    from django.utils import timezone

    from tests.factories import article

    story = article(title="At dawn")
    story.unpublish()
    story.go_live_at = timezone.now() + timezone.timedelta(days=1)
    story.save_revision().publish()
    story.refresh_from_db()
    assert not story.live

    class TwoTicks(threading.Event):
        ticks = 0

        def wait(self, timeout=None):
            self.ticks += 1
            return self.ticks > 2

    import time_machine

    with time_machine.travel(timezone.now() + timezone.timedelta(days=2), tick=False):
        server.run_clock(stop=TwoTicks())
    story.refresh_from_db()
    assert story.live


@pytest.mark.django_db(transaction=True)
def test_a_clock_without_a_database_goes_on_ticking(newsroom, caplog):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE humans_spentnonce RENAME TO away")
        try:
            server.run_due_work(0)
        finally:
            cursor = connection.cursor()
            cursor.execute("ALTER TABLE away RENAME TO humans_spentnonce")
    assert "will be tried again" in caplog.text


def test_a_port_that_somebody_listens_at_is_refused(answering):
    with pytest.raises(OSError, match="in use"):
        server.refuse_taken_port("127.0.0.1", int(answering.rstrip("/").rpartition(":")[2]))
