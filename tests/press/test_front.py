"""The front: what is answered without Django, what is printed, what is only handed on."""

from __future__ import annotations

import gzip
import time
from http import HTTPStatus

import pytest

from tests.press.printing import KEY, Application, ask, environ, store_in
from tribuna.press import front as front_module
from tribuna.press.actions import shows
from tribuna.press.front import Front
from tribuna.press.stores.null import NullStore


@pytest.fixture
def store(tmp_path, settings):
    store = store_in(tmp_path / "press", settings)
    yield store
    store.close()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def front(application, store) -> Front:
    return Front(application, store)


def test_a_page_is_printed_once(front, application):
    first, second = ask(front, environ()), ask(front, environ())
    assert first.status == second.status == HTTPStatus.OK
    assert first.body == second.body == b"ferry"
    assert first.headers == second.headers
    assert len(application.asked) == application.closed == 1


def test_a_stored_page_says_all_that_a_cache_must_know(front):
    answered = ask(front, environ())
    assert answered.headers.pop("ETag").startswith('"')
    assert answered.headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Content-Length": "5",
    }


def test_what_another_process_has_stored_is_found(front, application, store):
    ask(front, environ())
    assert ask(Front(Application("never"), store), environ()).body == b"ferry"


def test_what_was_forgotten_is_printed_again(front, application, store):
    ask(front, environ())
    application.text = "fairy"
    store.forget(["page:1"])
    assert ask(front, environ()).body == b"fairy"


def test_a_page_that_changed_while_it_was_printed_is_nobody_elses(front, application, store):
    application.meanwhile = lambda: store.forget(["page:1"])
    answered = ask(front, environ())
    assert answered.body == b"ferry"
    assert answered.headers["Content-Length"] == "5"
    assert "ETag" not in answered.headers
    assert ask(front, environ(method="HEAD")).body == b""
    application.meanwhile, application.text = lambda: None, "fairy"
    assert ask(front, environ()).body == b"fairy"
    assert len(application.asked) == 3


# --- codings and conditions -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;Q=1.0, br;q=0", "gzip"),
        ("gzip;q=0, *", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("br;q=much", None),
    ],
)
def test_the_coding_is_one_that_is_accepted(front, accepted, coding):
    asked = environ(accept_encoding=accepted) if accepted else environ()
    answered = ask(front, asked)
    assert answered.headers.get("Content-Encoding") == coding
    assert int(answered.headers["Content-Length"]) == len(answered.body)
    if coding == "gzip":
        assert gzip.decompress(answered.body) == b"ferry"


@pytest.mark.parametrize("told", ["{}", "W/{}", '"other", {}', "*"])
def test_a_reader_who_has_it_gets_nothing(front, told):
    etag = ask(front, environ()).headers["ETag"]
    answered = ask(front, environ(if_none_match=told.format(etag)))
    assert (answered.status, answered.body) == (HTTPStatus.NOT_MODIFIED, b"")
    assert answered.headers["ETag"] == etag
    assert answered.headers["Cache-Control"]
    assert answered.headers["Vary"] == "Accept-Encoding"
    assert not [name for name in answered.headers if name.startswith("Content-")]


def test_a_reader_who_has_another_one_gets_it_all(front):
    etag = ask(front, environ(accept_encoding="gzip")).headers["ETag"]
    assert ask(front, environ(if_none_match=etag)).status == HTTPStatus.OK


def test_head_is_get_without_a_body(front, application):
    head, get = ask(front, environ(method="HEAD")), ask(front, environ())
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert [asked["REQUEST_METHOD"] for asked in application.asked] == ["GET"]


# --- what is asked ----------------------------------------------------------------------------------------------------
def test_unknown_names_in_the_query_are_dropped(front, application):
    for query in ("utm_source=x", "fbclid=1&_=2", "q", "=", "%FF=%00", "&".join("a=1" for _ in range(99)), "x" * 5000):
        assert ask(front, environ(query=query)).body == b"ferry"
    assert [asked["QUERY_STRING"] for asked in application.asked] == [""]


def test_a_place_in_a_list_is_a_page_of_its_own(front, application):
    ask(front, environ())
    for query in ("before=2&utm=1", "before=1&before=2", "before=2"):
        ask(front, environ(query=query))
    assert [asked["QUERY_STRING"] for asked in application.asked] == ["", "before=2"]


@pytest.mark.parametrize("query", ["q=ferry", "reply_to=3", "q=ferry&before=2"])
def test_a_question_is_handed_on_and_never_stored(front, application, store, query):
    for _ in range(2):
        ask(front, environ(query=f"{query}&utm=1"))
    assert len(application.asked) == 2
    assert application.asked[0]["QUERY_STRING"] in {query, "before=2&q=ferry"}
    assert store.status().entries == 0


@pytest.mark.parametrize("asked", [environ(method="POST"), environ("/admin/"), environ("/static/a.css", query="v=1")])
def test_what_is_no_readers_page_goes_to_django_as_it_came(front, application, asked):
    ask(front, asked)
    assert application.asked == [asked]


def test_a_path_that_is_no_text_goes_to_django(front, application):
    ask(front, {**environ(), "PATH_INFO": "/\xff/"})
    assert len(application.asked) == 1


@pytest.mark.parametrize(
    ("peer", "told", "scheme"),
    [
        ("192.0.2.7", None, "http"),
        ("192.0.2.7", "https", "http"),
        ("10.0.0.1", "https", "https"),
        ("10.0.0.1", "gopher", "http"),
        ("nobody", "https", "http"),
    ],
)
def test_the_scheme_is_what_somebody_trusted_says(front, store, settings, peer, told, scheme):
    from ipaddress import ip_network

    from tribuna.press.front.asked import _is_trusted

    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    _is_trusted.cache_clear()
    headers = {} if told is None else {"x_forwarded_proto": told}
    ask(front, {**environ(**headers), "REMOTE_ADDR": peer})
    assert store.find(KEY._replace(scheme=scheme))
    _is_trusted.cache_clear()


def test_the_host_is_written_in_one_way(front, store):
    ask(front, {**environ(), "HTTP_HOST": "News.TEST:80"})
    assert store.find(KEY)


# --- what is not stored -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("status 404", {"status": "404 Not Found"}),
        ("status 301", {"status": "301 Moved Permanently"}),
        ("it says no-store or private", {"headers": (("Cache-Control", "max-age=5, No-Store"),)}),
        ("it says no-store or private", {"headers": (("cache-control", "private"),)}),
        ("it sets a cookie", {"headers": (("Set-Cookie", "a=1"),)}),
        ("it varies on cookie", {"headers": (("Vary", "Accept-Encoding, Cookie"),)}),
        ("it has a coding of its own", {"headers": (("Content-Encoding", "zstd"),)}),
        ("it does not say what it shows", {"tags": ()}),
    ],
)
def test_what_is_not_for_everybody_is_not_stored(front, application, store, why, changes):
    for name, value in changes.items():
        setattr(application, name, value)
    assert ask(front, environ(method="HEAD")).body == b""
    assert [ask(front, environ()).body for _ in range(2)] == [b"ferry"] * 2
    assert store.status().entries == 0
    assert len(application.asked) == 3
    front._write_down()
    status = store.status()
    assert status.counts == {"unstored": 3, f"unstored: {why}": 1}
    assert bool(status.refusals) == (not why.startswith(("status", "it says")))


def test_what_is_not_html_is_not_stored(front, store):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ferry"]

    assert ask(Front(application, store), environ()).body == b"ferry"
    assert store.status().entries == 0


@pytest.mark.parametrize(
    ("path", "kind", "why"),
    [
        ("/en/rss.xml", "application/rss+xml; charset=utf-8", ""),
        ("/robots.txt", "Text/Plain", ""),
        ("/robots.txt", "text/html", "it is no document"),  # or a proxy would be right about the name, and wrong
        ("/en/city/", "application/rss+xml", "it is not HTML"),  # nginx would call it so
        ("/en/a.zip", "application/zip", "it is not HTML"),
    ],
)
def test_documents_are_stored_where_their_address_says_so(store, path, kind, why):
    def application(environ, start_response):
        shows("page:1")
        start_response("200 OK", [("Content-Type", kind)])
        return [b"ferry"]

    front = Front(application, store)
    assert ask(front, environ(path)).headers["Content-Type"] == kind
    assert ask(front, environ(path)).body == b"ferry"
    assert (store.find(KEY._replace(path=path)) is None) == bool(why)
    front._write_down()
    assert store.status().counts.get(f"unstored: {why}", 0) == bool(why)


def test_a_body_may_be_a_mere_list(store):
    def application(environ, start_response):
        shows("page:1")
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"fer", b"ry"]

    assert ask(Front(application, store), environ()).body == b"ferry"
    assert store.find(KEY)


def test_an_answer_that_is_not_stored_keeps_nobody_waiting(front, application, store):
    application.status = "404 Not Found"
    ask(front, environ())
    with store.turn(KEY, 0):
        begun = time.monotonic()
        ask(front, environ())
    assert time.monotonic() - begun < front_module.PATIENCE_SECONDS


def test_without_a_store_everything_is_printed(application):
    front = Front(application, NullStore())
    assert [ask(front, environ()).body for _ in range(2)] == [b"ferry"] * 2
    assert len(application.asked) == 2
