"""Whom to believe about a reader's address, and how little of it to keep."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

PREFIX_BITS = {4: 24, 6: 48}


def _parsed(text: str) -> Address | None:
    """Return the address in *text*, which may be in brackets and have a port, as some proxies write it."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_address(remote: str, forwarded_for: str, *, trusted: Iterable[Network]) -> Address | None:
    """Return the nearest address that is not one of our own proxies, or None when it can't be told.

    *remote* is the peer of the connection (``REMOTE_ADDR``), *forwarded_for* the X-Forwarded-For header as it came. The
    header is read from the right, and only as far as *trusted* networks vouch for it: what stands further left is the
    visitor's own claim.
    """
    networks = list(trusted)
    address = _parsed(remote)
    for claim in reversed(forwarded_for.split(",") if forwarded_for else []):
        if address is None or not any(address in network for network in networks):
            break
        address = _parsed(claim)
    return address


def network_prefix(address: Address | None) -> str:
    """Return the /24 (IPv4) or /48 (IPv6) that *address* belongs to, as text; empty when it is not known."""
    if address is None:
        return ""
    return str(ip_network((address, PREFIX_BITS[address.version]), strict=False))


def is_public(text: str, *, allowed: Iterable[Network] = ()) -> bool:
    """Say whether the address in *text* is one of the internet's, or in one of the networks that are *allowed*.

    What names this machine, its neighbours or nobody (RFC 6890) is not, nor are such addresses in IPv6's clothes.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = (getattr(address, name, None) for name in ("ipv4_mapped", "sixtofour"))
    inside = [each for each in inner if each is not None]
    if inside:
        return all(is_public(str(each), allowed=allowed) for each in inside)
    is_ours = any(address in network for network in allowed if network.version == address.version)
    return is_ours or (address.is_global and not address.is_multicast)
