"""The site's settings with a store that never finds a page, so that every request is printed afresh."""

from tribuna.site.settings import *  # noqa: F403

TRIBUNA_PRESS_STORE = "bench.forgetful.ForgetfulStore"
