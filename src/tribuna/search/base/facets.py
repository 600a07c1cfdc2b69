"""What a search may be narrowed down by, as the index has it: letters and digits."""

from __future__ import annotations

from uuid import UUID


def edition_facet(locale_id: int) -> str:
    """The tree of which language a story stands in."""
    return f"e{locale_id}"


def section_facet(page_id: int) -> str:
    """The page above it."""
    return f"s{page_id}"


def language_facet(code: str) -> str:
    """The language it is written in."""
    return f"l{code.replace('-', '')}"


def author_facet(translation_key: UUID) -> str:
    """Who wrote it, in whichever language's pages."""
    return f"a{translation_key.hex}"


def topic_facet(translation_key: UUID) -> str:
    """What it is about, in whichever language's pages."""
    return f"t{translation_key.hex}"
