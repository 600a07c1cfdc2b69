"""Taking in what wires send."""

from tribuna.importers.actions.wires.guarding import hindrance, standing_of
from tribuna.importers.actions.wires.scheduling import enqueue_due_wires
from tribuna.importers.actions.wires.taking import Taken, take_in

__all__ = ["Taken", "enqueue_due_wires", "hindrance", "standing_of", "take_in"]
