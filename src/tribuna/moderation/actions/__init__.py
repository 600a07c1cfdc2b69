"""What the desk does: decide, undo and settle appeals, remember what came in, keep rules and counts in order, open."""

from tribuna.moderation.actions.appeals import (
    AppealRefused,
    AppealSettled,
    NothingToAppeal,
    SameModerator,
    open_appeal,
    settle_appeal,
)
from tribuna.moderation.actions.complaints import (
    forget_notice_appeals,
    forget_reports_and_letters,
    notice_appeal_kept,
    open_notice_appeal,
    settle_notice_appeal,
)
from tribuna.moderation.actions.decisions import Decided, StaleDecision, decide, decide_many, undo, undo_many
from tribuna.moderation.actions.desk import open_desk
from tribuna.moderation.actions.housekeeping import check_counts, check_counts_nightly, forget_filter, save_filter
from tribuna.moderation.actions.learning import ask_for_fit, is_retraining_due, record_scores, roll_back_filter
from tribuna.moderation.actions.memory import (
    forget_author,
    forget_traces,
    record_edit,
    record_kept,
    record_submissions,
)
from tribuna.moderation.actions.policy import RULES, keep_version, number_rule, withdraw_rule
from tribuna.moderation.tasks import TooFewDecisions, is_fit_waiting, retrain_filter

__all__ = [
    "RULES",
    "AppealRefused",
    "AppealSettled",
    "Decided",
    "NothingToAppeal",
    "SameModerator",
    "StaleDecision",
    "TooFewDecisions",
    "ask_for_fit",
    "check_counts",
    "check_counts_nightly",
    "decide",
    "decide_many",
    "forget_author",
    "forget_filter",
    "forget_notice_appeals",
    "forget_reports_and_letters",
    "forget_traces",
    "is_fit_waiting",
    "is_retraining_due",
    "keep_version",
    "notice_appeal_kept",
    "number_rule",
    "open_appeal",
    "open_desk",
    "open_notice_appeal",
    "record_edit",
    "record_kept",
    "record_scores",
    "record_submissions",
    "retrain_filter",
    "roll_back_filter",
    "save_filter",
    "settle_appeal",
    "settle_notice_appeal",
    "undo",
    "undo_many",
    "withdraw_rule",
]
