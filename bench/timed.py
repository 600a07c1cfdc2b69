"""The site's settings, and a listener that takes down when each comment was committed."""

from tribuna.site.settings import *  # noqa: F403
from tribuna.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.timing.Timing"]
