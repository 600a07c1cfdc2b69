"""Moderation: the desk. What the house thinks of a comment, who decided so, and why.

Verbs (``actions``): ``decide``, ``decide_many``, ``undo``, ``undo_many``; ``open_appeal``, ``settle_appeal``;
``open_notice_appeal``, ``settle_notice_appeal``; ``ask_for_fit``, ``roll_back_filter``; ``record_submissions``;
``forget_traces``; ``check_counts``; ``open_desk``. Reads (``queries``): ``queue_page``, ``day_of``, ``record_of``,
``audit_page``; ``statement_of``, ``notice_rights``, ``appeals_page``; ``filter_state``; ``figures``, ``rules``;
``ledger_lines``, ``check_ledger``. Signals: ``comment_decided``, ``appeal_settled``. Judges (``judges/``) plug into
``TRIBUNA_JUDGES``.

Every change of a comment's state by the desk, and every first decision of the judges, is a ``Decision``: written in the
transaction that changes the state and its counters, never altered, never deleted; undoing one writes another. Judges
read and never write. What keeps a comment from its readers is stated on the receipt and can be appealed; whoever took a
decision doesn't decide on the appeal. The ledger is a chain of lines about decisions, written with them. A moderator
never decides on a comment that has moved on under their eyes. Nothing here keeps a reader's address: what judges
remember are keyed hashes, and they are forgotten.
"""
