"""The calm settings with a store that never finds a page, so that every request is printed afresh."""

from bench.calm import *  # noqa: F403

TRIBUNA_PRESS_STORE = "bench.forgetful.ForgetfulStore"
