"""Formats, one file each: they take plain facts, ask nobody, and return text."""
