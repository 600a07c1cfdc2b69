"""What is searched, as pure functions and facts: words, questions, marks."""

from tribuna.search.base.facts import CEILING, Question, Row, Shelf, place_of
from tribuna.search.base.marks import marked, snippet
from tribuna.search.base.words import WORDS_MAXIMUM, alternatives, stem, story_text, words_of

__all__ = [
    "CEILING",
    "WORDS_MAXIMUM",
    "Question",
    "Row",
    "Shelf",
    "alternatives",
    "marked",
    "place_of",
    "snippet",
    "stem",
    "story_text",
    "words_of",
]
