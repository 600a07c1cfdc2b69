import logging
import re

import pytest
from django.urls import get_resolver

from tribuna.site.access import logged, told_path

SECRET = "Zq3-secret_value9"


def asked(application, caplog, **environ):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", **environ}
    with caplog.at_level(logging.INFO, logger="tribuna.access"):
        return list(logged(application)(environ, lambda status, headers, *more: None))


def hello(environ, start_response):
    start_response("204 No Content", [])
    return [b"hello"]


def test_an_answer_is_one_line_without_who_asked_and_what_for(caplog):
    who = {"REMOTE_ADDR": "198.51.100.7", "QUERY_STRING": "q=private", "HTTP_USER_AGENT": "Browser/1"}
    assert asked(hello, caplog, **who) == [b"hello"]
    (record,) = caplog.records
    assert re.fullmatch(r"GET /en/ 204 \d+\.\d ms", record.getMessage())
    assert (record.method, record.path, record.status) == ("GET", "/en/", 204)
    assert not {"198.51.100.7", "q=private", "Browser/1"} & set(map(str, vars(record).values()))


def test_an_application_that_breaks_is_a_500(caplog):
    def broken(environ, start_response):
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asked(broken, caplog)
    assert caplog.records[-1].status == 500


def secret_addresses(patterns, before=""):
    """Find the addresses that carry something secret, with SECRET in its place."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from secret_addresses(pattern.url_patterns, here)
        elif re.search(r"<(str:)?(secret|token|uidb64)>", here):
            yield "/" + re.sub(r"<(?:\w+:)?\w+>", SECRET, here)


def test_no_secret_in_an_address_is_written_down():
    addresses = set(secret_addresses(get_resolver().url_patterns))
    assert len(addresses) >= 2
    assert not [address for address in addresses if SECRET in told_path(address)]


def test_other_addresses_are_written_as_they_are():
    assert told_path("/en/city/ferry-returns/") == "/en/city/ferry-returns/"
