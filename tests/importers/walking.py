"""Walks old addresses over HTTP, and says of each where it led or why it leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from django.test import Client

from tribuna.importers.models import Finding


@dataclass
class Walk:
    """What came of the old addresses of one archive."""

    led: dict[str, str] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)

    def go(self, client: Client, addresses: Iterable[str], *, kind: str, key: str) -> None:
        """Follow *addresses* of the record *key*: 301, then 200, or the report says what was lost of it."""
        for address in addresses:
            answer = client.get(quote(address, safe="/?=&%"))
            if answer.status_code == 301 and status_at(client, answer.url) == 200:
                self.led[address] = answer.url
            elif not Finding.objects.filter(kind=kind, key=key, is_lost=True).exists():
                self.untold.append(f"{address} {answer.status_code}")


def status_at(client: Client, address: str) -> int:
    """Return how *address* is answered, having read all of it."""
    answer = client.get(address)
    for _part in getattr(answer, "streaming_content", ()):
        pass
    return int(answer.status_code)
