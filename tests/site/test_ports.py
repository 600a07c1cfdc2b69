import contextlib
import socket

import pytest

from tribuna.site.ports import host_in_address, listen, take_port

pytestmark = pytest.mark.slow


@pytest.fixture
def taken():
    with take_port("127.0.0.1", 0) as listener:
        yield listener


def can_connect(port):
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def test_a_port_is_taken_first_and_listened_at_later(taken):
    port = taken.getsockname()[1]
    assert not can_connect(port)
    listen(taken)
    assert can_connect(port)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_somebody_has_is_refused_in_words(taken, host):
    port = taken.getsockname()[1]
    listen(taken)
    with pytest.raises(OSError, match=f"nobody can serve at {host}:{port}: Address already in use"):
        take_port(host, port)


def test_another_programs_port_is_refused_to_heirs_too():
    with socket.create_server(("127.0.0.1", 0)) as foreign, pytest.raises(OSError, match="in use"):
        take_port("127.0.0.1", foreign.getsockname()[1], shared=True)


def test_of_two_that_start_at_the_same_time_one_is_refused(taken):
    with take_port("127.0.0.1", taken.getsockname()[1]) as other:
        listen(taken)
        with pytest.raises(OSError, match="somebody else began to serve here: Address already in use"):
            listen(other)


def test_an_heir_takes_over_without_a_gap(taken):
    port = taken.getsockname()[1]
    listen(taken)
    with take_port("127.0.0.1", port, shared=True) as heir:
        assert can_connect(port)
        listen(heir)
        taken.close()
        assert can_connect(port)


def test_it_listens_at_ipv6_too():
    with take_port("::1", 0) as listener:
        assert listener.family == socket.AF_INET6


@pytest.mark.parametrize(
    ("host", "said"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]")]
)
def test_a_host_in_an_address(host, said):
    assert host_in_address(host) == said
