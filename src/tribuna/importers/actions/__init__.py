"""The verbs."""

from tribuna.importers.actions.carrying import break_off_runs, carry_out_next
from tribuna.importers.actions.ledger import Ledger, Wishes
from tribuna.importers.actions.ordering import (
    continue_import,
    discard_import,
    import_for_good,
    prepare_import,
    start_import,
    stop_import,
)
from tribuna.importers.actions.reporting import write_report
from tribuna.importers.actions.running import Outcome, import_archive
from tribuna.importers.actions.uploads import forget_old_uploads

__all__ = [
    "Ledger",
    "Outcome",
    "Wishes",
    "break_off_runs",
    "carry_out_next",
    "continue_import",
    "discard_import",
    "forget_old_uploads",
    "import_archive",
    "import_for_good",
    "prepare_import",
    "start_import",
    "stop_import",
    "write_report",
]
