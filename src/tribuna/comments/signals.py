"""What comments tell the rooms above."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that stores a comment, so that what a receiver writes is kept or lost with it.
# Arguments: comment (Comment), draft (base.Draft), verdict (base.Verdict).
comment_submitted = Signal()
