"""Comments over HTTP. Reading writes nothing and sets no cookie; sending is bound by the form's own token."""

from tribuna.comments.views.alerts import alert, receipt_alerts, stop_alert
from tribuna.comments.views.answering import MAY_ANSWER, AnswerView
from tribuna.comments.views.reading import branch, comment, count, thread
from tribuna.comments.views.receipts import edit, receipt, withdraw
from tribuna.comments.views.reports import confirm, error, notice, report
from tribuna.comments.views.rights import (
    prove,
    receipt_erase,
    receipt_export,
    rights_erase,
    rights_export,
    rights_page,
)
from tribuna.comments.views.voting import respect
from tribuna.comments.views.writing import form

__all__ = [
    "MAY_ANSWER",
    "AnswerView",
    "alert",
    "branch",
    "comment",
    "confirm",
    "count",
    "edit",
    "error",
    "form",
    "notice",
    "prove",
    "receipt",
    "receipt_alerts",
    "receipt_erase",
    "receipt_export",
    "report",
    "respect",
    "rights_erase",
    "rights_export",
    "rights_page",
    "stop_alert",
    "thread",
    "withdraw",
]
