"""The facts of the desk: what was decided, what the editors keep, what the judges remember."""

from tribuna.moderation.models.decisions import AppendOnly, Decision
from tribuna.moderation.models.memory import Trace
from tribuna.moderation.models.policy import Rule, WordEntry, comment_languages

__all__ = ["AppendOnly", "Decision", "Rule", "Trace", "WordEntry", "comment_languages"]
