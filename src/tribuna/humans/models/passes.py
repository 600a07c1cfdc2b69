"""The keys that sign passes, one for each epoch and all readers, and who has drawn a batch."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import ClassVar
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tribuna.core.prepared import prepared
from tribuna.core.privacy_pass import Token, TokenChallenge, read_key
from tribuna.humans.models.tokens import SpentNonce

KEY_ID_HEX_DIGITS = 64
ABOUT_MAX_CHARACTERS = 64


class PassKey(models.Model):
    """An epoch: what signs its passes, and what has come of them. All readers have the same key, or it would tell."""

    key_id = models.CharField(max_length=KEY_ID_HEX_DIGITS, unique=True)  # SHA-256 of the published key
    public_key = models.BinaryField()  # as it is published (SubjectPublicKeyInfo)
    sealed_key = models.BinaryField()  # the private key (PKCS #8), under a key that follows from SECRET_KEY
    created_at = models.DateTimeField(auto_now_add=True)
    valid_from = models.DateTimeField(unique=True)  # an epoch has one key, however many processes begin it
    valid_until = models.DateTimeField()  # signs until then
    redeemable_until = models.DateTimeField(db_index=True)
    issued = models.PositiveIntegerField(default=0)
    redeemed = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)  # of the redeemed

    wagtail_reference_index_ignore = True  # Wagtail would index every save otherwise

    class Meta:
        verbose_name = _("key of passes")
        verbose_name_plural = _("keys of passes")
        ordering: ClassVar = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"

    @property
    def verifier(self) -> RSAPublicKey:
        """What tells whether a pass is signed by this key."""
        return read_key(bytes(self.public_key))

    @property
    def strictness(self) -> float:
        """How far this epoch's passes are from counting for nothing: 0 without spam, 1 when they do count for nothing.

        That takes ``TRIBUNA_PASS_SPAM_MINIMUM`` comments that are spam, and ``TRIBUNA_PASS_SPAM_PERCENT`` of all that
        came with such a pass. What a pass is worth can't depend on who drew it, because nobody can tell.
        """
        share = 100 * self.spam / max(self.redeemed, 1)
        of_number, of_share = self.spam / settings.TRIBUNA_PASS_SPAM_MINIMUM, share / settings.TRIBUNA_PASS_SPAM_PERCENT
        return min(1.0, of_number, of_share)

    @property
    def is_burnt(self) -> bool:
        """Spam has made this epoch's passes worthless."""
        return self.strictness >= 1


class PassBatch(models.Model):
    """That something (a published comment) has earned its passes, once, and the answer, which may have got lost.

    The answer is what the browser still has to take the blinding off: it says nothing about the passes.
    """

    about = models.CharField(max_length=ABOUT_MAX_CHARACTERS, primary_key=True)  # such as "comment:12"
    key = models.ForeignKey(PassKey, models.SET_NULL, null=True, related_name="+")
    asked_digest = models.CharField(max_length=KEY_ID_HEX_DIGITS)  # SHA-256 of the request
    answer = models.BinaryField(default=b"")
    drawn_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of passes")
        verbose_name_plural = _("batches of passes")

    def __str__(self) -> str:
        return self.about


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


@prepared
def keys_called(key_id: str) -> QuerySet[PassKey]:
    """Return the key with this ``key_id`` in hexadecimal, if there is one."""
    return PassKey.objects.filter(key_id=key_id).defer("sealed_key")


@prepared
def spent(nonce: str) -> QuerySet[SpentNonce, tuple[str]]:
    """Return the number *nonce* if it was used."""
    return SpentNonce.objects.filter(nonce=nonce).values_list("nonce")
