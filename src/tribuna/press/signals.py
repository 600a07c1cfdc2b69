"""What the press tells those who keep copies of its pages."""

from __future__ import annotations

from django.dispatch import Signal

# Sent by the process that made this node forget pages, after it did. sender: None; tags: a frozenset of those that were
# said to have changed; keys: a list of base.Key, the pages that were stored here (key.url is the address).
pages_forgotten = Signal()

# Sent where pages are printed ahead. sender: None. Receivers return a list of the addresses of documents beside pages
# (decision 14), the first ones first.
documents_wanted = Signal()

# Sent by a front every few seconds while pages are read. sender: None; readings: a mapping of base.Key to how often
# people have read that page, from this process's memory, since it was last sent. Receivers must not wait for anything.
pages_read = Signal()
