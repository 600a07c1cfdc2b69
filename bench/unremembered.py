"""The unstored settings without stored fragments either: nothing that is printed was ever printed before."""

from bench.calm import *  # noqa: F403

TRIBUNA_PRESS_STORE = "bench.forgetful.OblivionStore"
