"""The calm settings with all judges, and with limits that no load generator reaches."""

from bench.calm import *  # noqa: F403
from tribuna.site import settings

TRIBUNA_JUDGES = settings.TRIBUNA_JUDGES

TRIBUNA_PRESSURE_NETWORK_POINTS = TRIBUNA_PRESSURE_SITE_POINTS = 10**9
TRIBUNA_PACE_NETWORK_MAXIMUM = TRIBUNA_PACE_AUTHOR_MAXIMUM = 10**9
