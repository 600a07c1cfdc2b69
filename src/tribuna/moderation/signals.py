"""What the desk tells the rooms above."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction of the decision, so that what a receiver writes is kept or lost with it.
# Arguments: decision (models.Decision), comment (Comment). Not sent for what the judges say when a comment comes in.
comment_decided = Signal()

# Sent inside the transaction that settles an appeal. Arguments: appeal (models.Appeal).
appeal_settled = Signal()
