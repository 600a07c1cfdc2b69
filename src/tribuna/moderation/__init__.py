"""Moderation: the desk. What the house thinks of a comment, who decided so, and why.

Verbs (``actions``): ``decide``, ``decide_many``, ``undo``, ``undo_many``; ``record_submission``; ``forget_traces``;
``open_desk``. Reads (``queries``): ``waiting_count``, ``queue_page``, ``row_of``, ``record_of``, ``audit_page``,
``rules``. Judges (``judges/``) plug into ``TRIBUNA_JUDGES``.

Every change of a comment's state by the desk, and every first decision of the judges, is a ``Decision``: written in the
transaction that changes the state and its counters, never altered, never deleted; undoing one writes another. Judges
read and never write. A moderator never decides on a comment that has moved on under their eyes. Nothing here keeps a
reader's address: what judges remember are keyed hashes, and they are forgotten.
"""
