"""The issuer of passes over HTTP (RFC 9578): its directory, and signing. No cookie is read or set."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tribuna.core.privacy_pass import (
    DIRECTORY_MEDIA_TYPE,
    REQUEST_BYTES,
    REQUEST_MEDIA_TYPE,
    RESPONSE_MEDIA_TYPE,
    TOKEN_TYPE,
    Malformed,
    armoured,
    challenge_header,
)
from tribuna.core.text import whole_number
from tribuna.humans.actions import (
    BATCH_MAXIMUM,
    DIRECTORY_LIFETIME_SECONDS,
    AlreadyDrawn,
    NoPasses,
    NotGranted,
    UnknownKey,
    issue_passes,
    issuing_keys,
)
from tribuna.humans.models import PassKey, site_challenge

RETRY_AFTER_SECONDS = 60 * 60
_BEARER = "Bearer "


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Publish the key that signs now, and the next (RFC 9578, 4). Everybody gets the same bytes.

    The ``WWW-Authenticate`` says what a pass has to be made for here, and for how long it will be worth something
    (RFC 9577, 2.1). A browser drops that header from what it caches, so its script finds the same in ``challenge`` and
    ``redeemable-until``, two members of our own.
    """
    keys, now = issuing_keys(), timezone.now()
    said = {
        "issuer-request-uri": reverse("humans:passes"),
        "token-keys": [_published(key) for key in keys],
        "challenge": armoured(site_challenge().encoded()),
    }
    response = JsonResponse(said, content_type=DIRECTORY_MEDIA_TYPE)
    worth = int((keys[0].redeemable_until - now).total_seconds())
    response["WWW-Authenticate"] = challenge_header(site_challenge(), key=bytes(keys[0].public_key), max_age=worth)
    rest = int((keys[0].valid_until - now).total_seconds())
    patch_cache_control(response, public=True, max_age=min(DIRECTORY_LIFETIME_SECONDS, rest))
    return response


def _published(key: PassKey) -> dict[str, object]:
    return {
        "token-type": TOKEN_TYPE,
        "token-key": armoured(bytes(key.public_key)),
        "not-before": int(key.valid_from.timestamp()),
        "redeemable-until": int(key.redeemable_until.timestamp()),
    }


@csrf_exempt  # there is no cookie to be abused; what authorises is a grant from the author's own receipt
@require_POST
@cache_control(no_store=True)
def passes(request: HttpRequest) -> HttpResponse:
    """Sign up to BATCH_MAXIMUM token requests, which stand one after the other, for whoever shows a grant.

    With a single one this is RFC 9578, 6.1 and 6.2, to the byte.
    """
    if refusal := _refusal(request):
        return refusal
    grant = request.headers.get("Authorization", "").removeprefix(_BEARER)
    try:
        answer = issue_passes(grant, asked=request.body)
    except NotGranted:
        return _told(401, "No grant, or an expired one.", WWW_Authenticate="Bearer")
    except (Malformed, UnknownKey):
        return _told(422, "These are no token requests for a key that signs now: see the directory.")
    except AlreadyDrawn:
        return _told(409, "Passes were drawn for this already, with another request.")
    except NoPasses:
        return _told(503, "No passes are signed for now.", Retry_After=str(RETRY_AFTER_SECONDS))
    return HttpResponse(answer, content_type=RESPONSE_MEDIA_TYPE)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.content_type != REQUEST_MEDIA_TYPE:
        return _told(415, f"Wanted: {REQUEST_MEDIA_TYPE}.")
    size = whole_number(request.META.get("CONTENT_LENGTH") or "")
    if size is None:
        return _told(411, "How long is it?")
    return _told(413, f"At most {BATCH_MAXIMUM} token requests.") if size > BATCH_MAXIMUM * REQUEST_BYTES else None


def _told(status: int, why: str, **headers: str) -> HttpResponse:
    """Return a refusal for a program to read."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8", headers=named)
