"""What is read of mail: whether any can be sent, whose alert an address opens, and all that is under an e-mail address.

The addresses in mails carry a signed token and no secret is stored: an alert's and a report's are made of its number
and its nonce, so they lead nowhere once the row is gone; that of a proved address holds its keyed hash, for a day.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from tribuna.comments.models import Alert, Asked, Comment, Notice
from tribuna.core.signing import daily_hash, keyed_hash, keyed_hashes

DAY = timedelta(days=1)
PROOF_LIFETIME = timedelta(hours=24)

ALERT, NOTICE, NOTICE_MAIL, PROOF = "comments.alert", "comments.notice", "comments.notice.mail", "comments.proof"
_SEPARATOR = "."
# Backends of Django's that reach nobody.
_GOING_NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")


def mail_is_configured() -> bool:
    """Say whether mail reaches anybody: a mailer that only prints or drops does not."""
    return not settings.MAILERS["default"]["BACKEND"].endswith(_GOING_NOWHERE)


def folded(email: str) -> str:
    """Return an e-mail address as it is compared: whatever its capitals."""
    return email.strip().casefold()


def address_ref(email: str) -> str:
    """Return the keyed hash by which an e-mail address is known: that of a comment's author."""
    return keyed_hash("author.email", folded(email))


def address_refs(email: str) -> list[str]:
    """Return the hashes by which an e-mail address is or was known, under each key."""
    return keyed_hashes("author.email", folded(email))


def is_asked_too_often(email: str, *, network: str) -> bool:
    """Say whether so much mail was asked for to *email*, or from *network*, that no more is sent today."""
    now = timezone.now()
    limits = {address_ref(email): settings.TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM}
    if network:
        limits[network_ref(network)] = settings.TRIBUNA_UNASKED_MAIL_NETWORK_MAXIMUM
    return any(Asked.objects.filter(ref=ref, at__gt=now - DAY).count() >= most for ref, most in limits.items())


def network_ref(network: str) -> str:
    """Return the keyed hash of *network* and of today."""
    return daily_hash("network", network, day=timezone.now().date())


def token_of(row: Alert | Notice, purpose: str) -> str:
    """Return what opens *row* to whoever has it, for one *purpose* (``ALERT``, ``NOTICE``, ``NOTICE_MAIL``)."""
    return _signer(purpose).sign(f"{row.pk}-{row.nonce}")


def alert_for(token: str) -> Alert | None:
    """Return the alert that the *token* of a mail opens, its comment and page loaded."""
    pk, nonce = _opened(token, ALERT)
    found = Alert.objects.select_related("comment__page").filter(comment_id=pk).first()
    return found if found and constant_time_compare(found.nonce, nonce) else None


def notice_for(token: str, purpose: str = NOTICE) -> Notice | None:
    """Return the report that *token* opens, its comment and page loaded."""
    pk, nonce = _opened(token, purpose)
    found = Notice.objects.select_related("comment", "page").filter(pk=pk).first()
    return found if found and constant_time_compare(found.nonce, nonce) else None


def proof_of(email: str) -> str:
    """Return the token that proves, for ``PROOF_LIFETIME``, that who has it reads the mail of *email*."""
    return signing.TimestampSigner(salt=PROOF, sep=_SEPARATOR).sign(address_ref(email))


def proved(token: str) -> str | None:
    """Return the hash of the e-mail address that *token* proves; None when it doesn't, or does no longer."""
    try:
        return signing.TimestampSigner(salt=PROOF, sep=_SEPARATOR).unsign(token, max_age=PROOF_LIFETIME)
    except signing.BadSignature:
        return None


def comments_under(*refs: str) -> QuerySet[Comment]:
    """Return the comments under an e-mail address: written with it, or with a confirmed alert to it. Newest first."""
    own = Q(author_ref__in=refs) | Q(alert__address_ref__in=refs, alert__confirmed_at__isnull=False)
    return Comment.objects.filter(own).select_related("page").order_by("-id") if any(refs) else Comment.objects.none()


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=purpose, sep=_SEPARATOR)


def _opened(token: str, purpose: str) -> tuple[int, str]:
    """Return number and nonce of the row that *token* opens; no row has the number 0."""
    try:
        pk, _dash, nonce = _signer(purpose).unsign(token).partition("-")
    except signing.BadSignature:
        return 0, ""
    return int(pk), nonce


def notices_under(*refs: str) -> QuerySet[Notice]:
    """Return the reports whose author left the e-mail address with one of these hashes. Newest first."""
    return Notice.objects.filter(address_ref__in=[ref for ref in refs if ref]).order_by("-id")
