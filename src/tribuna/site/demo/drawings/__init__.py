"""Pictures for the demo newsroom, drawn by this package's own code; the same name and seed give the same picture."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from tribuna.site.demo.drawings import (
    animals,
    country,
    harbour,
    indoors,
    music,
    patterns,
    play,
    produce,
    sails,
    shore,
    sport,
    stall,
    street,
    table,
    works,
)
from tribuna.site.demo.drawings.canvas import Canvas

SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (
        harbour.harbour,
        harbour.lighthouse,
        harbour.floats,
        sails.ferry,
        sails.regatta,
        shore.wave,
        shore.beach,
        country.bridge,
        country.hills,
        country.night,
        country.allotment,
        street.facades,
        street.square,
        animals.gulls,
        animals.cat,
        music.piano,
        music.violin,
        music.choir,
        indoors.shelves,
        indoors.cinema,
        indoors.rain,
        sport.pitch,
        sport.pool,
        play.bicycle,
        play.chess,
        play.kites,
        table.bread,
        table.cafe,
        produce.fruit,
        produce.fish,
        stall.flowers,
        stall.pots,
        patterns.tiles,
        patterns.chart,
        works.saltpans,
        works.workbench,
    )
}


def draw(scene: str, seed: int) -> Image.Image:
    """Return the picture *scene* in the variation *seed*, 1600 x 1067 pixels. Raises KeyError for an unknown scene."""
    canvas = Canvas(seed)
    SCENES[scene](canvas)
    return canvas.picture()
