"""Sign passes blindly, once for each published comment, and learn which epoch's passes brought spam (RFC 9578)."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from tribuna.core.blind_rsa import blind_sign
from tribuna.core.prepared import prepared_update
from tribuna.core.privacy_pass import (
    KEY_BITS,
    PUBLIC_EXPONENT,
    Malformed,
    TokenRequest,
    encoded_key,
    read_requests,
    token_key_id,
)
from tribuna.core.sealing import Unsealable, seal, unseal
from tribuna.humans.models import PassBatch, PassKey

logger = logging.getLogger(__name__)

BATCH_MAXIMUM = 8
GRANT_LIFETIME_SECONDS = 60 * 60
DIRECTORY_LIFETIME_SECONDS = 60 * 60  # so long a browser may go by a copy of what is published
AHEAD = timedelta(days=1)  # so long before its epoch a key is made and published
_SEAL = "humans.passes"


class NotGranted(Exception):  # noqa: N818
    """This is no grant of ours, or it has expired."""


class UnknownKey(Exception):  # noqa: N818
    """No key that signs today has this id: the directory has been read too long ago."""


class AlreadyDrawn(Exception):  # noqa: N818
    """Passes were signed for this comment before, and not these."""


class NoPasses(Exception):  # noqa: N818
    """None are signed for now: spam has made the epoch's passes worthless, or its key can't be unsealed."""


# --- keys -------------------------------------------------------------------------------------------------------------
def issuing_keys(*, at: datetime | None = None) -> list[PassKey]:
    """Return the key that signs now, made on the spot if need be, then the next epoch's as soon as there is one."""
    now = at or timezone.now()
    if not PassKey.objects.filter(valid_from__lte=now, valid_until__gt=now).exists():
        _make_key(now)
    return list(PassKey.objects.filter(valid_until__gt=now).order_by("valid_from"))


def rotate_keys(*, at: datetime | None = None) -> int:
    """See to it that today's key can be used and tomorrow's is there; forget those whose passes have expired.

    Return how many were forgotten. ``tribuna serve`` does it hourly.
    """
    now = at or timezone.now()
    for key in PassKey.objects.filter(valid_until__gt=now):
        try:
            _private(key)
        except Unsealable:
            logger.warning("The key of the passes of %s can't be unsealed with this SECRET_KEY; it is replaced.", key)
            key.delete()
    for moment in (now, now + AHEAD):
        issuing_keys(at=moment)
    gone = PassKey.objects.filter(redeemable_until__lte=now)
    PassBatch.objects.filter(key__in=gone).update(answer=b"")
    return gone.delete()[1].get("humans.PassKey", 0)


def _make_key(at: datetime) -> None:
    """Make the key of the epoch that *at* is in; if another process was first, its key stands."""
    length = timedelta(days=settings.TRIBUNA_PASS_EPOCH_DAYS)
    began = datetime.fromtimestamp(at.timestamp() // length.total_seconds() * length.total_seconds(), tz=UTC)
    ends = [began + length, *PassKey.objects.filter(valid_from__gt=at).values_list("valid_from", flat=True)]
    # Epochs follow each other without a gap, even when their length was changed or one had to be begun again.
    began = max([began, *PassKey.objects.filter(valid_until__lte=at).values_list("valid_until", flat=True)])
    private, public = _fresh_key({bytes.fromhex(key.key_id)[-1] for key in PassKey.objects.all()})
    key_id = token_key_id(public)
    bare = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    PassKey.objects.get_or_create(
        valid_from=began,
        defaults={
            "key_id": key_id.hex(),
            "public_key": public,
            "sealed_key": seal(_SEAL, bare, about=key_id),
            "valid_until": min(ends),
            "redeemable_until": min(ends) + length,
        },
    )


def _fresh_key(taken: set[int]) -> tuple[RSAPrivateKey, bytes]:
    """Return a new key and how it is published; the last byte of its id, by which it is asked for, is not *taken*."""
    while True:
        private = generate_private_key(PUBLIC_EXPONENT, KEY_BITS)
        public = encoded_key(private.public_key())
        if token_key_id(public)[-1] not in taken:
            return private, public


def _private(key: PassKey) -> RSAPrivateKey:
    bare = unseal(_SEAL, bytes(key.sealed_key), about=bytes.fromhex(key.key_id))
    private = load_der_private_key(bare, None, unsafe_skip_rsa_key_validation=True)  # it is our own, and authentic
    assert isinstance(private, RSAPrivateKey)  # noqa: S101 - for the types
    return private


# --- issuing ----------------------------------------------------------------------------------------------------------
def _signer() -> TimestampSigner:
    return TimestampSigner(salt="tribuna.humans.passes")


def grant_passes(about: str, *, count: int = BATCH_MAXIMUM) -> str:
    """Return a grant: whoever shows it within GRANT_LIFETIME_SECONDS may draw the *count* passes *about* has earned.

    *about* says what that is, such as ``comment:12``. The same always means the same one batch. What itself came with a
    pass should earn no more than one: then nobody's stock grows without another check.
    """
    return _signer().sign(f"{count}:{about}")


def issue_passes(grant: str, *, asked: bytes, at: datetime | None = None) -> bytes:
    """Return the blind signatures that *asked*, one or more TokenRequests in a row, asks for, in a row.

    Asking the same again gives the same answer, so that a lost one loses nothing. Raises NotGranted, Malformed,
    UnknownKey, AlreadyDrawn, NoPasses; nothing was drawn then.
    """
    about, count = _granted(grant)
    requests, digest = read_requests(asked), sha256(asked).hexdigest()
    if len(requests) > count:
        raise Malformed
    batch = PassBatch.objects.select_related("key").filter(about=about).first()
    if batch is None:
        key = _asked_key(requests, at=at or timezone.now())
        batch = _drawn(about, digest=digest, key=key, count=len(requests))
    if batch.asked_digest != digest or batch.key is None:
        raise AlreadyDrawn
    if not batch.answer:
        private = _usable(batch.key)
        batch.answer = b"".join(blind_sign(request.blinded, key=private) for request in requests)
        batch.save(update_fields=["answer"])
    return bytes(batch.answer)


def _granted(grant: str) -> tuple[str, int]:
    try:
        count, _, about = _signer().unsign(grant, max_age=GRANT_LIFETIME_SECONDS).partition(":")
    except BadSignature as error:
        raise NotGranted from error
    return about, int(count)


def _asked_key(requests: list[TokenRequest], *, at: datetime) -> PassKey:
    """Return the key that *requests* name, of which all can be signed. The one before is still taken for a while."""
    truncated = {request.truncated_token_key_id for request in requests}
    recent = at - timedelta(seconds=DIRECTORY_LIFETIME_SECONDS)
    signing = PassKey.objects.filter(valid_from__lte=at, valid_until__gt=recent)
    found = [key for key in signing if {bytes.fromhex(key.key_id)[-1]} == truncated]
    if not found:
        raise UnknownKey
    n = _usable(found[0]).public_key().public_numbers().n
    if any(int.from_bytes(request.blinded) >= n for request in requests):
        raise Malformed
    return found[0]


def _usable(key: PassKey) -> RSAPrivateKey:
    if key.is_burnt:
        raise NoPasses
    try:
        return _private(key)
    except Unsealable as error:
        raise NoPasses from error


def _drawn(about: str, *, digest: str, key: PassKey, count: int) -> PassBatch:
    """Write down that *about* has drawn its batch; return that, or what another request was faster to write down."""
    with transaction.atomic():
        batch, is_new = PassBatch.objects.get_or_create(about=about, defaults={"key": key, "asked_digest": digest})
        if is_new:  # pragma: no branch - who was faster is decided by a race
            PassKey.objects.filter(pk=key.pk).update(issued=F("issued") + count)
    return batch


# --- what comes of them -----------------------------------------------------------------------------------------------
def note_redeemed(epoch: int, count: int = 1) -> None:
    """Count comments that came with a pass of *epoch* (``Evidence.epoch``), in the transaction that stores them."""
    _more_redeemed(epoch, count)


@prepared_update
def _more_redeemed(epoch: int, count: int) -> tuple[QuerySet[PassKey], dict[str, Any]]:
    return PassKey.objects.filter(pk=epoch), {"redeemed": F("redeemed") + count}


def note_spam(epoch: int | None, *, withdrawn: bool = False) -> None:
    """Count that a comment that came with a pass of *epoch* was found to be spam, or that it is none after all.

    Enough of them, and the passes of that epoch count for nothing: see ``PassKey.strictness``.
    """
    if withdrawn:
        _epoch(epoch).filter(spam__gt=0).update(spam=F("spam") - 1)
    else:
        _epoch(epoch).update(spam=F("spam") + 1)


def _epoch(epoch: int | None) -> QuerySet[PassKey]:
    """Return the key of *epoch*, or nothing: for a comment that came without a pass, or whose epoch is forgotten."""
    return PassKey.objects.none() if epoch is None else PassKey.objects.filter(pk=epoch)
