"""What browsers ask of the human check by themselves."""

from tribuna.humans.views.passes import directory, passes

__all__ = ["directory", "passes"]
