"""What browsers ask of the human check by themselves."""

from tribuna.humans.views.passes import directory, passes
from tribuna.humans.views.work import work, worker

__all__ = ["directory", "passes", "work", "worker"]
