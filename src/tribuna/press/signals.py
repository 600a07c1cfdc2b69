"""What the press tells those who keep copies of its pages."""

from __future__ import annotations

from django.dispatch import Signal

# Sent by the process that made this node forget pages, after it did. sender: None; tags: a frozenset of those that were
# said to have changed; keys: a list of base.Key, the pages that were stored here (key.url is the address).
pages_forgotten = Signal()
