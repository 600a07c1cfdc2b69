"""Fill the pool of prepared puzzles, in a process that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.conf import settings

from tribuna.humans.base import Preparable, Unavailable
from tribuna.humans.queries import configured_challenges
from tribuna.humans.stores.pool import pool
from tribuna.humans.witnesses.work import ARGON2ID_MOST, missing_parts, prepare_work

# What a process claims at a time, and at most loses; each takes some 150 ms to make, so that no kind waits for another.
BATCH_OF_PUZZLES = {"image": 32, "sound": 8, "work": 4}
BATCH_OF_OTHERS = 4


@dataclass(frozen=True, slots=True)
class _Recipe:
    kind: str
    batch: int
    most: int  # so many are kept; below half of it, more are made
    make: Callable[[], dict[str, Any]]


def fill_pool() -> int:
    """Bring each kind that has fallen below half of ``TRIBUNA_POOL_PUZZLES`` up to it; return how many were made.

    A batch of each in turn, so that none waits for all of another. Nothing is made while another process fills the
    pool. Raises OSError when the folder can't be used.
    """
    made, store = 0, pool()
    with store.filling() as is_mine:
        if not is_mine:
            return 0
        store.clear_away()
        wanting = [recipe for recipe in _recipes() if store.count(recipe.kind) < recipe.most / 2]
        while wanting := [recipe for recipe in wanting if _has_room(recipe) and _add_batch(recipe)]:
            made += sum(recipe.batch for recipe in wanting)
    return made


def _add_batch(recipe: _Recipe) -> bool:
    """Make a batch and say whether that could be done."""
    try:
        batch = [recipe.make() for _each in range(recipe.batch)]
    except Unavailable:
        return False
    pool().put(recipe.kind, batch)
    return True


def _has_room(recipe: _Recipe) -> bool:
    store = pool()
    return store.count(recipe.kind) < recipe.most and store.size() < settings.TRIBUNA_POOL_MAXIMUM_BYTES


def _recipes() -> Iterable[_Recipe]:
    """Yield how to prepare what the site asks for and this machine can make, the quickest first."""
    for challenge in configured_challenges().values():
        if isinstance(challenge, Preparable):
            for language in challenge.prepares_for():
                yield _recipe(challenge.kind(language), partial(_puzzle, challenge, language))
    if not missing_parts():
        for level in range(len(ARGON2ID_MOST)):
            yield _recipe(f"work:{level}", partial(prepare_work, level))


def _puzzle(challenge: Preparable, language: str) -> dict[str, Any]:
    return asdict(challenge.prepare(language))


def _recipe(kind: str, make: Callable[[], dict[str, Any]]) -> _Recipe:
    family = kind.partition(":")[0]
    batch = BATCH_OF_PUZZLES.get(family, BATCH_OF_OTHERS)
    return _Recipe(kind, batch, settings.TRIBUNA_POOL_PUZZLES.get(family, 0), make)
