"""What comments tell the rooms above."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that stores a comment, so that what a receiver writes is kept or lost with it.
# Arguments: comment (Comment), draft (base.Draft), verdict (base.Verdict).
comment_submitted = Signal()

# Sent before it, once for all comments that share a transaction. Arguments: submitted (a list of what has a comment, a
# draft and a verdict: actions.storing.Incoming). Whoever writes rows for each writes them at once.
comments_submitted = Signal()

# Sent inside the transaction in which an author changes the text. Arguments: those of comment_submitted, and
# state_before (models.State), the state that the comment had.
comment_edited = Signal()

# Sent inside the transaction in which an author takes a comment back. Arguments: comment (Comment), which has no text
# any more, and state_before (models.State).
comment_withdrawn = Signal()

# Sent inside the transaction in which a comment's state changes. Arguments: comment (Comment), was (a State value).
comment_state_changed = Signal()

# Sent inside the transaction in which a comment's text or its author's name is erased: a receiver lets go of what it
# keeps of the comment. Arguments: comment (Comment, still with its text), what (base.Erasure).
comment_erased = Signal()

# Sent when a reader asks what is kept of them. Arguments: comment (Comment), record (a dict of what JSON can say, to
# which a receiver adds what its room keeps).
comment_exported = Signal()

# Sent inside the transaction that stores or settles a report. Arguments: notice (Notice); settled: actor (a user), too.
notice_received = Signal()
notice_settled = Signal()

# As comment_exported, of a report. Arguments: notice (Notice), record (a dict).
notice_exported = Signal()

# Sent inside the transaction that takes their authors' names and addresses off reports: a receiver lets go of what it
# keeps of those authors' words. Arguments: notices (a queryset of Notice, still with the addresses).
notices_released = Signal()
