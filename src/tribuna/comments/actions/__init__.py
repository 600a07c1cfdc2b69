"""What is done with comments. Every change of what readers see and of the counters is one transaction."""

from tribuna.comments.actions.alerts import (
    ask_for_alerts,
    change_pace,
    confirm_alerts,
    stop_alerts,
    tell_author,
    tell_reply,
)
from tribuna.comments.actions.answering import (
    NotShown,
    answer_as_newsroom,
    mark_answered,
    pin_comment,
    unpin_comment,
)
from tribuna.comments.actions.deciding import (
    StateMoved,
    hold_comment,
    mark_comment_as_spam,
    publish_comment,
    reject_comment,
)
from tribuna.comments.actions.editing import NotEditable, edit_comment, editable_until, withdraw_comment
from tribuna.comments.actions.judging import (
    ASKED_FOR_MODERATOR,
    CHECK_FAILED,
    COULD_NOT_TELL,
    FIRST_IS_READ,
    PAGE_IS_PREMODERATED,
)
from tribuna.comments.actions.letters import TooManyLetters, forget_letters
from tribuna.comments.actions.notices import (
    NoticeSettled,
    confirm_notice,
    file_notice,
    notice_nonce,
    settle_notice,
    tell_outcome,
)
from tribuna.comments.actions.rights import ask_by_mail, erase_comment, export_comments, forget_address, is_erased
from tribuna.comments.actions.storing import CommentRefused, Incoming, ReplyGone
from tribuna.comments.actions.submitting import (
    SECRET_HEX_DIGITS,
    NothingToSay,
    PageClosed,
    Submitted,
    TooLong,
    receipt_secret,
    submit_comment,
)
from tribuna.comments.actions.threads import lock_thread, note_change, reconcile_counts
from tribuna.comments.actions.voting import VoteRefused, is_counted, respect_comment

__all__ = [
    "ASKED_FOR_MODERATOR",
    "CHECK_FAILED",
    "COULD_NOT_TELL",
    "FIRST_IS_READ",
    "PAGE_IS_PREMODERATED",
    "SECRET_HEX_DIGITS",
    "CommentRefused",
    "Incoming",
    "NotEditable",
    "NotShown",
    "NothingToSay",
    "NoticeSettled",
    "PageClosed",
    "ReplyGone",
    "StateMoved",
    "Submitted",
    "TooLong",
    "TooManyLetters",
    "VoteRefused",
    "answer_as_newsroom",
    "ask_by_mail",
    "ask_for_alerts",
    "change_pace",
    "confirm_alerts",
    "confirm_notice",
    "edit_comment",
    "editable_until",
    "erase_comment",
    "export_comments",
    "file_notice",
    "forget_address",
    "forget_letters",
    "hold_comment",
    "is_counted",
    "is_erased",
    "lock_thread",
    "mark_answered",
    "mark_comment_as_spam",
    "note_change",
    "notice_nonce",
    "pin_comment",
    "publish_comment",
    "receipt_secret",
    "reconcile_counts",
    "reject_comment",
    "respect_comment",
    "settle_notice",
    "stop_alerts",
    "submit_comment",
    "tell_author",
    "tell_outcome",
    "tell_reply",
    "unpin_comment",
    "withdraw_comment",
]
