"""The site's settings with a store that keeps nothing, so that every request is printed afresh."""

from tribuna.site.settings import *  # noqa: F403

TRIBUNA_PRESS_STORE = "tribuna.press.stores.null.NullStore"
