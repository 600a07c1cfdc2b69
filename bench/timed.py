"""The calm settings, and a listener that takes down when each comment was committed."""

from bench.calm import *  # noqa: F403
from bench.calm import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.timing.Timing"]
