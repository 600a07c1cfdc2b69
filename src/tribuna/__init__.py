"""Tribuna: a self-hosted news site, made of rooms that only look down (docs/explanation/house.md)."""

__version__ = "0.1.0"
