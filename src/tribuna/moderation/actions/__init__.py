"""What the desk does: decide and undo, remember what came in, open."""

from tribuna.moderation.actions.decisions import Decided, StaleDecision, decide, decide_many, undo, undo_many
from tribuna.moderation.actions.desk import open_desk
from tribuna.moderation.actions.memory import forget_traces, record_submission

__all__ = [
    "Decided",
    "StaleDecision",
    "decide",
    "decide_many",
    "forget_traces",
    "open_desk",
    "record_submission",
    "undo",
    "undo_many",
]
