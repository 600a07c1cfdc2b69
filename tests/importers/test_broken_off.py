"""Every real export, broken off here and there and begun again, comes to the same end as in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.importers.factories import everything, shared, unpacked
from tests.importers.samples import options_of
from tests.importers.test_real_exports import EXPORTS
from tribuna.importers.actions import import_archive
from tribuna.importers.base import Source
from tribuna.importers.sources.drupal7 import Drupal7
from tribuna.importers.sources.wordpress import WordPress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom")]

DRUPAL = "fixture.sqlite"
PARTS = 4


class BrokenOff(BaseException):
    """As a signal would."""


@contextmanager
def undone() -> Iterator[None]:
    """Forget in the end what was stored."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(source: Source, words: list[str], *, until: int | None = None) -> int:
    """Import it, or break off once *until* records are done; return how many were."""
    done = 0

    def watch(number: int) -> None:
        nonlocal done
        done += number
        if until is not None and done >= until:
            raise BrokenOff

    import_archive(source.open(options_of(source, words)), name="old", source=source.name, watch=watch)
    return done


@pytest.mark.parametrize("name", [*EXPORTS, DRUPAL])
def test_an_import_broken_off_and_begun_again_comes_to_the_same_end(name, tmp_path, monkeypatch):
    monkeypatch.setattr("tribuna.importers.actions.running.RECORDS_AT_ONCE", 5)
    monkeypatch.setattr("tribuna.importers.actions.running.COMMENTS_AT_ONCE", 5)
    if name == DRUPAL:
        source, words = Drupal7(), [f"sqlite:///{unpacked(f'drupal7/{DRUPAL}.gz', tmp_path)}"]
    else:
        source, words = WordPress(), [str(shared(f"wxr/{name}"))]
    with undone():
        number, whole = run(source, words), everything()
    with undone():
        for part in range(1, PARTS):
            with pytest.raises(BrokenOff):
                run(source, words, until=number * part // PARTS)
            assert len(everything()[-1]) < len(whole[-1])
        run(source, words)
        assert everything() == whole
