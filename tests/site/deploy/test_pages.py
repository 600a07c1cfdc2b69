"""Stored pages come from their files, everything else from Tribuna, whatever is asked."""

from __future__ import annotations

import gzip
import threading

import brotli
import pytest

from tests.site.deploy.conftest import Site
from tests.site.deploy.webservers import BROTLI_MODULE

pytestmark = pytest.mark.slow
CITY = "/en/city/"


@pytest.fixture
def city(site: Site) -> Site:
    site.keep(CITY, "The ferry returns", query="")
    return site


def test_a_stored_page_is_served_without_asking_anybody(city):
    answer = city.ask(CITY)
    assert (answer.status, answer.body) == (200, b"The ferry returns")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not city.behind.lines
    head = city.ask(CITY, method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", "17")


def test_it_is_served_in_the_coding_that_the_reader_takes(city):
    packed, browser = city.ask(CITY, accept_encoding="gzip"), city.ask(CITY, accept_encoding="gzip, deflate, br")
    assert gzip.decompress(packed.body) == city.ask(CITY).body
    assert packed.headers["Vary"] == browser.headers["Vary"] == "Accept-Encoding"
    if city.kind == "caddy" or BROTLI_MODULE.exists():
        assert browser.headers["Content-Encoding"] == "br"
        assert brotli.decompress(browser.body) == city.ask(CITY).body
    assert city.ask(CITY, accept_encoding="gzip", via="1.1 cdn").headers["Content-Encoding"] == "gzip"


def test_a_reader_who_has_it_is_told_so(city):
    etag = city.ask(CITY).headers["Etag"]
    assert not etag.startswith("W/")
    assert city.ask(CITY, if_none_match=etag).status == 304
    city.keep(CITY, "The ferry remains")  # as long as before, and in the same second
    assert city.ask(CITY, if_none_match=etag).body == b"The ferry remains"
    # By its date nobody can tell: the files' are made from their content.
    assert city.ask(CITY, if_modified_since="Sun, 22 Nov 2026 19:51:31 GMT").status == 200


def test_a_page_that_is_forgotten_is_asked_for(city):
    city.store.forget({"page:1"})
    assert city.ask(CITY, accept_encoding="gzip").is_from_behind
    city.keep(CITY, "The ferry is back")
    assert city.ask(CITY).body == b"The ferry is back"


def test_what_is_not_stored_is_handed_on_as_it_was_asked_for(site):
    site.ask("/en/a%C3%B1o%2Fx//./y/?q=%20a&b", x_forwarded_for="203.0.113.9", x_forwarded_proto="https")
    assert site.behind.lines == ["GET /en/a%C3%B1o%2Fx//./y/?q=%20a&b"]
    (environ,) = site.behind.environs
    assert environ["HTTP_HOST"] == f"127.0.0.1:{site.port}"
    assert environ["HTTP_X_FORWARDED_FOR"].split(", ")[-1] == "127.0.0.1"
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"


def test_the_port_is_ours_whatever_the_reader_says(city):
    city.ask("/en/elsewhere/", host="127.0.0.1:9999")
    assert city.behind.environs[0]["HTTP_HOST"] == f"127.0.0.1:{city.port}"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_is_sent_goes_to_tribuna_though_the_page_is_stored(city, method):
    answer = city.ask(CITY, method=method, body=b"x" * 200_000)
    assert (answer.is_from_behind, answer.body) == (True, f"{method} 200000".encode())
    assert "X-Frame-Options" not in answer.headers


def test_each_host_has_its_own_pages(city):
    for host in ("news.test", "paper.test", "en.paper.test"):
        city.keep(CITY, f"This is {host}", host=host)
        assert city.ask(CITY, host=f"{host}:{city.port}").body == f"This is {host}".encode()
    stranger = city.ask(CITY, host="stranger.test")
    assert stranger.body != b"The ferry returns"
    assert stranger.status == 421 or city.kind == "caddy"  # which answers strangers with nothing
    assert not city.behind.lines


def test_a_query_with_a_page_of_its_own_has_a_file_of_its_own(city):
    city.keep(CITY, "What was before", query="before=20261122T101500-12")
    assert city.ask(f"{CITY}?before=20261122T101500-12").body == b"What was before"
    assert city.ask(f"{CITY}?before=20261122T101500-13").is_from_behind
    assert city.ask(f"{CITY}?before=20261122T101500-12&q=x").is_from_behind


@pytest.mark.parametrize("query", ["", "utm_source=x&utm_medium=a%20b", "fbclid", "a=1&&b", "qq=1&pages=2", "x=?/../"])
def test_names_that_nobody_understands_change_nothing(city, query):
    assert city.ask(f"{CITY}?{query}").body == b"The ferry returns"
    assert not city.behind.lines


@pytest.mark.parametrize(
    "query", ["q=ferry", "a=1&page=2", "reply_to", "before=", "%71=1", "a+b=1", "before=a%2F..%2F"]
)
def test_what_tribuna_might_understand_it_is_asked(city, query):
    assert city.ask(f"{CITY}?{query}").is_from_behind
    assert city.behind.lines == [f"GET {CITY}?{query}"]


@pytest.mark.parametrize(
    "path",
    [
        *(f"{CITY}?{query}" for query in ("../../x", "a/b", "%2e%2e%2fx", "before=../../secret", "before=/etc/passwd")),
        *(f"{CITY}?{query}" for query in ("before=..", "@none", "/../secret", "before=" + "9" * 91, "&" * 5_000)),
        *(f"{CITY}?{query}" for query in ("a&" * 3_500, "a=b&" * 1_800 + "%", "x" * 7_000)),
        *("/%2e%2e/%2e%2e/secret@.html", "/en/%2e%2e%2f%2e%2e%2f", "/en/..%2f..%2f..%2fsecret", "/en/../../../secret"),
        *("/en/../../secret/", "//en/city/", "/en//city/", "/en/./city/", "/en/city/@.html", "/en/city/@.html.gz"),
        *(
            "/en/city/@none",
            "/en/city/@.html/",
            "/en/city",
            "/en/*/",
            "/en/[c]ity/",
            "/en/city/%00/",
            "/en/%0a/",
            "/en",
        ),
        *("/en/" + "x" * 300 + "/", "/en/" + "x/" * 2_000, "/en/city%2f", "/en/{host}/", "/en/$host/", "/en/%25/"),
    ],
)
def test_nothing_that_is_asked_leads_out_of_the_pages(city, path, tmp_path):
    for place in (tmp_path, tmp_path / "the news", tmp_path / "the news" / "press", tmp_path / "the news/press/pages"):
        for name in ("secret", "secret@.html", "secret.html", "@.html", "x.html"):
            (place / name).write_text("a secret", encoding="utf-8")
    answer = city.ask(path)
    assert answer.is_from_behind or answer.body == b"The ferry returns" or answer.status in {400, 414}
    if answer.status == 200 and not answer.is_from_behind:  # only ways to write the very same address
        assert path.replace("//", "/").replace("/./", "/").replace("%2f", "/").partition("?")[0] == CITY


def test_a_query_longer_than_can_be_is_refused_or_handed_on(city):
    answer = city.ask(f"{CITY}?before={'x' * 10_000}")
    assert answer.is_from_behind or answer.status in {400, 414}


def test_a_page_that_comes_and_goes_is_never_missed(city):
    """Whatever happens between looking for the file and opening it, the reader gets the page from somewhere."""
    stop = threading.Event()

    def come_and_go() -> None:
        while not stop.is_set():
            city.keep(CITY, "The ferry returns")
            city.store.forget({"page:1"})

    restless = threading.Thread(target=come_and_go)
    restless.start()
    answers = [city.ask(CITY, accept_encoding=coding) for _ in range(150) for coding in ("", "gzip", "br")]
    stop.set()
    restless.join()
    assert {answer.status for answer in answers} == {200}
    for answer in answers:
        coding = answer.headers.get("Content-Encoding", "")
        body = {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding, bytes)(answer.body)
        assert body == (b"GET 0" if answer.is_from_behind else b"The ferry returns")
    assert any(answer.is_from_behind for answer in answers)


def test_stored_pages_are_served_while_tribuna_is_down(city):
    city.behind.stop()
    assert city.ask(CITY).body == b"The ferry returns"
    assert city.ask("/en/elsewhere/").status == 502
