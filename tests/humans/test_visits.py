"""What a form may know of a request."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from tribuna.humans.actions import visit_of
from tribuna.humans.base import Visit

requests = RequestFactory()


def test_the_network_is_all_that_is_known_of_an_address(settings):
    assert visit_of(requests.get("/", REMOTE_ADDR="192.0.2.77")).network == "192.0.2.0/24"
    assert visit_of(requests.get("/", REMOTE_ADDR="2001:db8:1:2::3")).network == "2001:db8:1::/48"
    assert visit_of(requests.get("/", REMOTE_ADDR="")).network == ""


def test_only_our_own_proxies_are_believed(settings):
    told = {"REMOTE_ADDR": "192.0.2.1", "headers": {"X-Forwarded-For": "198.51.100.9"}}
    assert visit_of(requests.get("/", **told)).network == "192.0.2.0/24"
    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("192.0.2.1/32")]
    assert visit_of(requests.get("/", **told)).network == "198.51.100.0/24"


@pytest.mark.parametrize(
    ("headers", "is_foreign", "tells_origin"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, True, True),
        ({"Sec-Fetch-Site": "same-site"}, True, True),
        ({"Origin": "https://evil.example"}, True, True),
        ({"Origin": "http://[evil"}, True, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind-a-proxy.example"}, False, True),
        ({"Sec-Fetch-Site": "none"}, False, True),
        ({"Origin": "http://testserver"}, False, True),
        ({"Origin": "null"}, False, False),
        ({}, False, False),
    ],
)
def test_the_browser_says_where_a_form_was_sent_from(headers, is_foreign, tells_origin):
    visit = visit_of(requests.post("/", headers=headers))
    assert (visit.is_foreign, visit.tells_origin) == (is_foreign, tells_origin)


def test_following_a_link_from_elsewhere_is_fine():
    assert visit_of(requests.get("/", headers={"Sec-Fetch-Site": "cross-site"})).is_foreign is False


def test_of_a_request_nobody_told_of_nothing_is_held_against_it():
    assert Visit() == Visit(network="", is_foreign=False, tells_origin=True)
