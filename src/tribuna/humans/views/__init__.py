"""The human check over HTTP."""
