"""A pass: a token that this site signed blindly after a published comment, and can't tell from any other (RFC 9578)."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.core.blind_rsa import is_signed
from tribuna.core.prepared import prepared
from tribuna.core.privacy_pass import Malformed, Token, TokenChallenge, read_token_header
from tribuna.humans.base import Evidence
from tribuna.humans.models import PassKey, SpentNonce

SENT_MAX_CHARACTERS = 512  # PrivateToken token="…" has 493


def site_challenge() -> TokenChallenge:
    """Return what every pass of this site is for.

    The redemption context is empty: a pass is drawn before its reader knows what they will comment on, and what it
    lets through is bound by the form's own token already, which is for one page and used once.
    """
    return _challenge_of(settings.WAGTAILADMIN_BASE_URL)


@lru_cache(maxsize=8)
def _challenge_of(address: str) -> TokenChallenge:
    parts = urlsplit(address)
    name = (parts.hostname or "").encode("idna").decode("ascii") + (f":{parts.port}" if parts.port else "")
    return TokenChallenge(issuer_name=name, origin_info=(name,))


def pass_nonce(token: Token) -> str:
    """Return the number under which *token* is spent, in 32 hex digits.

    It is made of the token's own nonce: another signature over the same nonce is the same pass.
    """
    return sha256(b"tribuna.pass" + token.token_key_id + token.nonce).hexdigest()[:32]


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
    known = _keys(token.token_key_id.hex())
    if not known or known[0].is_burnt or not known[0].valid_from <= timezone.now() < known[0].redeemable_until:
        return None
    key, nonce = known[0], pass_nonce(token)
    if _spent(nonce) or not is_signed(token.signed_part(), token.authenticator, key=key.verifier):
        return None
    return Evidence(witness="pass", nonce=nonce, expires_at=key.redeemable_until.timestamp(), epoch=key.pk)


@prepared
def _keys(key_id: str) -> QuerySet[PassKey]:
    return PassKey.objects.filter(key_id=key_id).defer("sealed_key")


@prepared
def _spent(nonce: str) -> QuerySet[SpentNonce, tuple[str]]:
    return SpentNonce.objects.filter(nonce=nonce).values_list("nonce")
