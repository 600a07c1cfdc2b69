"""What the human check does: issue a challenge, check its answer, use it up."""

from tribuna.humans.actions.tokens import (
    TOKEN_MAX_CHARACTERS,
    AlreadySpent,
    Issued,
    answer_token,
    burn_token,
    forget_expired_nonces,
    issue_challenge,
    open_token,
    spend_proof,
)

__all__ = [
    "TOKEN_MAX_CHARACTERS",
    "AlreadySpent",
    "Issued",
    "answer_token",
    "burn_token",
    "forget_expired_nonces",
    "issue_challenge",
    "open_token",
    "spend_proof",
]
