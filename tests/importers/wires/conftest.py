from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.importers.wires.agency import Agency, open_agency, wire
from tribuna.importers.models import Wire


@pytest.fixture
def agency(settings) -> Iterator[Agency]:
    """An agency on this machine, which may be asked."""
    settings.TRIBUNA_WIRE_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_agency() as server:
        yield server


@pytest.fixture
def inbox(settings, tmp_path) -> Path:
    """The folder of a wire, empty."""
    settings.TRIBUNA_WIRES_FOLDER = tmp_path / "wires"
    folder = tmp_path / "wires" / "agency"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def deliver(newsroom, inbox) -> Callable[..., Wire]:
    """Deliver documents into the folder of a wire, each after the one before it; return the wire."""
    import os

    made = []

    def put(*documents: bytes | str, **fields: object) -> Wire:
        for number, document in enumerate(documents):
            path = inbox / f"{number}.xml"
            path.write_bytes(document.encode() if isinstance(document, str) else document)
            os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        if not made:
            made.append(wire(folder="agency", **fields))
        return made[0]

    return put
