"""The calm settings, with limits that no load generator reaches: all its comments come within minutes."""

from bench.calm import *  # noqa: F403

TRIBUNA_PRESSURE_NETWORK_POINTS = TRIBUNA_PRESSURE_SITE_POINTS = 10**9
TRIBUNA_PACE_NETWORK_MAXIMUM = TRIBUNA_PACE_AUTHOR_MAXIMUM = 10**9
