"""Takes somebody else's HTML apart: what comes out are the few things a story is made of, and what could not be kept.

``pieces_of(html)`` never fails, whatever it is given, and every text in its answer is safe to show.
"""

from tribuna.core.markup.pieces import (
    Embed,
    Gallery,
    Heading,
    Lost,
    Picture,
    Piece,
    Quote,
    Table,
    Text,
    is_safe_address,
)
from tribuna.core.markup.reader import pieces_of
from tribuna.core.markup.words import text_of

__all__ = [
    "Embed",
    "Gallery",
    "Heading",
    "Lost",
    "Picture",
    "Piece",
    "Quote",
    "Table",
    "Text",
    "is_safe_address",
    "pieces_of",
    "text_of",
]
