"""How much has come lately, from one network and from all of them, in buckets that leak.

A bucket loses a share of what is in it each second, as one with a hole does. So that many processes can pour at once
and only ever add, what is poured grows with the time of day by as much as the bucket leaks, and is scaled back when it
is read (forward decay: Cormode, Shkapenyuk, Srivastava and Xu, "Forward Decay: A Practical Time Decay Model for
Streaming Systems", ICDE 2009). A bucket belongs to one day (UTC); that of the day before still counts while it leaks.

Pouring is a sum in memory, written a second later by another thread. Nothing here raises: without its store a process
knows what it saw itself within the last second.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from math import ceil, exp, inf, log

from django.conf import settings

from tribuna.core.plug import plug
from tribuna.core.signing import daily_hash
from tribuna.core.tally import Tally
from tribuna.humans.base import BucketStore

logger = logging.getLogger(__name__)

DAY_SECONDS = 24 * 60 * 60
# A bucket's number is its day's, times 2^21; below that, 20 bits of a keyed hash for a network's, or for the site's one
# 2^20 and 20 bits of another: so many rows a day there can be, and no more.
DAY_BITS, HASH_BITS = 21, 20
DRY_LIVES = 14  # mean lives, after which a millionth is left of whatever was in a bucket
DESK_SECONDS = 60 * 60  # how long what waits for a moderator weighs on whoever sends the next
SIGN_IN_SECONDS, SIGN_IN_MAXIMUM = 15 * 60, 10  # so many wrong passwords, from one network or for one account
STORE_REST_SECONDS = 5.0  # a store that failed is left alone for so long
KNOWN_SECONDS, KNOWN_MAXIMUM = 1.0, 10_000  # what the store said is believed for so long, of so many buckets


class Weight(IntEnum):
    """How much an event pours into the buckets of pressure, in points."""

    SHOWN = 1  # a form or a challenge was shown
    REFUSED = 3  # an answer was wrong, or a token or a proof none of ours
    ACCEPTED = 4  # something was sent and taken


@dataclass(frozen=True, slots=True)
class _Kind:
    """Buckets for one purpose: *seconds* is their mean life, the rest what fills them up."""

    purpose: str
    seconds: float
    network: float
    site: float


@dataclass(slots=True)
class _Seen:
    """What this process knows of the store, by the monotonic clock."""

    contents: dict[int, tuple[float, float]] = field(default_factory=dict)  # when it was read, and what was in it
    resting_until: float = 0.0


_seen = _Seen()


def _pressure() -> _Kind:
    return _Kind(
        "pressure",
        settings.TRIBUNA_PRESSURE_SECONDS,
        settings.TRIBUNA_PRESSURE_NETWORK_POINTS,
        settings.TRIBUNA_PRESSURE_SITE_POINTS,
    )


def _desk() -> _Kind:
    return _Kind("desk", DESK_SECONDS, settings.TRIBUNA_WAITING_NETWORK_MAXIMUM, settings.TRIBUNA_WAITING_SITE_MAXIMUM)


def _sign_in() -> _Kind:
    return _Kind("sign-in", SIGN_IN_SECONDS, SIGN_IN_MAXIMUM, inf)


def _store() -> BucketStore:
    store: BucketStore = plug(settings.TRIBUNA_PRESSURE_STORE)
    return store


def _write(sums: Mapping[int, float]) -> None:
    _store().pour(sums)
    _seen.contents.clear()


_poured: Tally[int] = Tally(_write, seconds=lambda: settings.TRIBUNA_TALLY_SECONDS)


def _bucket(kind: _Kind, network: str, day: datetime) -> int:
    """Return the number of a network's bucket on *day*, or of the site's where *network* is empty.

    How fast it leaks is part of the hash: whoever changes that begins with empty buckets, and not with wrong ones.
    """
    digest = daily_hash(f"pressure.{kind.purpose}.{kind.seconds}", network, day=day.date())
    bits = int(digest[:16], 16) % (1 << HASH_BITS)
    return (day.toordinal() << DAY_BITS) + bits + (0 if network else 1 << HASH_BITS)


def _contents(numbers: list[int]) -> dict[int, float]:
    """Return what the store has of *numbers*, or had a moment ago: nothing while it is away."""
    now = time.monotonic()
    read = {number: seen for number in numbers if (seen := _seen.contents.get(number))}  # another thread may clear it
    known = {number: content for number, (at, content) in read.items() if now - at < KNOWN_SECONDS}
    if len(known) == len(numbers) or now < _seen.resting_until:
        return known
    try:
        found = _store().contents(numbers)
    except Exception:  # whatever it is: a form may not fail because nobody knows how many others were asked for
        logger.exception("The store of pressure is away; it is asked again in a few seconds.")
        _seen.resting_until = now + STORE_REST_SECONDS
        return known
    if len(_seen.contents) > KNOWN_MAXIMUM:
        _seen.contents.clear()
    known = {number: found.get(number, 0.0) for number in numbers}
    _seen.contents.update({number: (now, content) for number, content in known.items()})
    return known


def _leaking(kind: _Kind, network: str) -> list[tuple[int, float]]:
    """Return the numbers of a network's buckets, or of the site's, with the share that is left of what was poured."""
    now = datetime.now(tz=UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    is_dry = (now - today).total_seconds() > DRY_LIVES * kind.seconds  # yesterday's
    return [
        (_bucket(kind, network, day), exp(-(now - day).total_seconds() / kind.seconds))
        for day in (today, today - timedelta(days=1))[: 1 if is_dry else 2]
    ]


def _levels(kind: _Kind, *networks: str) -> list[float]:
    """Return what is left in the buckets of each of *networks*, and where one is empty in the site's, in points."""
    buckets = [_leaking(kind, network) for network in networks]
    numbers = list({number for each in buckets for number, _share in each})
    stored, pending = _contents(numbers), _poured.pending(numbers)
    return [sum((stored.get(number, 0.0) + pending[number]) * share for number, share in each) for each in buckets]


def _own_and_site(kind: _Kind, network: str) -> tuple[float, float]:
    """Return the levels of *network* and of the site. A network not known has none."""
    site, *own = _levels(kind, "", *[network] * bool(network))
    return sum(own), site


def _pour(kind: _Kind, networks: Sequence[str], points: float) -> None:
    now = datetime.now(tz=UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    grown = points * exp((now - today).total_seconds() / kind.seconds)
    site, amounts = _bucket(kind, "", today), defaultdict[int, float](float)
    known = [network for network in networks if network]
    # The site's is asked for as well: whoever pours will soon want to know it.
    levels = dict(zip(["", *known], _levels(kind, "", *known), strict=True)) if known else {}
    for network in networks:
        # One network may not raise the level for everybody else: what overflows its own bucket is its own affair.
        if not network or levels[network] < kind.network:
            amounts[site] += grown
        if network:
            amounts[_bucket(kind, network, today)] += grown
            levels[network] += points
    _poured.add(amounts)


def add_pressure(network: str, *, weight: Weight) -> None:
    """Pour *weight* into the buckets of *network* (the text of ``core.net.network_prefix``) and of the site."""
    add_pressures([network], weight=weight)


def add_pressures(networks: Sequence[str], *, weight: Weight) -> None:
    """Pour *weight* for each of *networks*; the store is asked about all of them at once."""
    _pour(_pressure(), networks, weight)


def pressure_of(network: str) -> float:
    """Return how hard *network*, or all of the site, is pressed: from 0 (calm) to 1 (a bucket is full)."""
    kind = _pressure()
    own, site = _own_and_site(kind, network)
    return min(1.0, max(own / kind.network, site / kind.site))


def add_waiting(network: str) -> None:
    """Note that something from *network* was put on the moderators' desk."""
    _pour(_desk(), [network], 1)


def seconds_until_desk_is_free(network: str) -> int:
    """Return how long it takes until the desk takes something from *network* again: 0 when it does now."""
    kind = _desk()
    own, site = _own_and_site(kind, network)
    return _until_room(kind, max(own / _but_one(kind.network), site / _but_one(kind.site)))


def _but_one(full: float) -> float:
    """Return what a bucket may hold to take one more: level · e^(-t / life) = full - 1."""
    return max(full - 1, 0.5)


def _until_room(kind: _Kind, fullest: float) -> int:
    return ceil(kind.seconds * log(fullest)) if fullest > 1 else 0


def add_wrong_sign_in(network: str, account: str) -> None:
    """Note a wrong password for *account* (what was typed as its name) from *network*."""
    _pour(_sign_in(), [own for own in (network, _account(account)) if own], 1)


def seconds_until_sign_in(network: str, account: str) -> int:
    """Return how long it takes until *network* may try a password for *account* again: 0 when it may now.

    An account that many networks try is closed to those of them that were wrong lately, and not to its owner's.
    """
    kind = _sign_in()
    tried, *known = _levels(kind, _account(account), *[network] * bool(network))
    own = sum(known)
    was_wrong_lately = own >= 0.5 or not network  # within the time that leaves half of a wrong password in the bucket
    fullest = max(own, tried if was_wrong_lately else 0)
    return _until_room(kind, fullest / _but_one(kind.network))


def _account(account: str) -> str:
    return f"account:{account.strip().casefold()}"


def forget_old_buckets() -> int:
    """Drop the buckets of the days before yesterday; return how many there were."""
    yesterday = datetime.now(tz=UTC) - timedelta(days=1)
    return _store().forget(yesterday.toordinal() << DAY_BITS)


def write_pressure_down() -> bool:
    """Bring what this process has poured to the store now; say whether that went well."""
    return _poured.write_down()


def forget_unwritten_pressure() -> None:
    """Drop what this process has poured and not written yet, and ask a store that failed again."""
    _seen.resting_until = 0.0
    _seen.contents.clear()
    _poured.forget()
