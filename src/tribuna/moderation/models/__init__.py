"""The facts of the desk: what was decided and appealed, its ledger, what the editors keep, what the judges remember."""

from tribuna.moderation.models.appeals import APPEAL_MAX_CHARACTERS, Appeal, AppealModel, NoticeAppeal
from tribuna.moderation.models.decisions import REPORT, RESTRICTING, Decision
from tribuna.moderation.models.desk import CountCheck, SavedFilter
from tribuna.moderation.models.filters import Score, SiteFilter
from tribuna.moderation.models.ledger import LedgerEntry, LedgerHead
from tribuna.moderation.models.memory import Trace
from tribuna.moderation.models.policy import Rule, RuleVersion, WordEntry, comment_languages
from tribuna.moderation.models.records import AppendOnly

__all__ = [
    "APPEAL_MAX_CHARACTERS",
    "REPORT",
    "RESTRICTING",
    "Appeal",
    "AppealModel",
    "AppendOnly",
    "CountCheck",
    "Decision",
    "LedgerEntry",
    "LedgerHead",
    "NoticeAppeal",
    "Rule",
    "RuleVersion",
    "SavedFilter",
    "Score",
    "SiteFilter",
    "Trace",
    "WordEntry",
    "comment_languages",
]
