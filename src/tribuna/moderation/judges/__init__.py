"""Judges: one file each. A judge reads a draft, says publish, hold or reject, and why; it never writes."""
