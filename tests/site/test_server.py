"""What of the server can be looked at without starting one; ``test_serving`` starts it."""

import signal
import sys

import pytest

from tribuna.site.child import ROOT_SIGNALS
from tribuna.site.marks import Marks
from tribuna.site.ports import listen, take_port
from tribuna.site.server import Handover, Newsroom

pytestmark = pytest.mark.slow


@pytest.fixture
def listener():
    with take_port("127.0.0.1", 0) as taken:
        listen(taken)
        yield taken


@pytest.mark.parametrize("handover", [Handover(3, []), Handover(7, [12, 130])])
def test_a_handover_is_read_as_it_was_written(handover):
    assert Handover.parse(str(handover)) == handover


@pytest.mark.parametrize("text", ["", "x:1", "3:x"])
def test_what_is_no_handover_is_refused(text):
    with pytest.raises(ValueError, match="invalid literal"):
        Handover.parse(text)


def test_a_python_that_is_gone_when_it_would_reload_stops_nothing(listener, tmp_path, monkeypatch, caplog):
    marks = Marks(tmp_path, *listener.getsockname())
    tree = Newsroom(listener, listener.getsockname(), workers=1, marks=marks, children=[])
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    tree._looked_over(0)
    assert "Nothing was reloaded. It serves on as it was." in caplog.text
    assert not listener.get_inheritable()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, []) & ROOT_SIGNALS
