"""What is kept of human checks: used numbers, questions and rules, keys of passes, buckets, counts about nobody."""

from tribuna.humans.models.counts import DailyCount
from tribuna.humans.models.passes import (
    ABOUT_MAX_CHARACTERS,
    PassBatch,
    PassKey,
    keys_called,
    pass_nonce,
    site_challenge,
    spent,
)
from tribuna.humans.models.pressure import Bucket
from tribuna.humans.models.questions import ANSWERS_PER_QUESTION, SiteQuestion, fold, interface_languages
from tribuna.humans.models.rules import AskingRule
from tribuna.humans.models.tokens import SpentNonce

__all__ = [
    "ABOUT_MAX_CHARACTERS",
    "ANSWERS_PER_QUESTION",
    "AskingRule",
    "Bucket",
    "DailyCount",
    "PassBatch",
    "PassKey",
    "SiteQuestion",
    "SpentNonce",
    "fold",
    "interface_languages",
    "keys_called",
    "pass_nonce",
    "site_challenge",
    "spent",
]
