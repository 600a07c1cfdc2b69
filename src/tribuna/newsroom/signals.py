"""What the newsroom says aloud."""

from __future__ import annotations

from django.dispatch import Signal

# A page is about to be shown, to a reader or in a preview. sender: the page's class; page; request; context: a dict
# to which a receiver adds what the template needs.
page_shown = Signal()
