"""A pass: a token that this site signed blindly after a published comment, and can't tell from any other (RFC 9578)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tribuna.core.blind_rsa import is_signed
from tribuna.core.privacy_pass import Malformed, Token, read_token_header
from tribuna.humans.base import Evidence
from tribuna.humans.models import keys_called, pass_nonce, site_challenge, spent

CLOCKS_APART = timedelta(minutes=10)  # a pass drawn from one machine may come to another whose clock is behind
SENT_MAX_CHARACTERS = 512  # PrivateToken token="…" has 493


class PassWitness:
    """A pass from an earlier, published, comment."""

    name = "pass"

    def examine(self, sent: str, *, scope: str) -> Evidence | None:
        """Return what a pass proves, in any *scope*. *sent* is the ``Authorization`` that RFC 9577 would have it be."""
        if not sent or len(sent) > SENT_MAX_CHARACTERS:
            return None
        try:
            token = read_token_header(sent)
        except Malformed:
            return None
        if token.challenge_digest != site_challenge().digest():
            return None
        return _redeemed(token)


def _redeemed(token: Token) -> Evidence | None:
    known = keys_called(token.token_key_id.hex())
    if not known or known[0].is_burnt:
        return None
    if not known[0].valid_from - CLOCKS_APART <= timezone.now() < known[0].redeemable_until:
        return None
    key, nonce = known[0], pass_nonce(token)
    if spent(nonce) or not is_signed(token.signed_part(), token.authenticator, key=key.verifier):
        return None
    return Evidence(witness="pass", nonce=nonce, expires_at=key.redeemable_until.timestamp(), epoch=key.pk)
