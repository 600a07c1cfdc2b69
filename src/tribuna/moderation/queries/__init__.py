"""What is read: by the desk, by authors on their receipts, by everybody on the public pages."""

from tribuna.moderation.queries.alike import alike_waiting, groups_of
from tribuna.moderation.queries.day import Day, day_of
from tribuna.moderation.queries.figures import Figures, Removed, figures
from tribuna.moderation.queries.filters import (
    FilterState,
    Proof,
    audit_of_rejections,
    filter_state,
    languages_of_rejection,
    lived_standings,
    proofs,
)
from tribuna.moderation.queries.judges import finder_titles, judge_titles
from tribuna.moderation.queries.ledger import LedgerFlaw, check_ledger, ledger_end, ledger_lines
from tribuna.moderation.queries.notices import NoticeRights, notice_rights, open_notice_appeals
from tribuna.moderation.queries.queue import (
    AuditPage,
    Entry,
    Filters,
    QueuePage,
    Row,
    audit_page,
    count_below,
    latest_decision,
    latest_decisions,
    moderators,
    queue_page,
    record_of,
    row_of,
    rows_of,
    sections,
    waiting_count,
)
from tribuna.moderation.queries.rights import Statement, Waiting, appeals_page, open_appeals, statement_of
from tribuna.moderation.queries.rules import cited_in, earlier_versions, rule_in, rules

__all__ = [
    "AuditPage",
    "Day",
    "Entry",
    "Figures",
    "FilterState",
    "Filters",
    "LedgerFlaw",
    "NoticeRights",
    "Proof",
    "QueuePage",
    "Removed",
    "Row",
    "Statement",
    "Waiting",
    "alike_waiting",
    "appeals_page",
    "audit_of_rejections",
    "audit_page",
    "check_ledger",
    "cited_in",
    "count_below",
    "day_of",
    "earlier_versions",
    "figures",
    "filter_state",
    "finder_titles",
    "groups_of",
    "judge_titles",
    "languages_of_rejection",
    "latest_decision",
    "latest_decisions",
    "ledger_end",
    "ledger_lines",
    "lived_standings",
    "moderators",
    "notice_rights",
    "open_appeals",
    "open_notice_appeals",
    "proofs",
    "queue_page",
    "record_of",
    "row_of",
    "rows_of",
    "rule_in",
    "rules",
    "sections",
    "statement_of",
    "waiting_count",
]
