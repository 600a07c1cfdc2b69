"""What the human check does: issue a challenge, check its answer, use it up."""

from tribuna.humans.actions.pool import fill_pool
from tribuna.humans.actions.tokens import (
    TOKEN_MAX_CHARACTERS,
    AlreadySpent,
    Issued,
    answer_token,
    burn_token,
    forget_expired_nonces,
    issue_challenge,
    open_token,
    scope_of,
    spend_proof,
)
from tribuna.humans.actions.work import issue_work

__all__ = [
    "TOKEN_MAX_CHARACTERS",
    "AlreadySpent",
    "Issued",
    "answer_token",
    "burn_token",
    "fill_pool",
    "forget_expired_nonces",
    "issue_challenge",
    "issue_work",
    "open_token",
    "scope_of",
    "spend_proof",
]
