"""What is kept of human checks: used numbers, the newsroom's questions and rules, buckets, and counts about nobody."""

from tribuna.humans.models.counts import DailyCount
from tribuna.humans.models.pressure import Bucket
from tribuna.humans.models.questions import ANSWERS_PER_QUESTION, SiteQuestion, fold, interface_languages
from tribuna.humans.models.rules import AskingRule
from tribuna.humans.models.tokens import SpentNonce

__all__ = [
    "ANSWERS_PER_QUESTION",
    "AskingRule",
    "Bucket",
    "DailyCount",
    "SiteQuestion",
    "SpentNonce",
    "fold",
    "interface_languages",
]
