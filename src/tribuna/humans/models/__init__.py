"""What is kept of a human check: the numbers of the used ones, and the questions that the newsroom asks."""

from tribuna.humans.models.questions import ANSWERS_PER_QUESTION, SiteQuestion, fold, interface_languages
from tribuna.humans.models.tokens import SpentNonce

__all__ = ["ANSWERS_PER_QUESTION", "SiteQuestion", "SpentNonce", "fold", "interface_languages"]
