"""What is kept of a human check: the numbers of the used ones, the newsroom's questions, the keys of passes."""

from tribuna.humans.models.passes import ABOUT_MAX_CHARACTERS, PassBatch, PassKey
from tribuna.humans.models.questions import ANSWERS_PER_QUESTION, SiteQuestion, fold, interface_languages
from tribuna.humans.models.tokens import SpentNonce

__all__ = [
    "ABOUT_MAX_CHARACTERS",
    "ANSWERS_PER_QUESTION",
    "PassBatch",
    "PassKey",
    "SiteQuestion",
    "SpentNonce",
    "fold",
    "interface_languages",
]
