"""Comments: what readers say under a page, without an account.

Verbs (``actions``): ``submit_comment``; ``publish_comment``, ``hold_comment``, ``reject_comment``,
``mark_comment_as_spam``; ``reconcile_counts``; mail (``ask_for_alerts``, ``tell_author`` and others), readers' reports
(``file_notice``, ``settle_notice``), what readers may demand (``export_comments``, ``erase_comment``). Reads
(``queries``): ``thread_page``, ``comment_counts``, ``place_of``, ``receipt_for``; ``letters``, ``notices``.

A comment is *visible* when it is published and so is everything above it; the count of a page is the number of its
visible comments and changes in the transaction that changes one of them. It never keeps a reader's address or e-mail
address beside a comment, never drops one in silence (what can't be decided is held for a person), and never imports the
newsroom: a comment stands under any Wagtail page that is ``Commentable``.
"""
