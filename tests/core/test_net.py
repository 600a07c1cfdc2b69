"""Whom to believe about an address."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribuna.core.net import client_address, is_public, network_prefix

PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8:ffff::/48")]


@pytest.mark.parametrize(
    ("remote", "forwarded_for", "client"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # nobody vouches for the header
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (
            "10.0.0.1",
            "203.0.113.9, 198.51.100.1",
            "198.51.100.1",
        ),  # what stands further left is the visitor's own claim
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:ffff::1", "2001:db8::5", "2001:db8::5"),
        ("10.0.0.1", "[2001:db8::5]:4711", "2001:db8::5"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_the_nearest_address_that_is_not_a_proxy_of_ours_is_the_client(remote, forwarded_for, client):
    assert client_address(remote, forwarded_for, trusted=PROXIES) == ip_address(client)


@pytest.mark.parametrize(
    ("remote", "forwarded_for"),
    [("", ""), ("unix:", "198.51.100.1"), ("10.0.0.1", "unknown"), ("10.0.0.1", "198.51.100.1,,")],
)
def test_an_address_that_can_not_be_told_is_none(remote, forwarded_for):
    assert client_address(remote, forwarded_for, trusted=PROXIES) is None


@given(st.text(), st.text())
def test_no_header_raises(remote, forwarded_for):
    for trusted in ([], [ip_network("0.0.0.0/0"), ip_network("::/0")]):
        network_prefix(client_address(remote, forwarded_for, trusted=trusted))


@given(st.ip_addresses())
def test_only_the_network_of_an_address_is_kept(address):
    prefix = ip_network(network_prefix(address))
    assert address in prefix
    assert prefix.prefixlen == {4: 24, 6: 48}[address.version]


def test_the_network_of_no_address_is_empty():
    assert network_prefix(None) == ""


def test_the_zone_of_a_link_does_not_matter():
    assert network_prefix(ip_address("fe80::1%eth0")) == "fe80::/48"


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("2002:7f00:1::", False),
        ("nobody", False),
        ("192.168.7.9", True),
    ],
)
def test_which_addresses_are_public(address, is_so):
    assert is_public(address, allowed=[ip_network("192.168.7.0/24"), ip_network("fc00::/64")]) is is_so
