"""What is done to printed pages, and said about them."""

from tribuna.press.actions.forgetting import follow_log, forget_pages, keep_house, page_store
from tribuna.press.actions.saying import changed, fragment, lasts_until, remembered, shows, with_memory
from tribuna.press.base import recorded

__all__ = [
    "changed",
    "follow_log",
    "forget_pages",
    "fragment",
    "keep_house",
    "lasts_until",
    "page_store",
    "recorded",
    "remembered",
    "shows",
    "with_memory",
]
