"""Loading what a setting names."""

from __future__ import annotations

import pytest

from tribuna.core.plug import plug, plugs


class Lamp:
    """Something that can be plugged in."""


class Fan:
    """Something else."""


LAMP, FAN = f"{__name__}.Lamp", f"{__name__}.Fan"


def test_a_path_gives_one_instance_for_the_life_of_the_process():
    assert isinstance(plug(LAMP), Lamp)
    assert plug(LAMP) is plug(LAMP)


def test_several_paths_give_their_instances_in_order():
    assert [type(thing).__name__ for thing in plugs([FAN, LAMP])] == ["Fan", "Lamp"]


@pytest.mark.parametrize("path", ["", "nowhere", "tribuna.core.nothing.Nothing", "tribuna.core.plug.Nothing"])
def test_a_path_to_nothing_is_an_import_error(path):
    with pytest.raises(ImportError):
        plug(path)
