"""Issue a challenge, check its answer, use it up.

What a form knows travels in its own sealed token (HMAC-SHA256, RFC 2104, under Django's SECRET_KEY; the keys of
SECRET_KEY_FALLBACKS still open it): nothing is stored before an answer comes. The token carries no answer, only keyed
codes of the right ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import compare_digest, token_hex

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import salted_hmac

from tribuna.core.inserts import insert_those_new
from tribuna.humans.actions.counts import Event, count_event
from tribuna.humans.actions.policy import best_of
from tribuna.humans.actions.pressure import Weight, add_pressures, add_waiting
from tribuna.humans.base import Challenge, Evidence, Outcome, Proof, Puzzle, Token, Unavailable
from tribuna.humans.models import SpentNonce
from tribuna.humans.queries import configured_challenges

TOKEN_VERSION = 1
TOKEN_MAX_CHARACTERS = 4_096
NONCE_BYTES = 16
# Asked for in this order when the wanted one can't be made. Nobody gets a sound without having asked for it.
FALLBACKS = ("image", "question", "person")
# Spent numbers are kept beyond their expiry, for a machine whose clock is behind.
SPENT_NONCE_MARGIN = timedelta(days=1)


class AlreadySpent(Exception):  # noqa: N818
    """This form, or what its browser brought, was used before, or its challenge answered wrongly before."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh challenge: what to show of it, and the sealed token that belongs in the form."""

    challenge: Challenge
    puzzle: Puzzle
    token: str


def _signer() -> Signer:
    return Signer(salt="tribuna.humans.token")


def _code(answer: str, *, nonce: str, key: str | bytes) -> str:
    """Return a keyed code of *answer* that differs with each *nonce*: 128 bits of HMAC-SHA256 in hexadecimal."""
    message = f"{nonce}:{answer}".encode(errors="replace")
    return salted_hmac("tribuna.humans.answer", message, secret=key, algorithm="sha256").hexdigest()[:32]


def _sealed(token: Token) -> str:
    return _signer().sign_object(
        [
            TOKEN_VERSION,
            token.scope,
            token.language,
            token.nonce,
            round(token.began_at, 1),
            round(token.expires_at, 1),
            token.challenge,
            token.answers,
        ]
    )


def _made(wanted: str, language: str) -> tuple[Challenge, Puzzle]:
    """Return the first of *wanted* and FALLBACKS that can be made. Raises Unavailable when none can."""
    challenges = configured_challenges()
    for name in dict.fromkeys((wanted, *FALLBACKS)):
        if name in challenges:
            try:
                return challenges[name], challenges[name].puzzle(language)
            except Unavailable:
                continue
    raise Unavailable("No challenge can be made: TRIBUNA_CHALLENGES needs at least the person.")


def issue_challenge(scope: str, *, language: str, wanted: str = "image", began_at: float | None = None) -> Issued:
    """Return a fresh challenge for *scope*: the *wanted* one, or the nearest that can be made in *language*.

    *began_at* is when the reader first saw the form, in seconds since the epoch; None for now.
    """
    challenge, puzzle = _made(wanted, language)
    now, nonce = time.time(), token_hex(NONCE_BYTES)
    seconds = settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS if puzzle.answers else settings.TRIBUNA_FORM_LIFETIME_SECONDS
    token = Token(
        scope=scope,
        language=language,
        nonce=nonce,
        began_at=now if began_at is None else began_at,
        expires_at=now + seconds,
        challenge=challenge.name,
        answers=tuple(_code(answer, nonce=nonce, key=settings.SECRET_KEY) for answer in puzzle.answers),
    )
    return Issued(challenge, puzzle, _sealed(token))


def issue_token(scope: str, *, language: str, began_at: float | None = None) -> str:
    """Return the sealed token of a form that asks nothing: no challenge, and the form's own lifetime."""
    now = time.time()
    began_at = now if began_at is None else began_at
    expires_at = now + settings.TRIBUNA_FORM_LIFETIME_SECONDS
    return _sealed(Token(scope, language, token_hex(NONCE_BYTES), began_at, expires_at, challenge="", answers=()))


def end_of_form(token: Token) -> float:
    """Return when the form of *token* is too old, in seconds since the epoch. Its challenge expires before that."""
    if not token.answers:
        return token.expires_at
    longer = settings.TRIBUNA_FORM_LIFETIME_SECONDS - settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS
    return token.expires_at + max(0, longer)


def open_token(sealed: str, *, scope: str, language: str) -> Token | None:
    """Return what *sealed* says, or None when it is not one of ours for this *scope* and *language*.

    An expired token is returned as well: see ``Token.expires_at``.
    """
    token = _unsealed(sealed)
    return token if token and (token.scope, token.language) == (scope, language) else None


def scope_of(sealed: str) -> str | None:
    """Return what a form's token *sealed* is about; None when it is not one of ours, or has expired."""
    token = _unsealed(sealed)
    return token.scope if token and token.expires_at > time.time() else None


def _unsealed(sealed: str) -> Token | None:
    if len(sealed) > TOKEN_MAX_CHARACTERS or not sealed.isascii():
        return None
    try:
        said = _signer().unsign_object(sealed)
    except BadSignature:
        return None
    match said:
        case [version, scope_, language_, nonce, began_at, expires_at, challenge, [*codes]] if version == TOKEN_VERSION:
            token = Token(scope_, language_, nonce, began_at, expires_at, challenge, tuple(codes))
        case _:
            return None
    return token if token.challenge in {"", *configured_challenges()} else None


def _is_right(token: Token, answer: str) -> bool:
    keys: Iterable[str | bytes] = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    codes = [_code(answer, nonce=token.nonce, key=key) for key in keys]
    # Every pair is compared, each in constant time, so that the time says nothing about which one it was.
    return sum(compare_digest(code, right) for code in codes for right in token.answers) > 0


def answer_token(token: Token, *, typed: str, network: str = "") -> Proof | None:
    """Return the proof that *typed* makes of *token*, or None when it is wrong. Writes nothing.

    *network* is where it came from, as in ``base.Visit``.
    """
    challenge = configured_challenges()[token.challenge]
    if token.answers and not _is_right(token, challenge.normalise(typed)):
        return None
    issued_at = token.expires_at - settings.TRIBUNA_CHALLENGE_LIFETIME_SECONDS
    return Proof(
        nonce=token.nonce,
        outcome=Outcome.PASSED if token.answers else Outcome.HELD,
        challenge=token.challenge,
        expires_at=end_of_form(token),
        scope=token.scope,
        language=token.language,
        network=network,
        seconds=max(0.0, time.time() - issued_at) if token.answers else None,
    )


def unasked_proof(token: Token, outcome: Outcome, *, evidence: Iterable[Evidence] = (), network: str = "") -> Proof:
    """Return the proof of a form that was decided on without an answer, with the *evidence* that is used up by it."""
    return Proof(
        nonce=token.nonce,
        outcome=outcome,
        challenge="",
        expires_at=end_of_form(token),
        evidence=tuple(evidence),
        scope=token.scope,
        language=token.language,
        network=network,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def spend_proof(proof: Proof) -> None:
    """Use *proof* up, in the transaction of whatever it allows: the form's number and that of all its evidence at once.

    Raises AlreadySpent, and then nothing was written. What came of it is counted once the transaction is through.
    """
    if not spend_proofs([proof])[0]:
        raise AlreadySpent("This form, or what came with it, was used before.")


def spend_proofs(proofs: Sequence[Proof | None]) -> list[bool]:
    """Use up those of *proofs* that can be, as ``spend_proof`` does; say of each whether it was. None always can."""
    numbers = [_numbers(proof) for proof in proofs]
    spent, used = set[int](), set[str]()
    waiting = list(range(len(proofs)))
    while waiting:
        claimed: dict[str, float] = {}
        waiting = [place for place in waiting if used.isdisjoint(numbers[place])]
        # Of those with a number in common, the first is looked at before the others.
        chosen = [place for place in waiting if _claim(claimed, numbers[place])]
        waiting = [place for place in waiting if place not in chosen]
        # In one order, so that two who bring the same things wait for each other and not both for ever.
        new = insert_those_new([SpentNonce(nonce=n, expires_at=_moment(end)) for n, end in sorted(claimed.items())])
        fresh = [place for place in chosen if numbers[place].keys() <= new]
        kept = {nonce for place in fresh for nonce in numbers[place]}
        if new - kept:
            SpentNonce.objects.filter(pk__in=new - kept).delete()
        spent.update(fresh)
        used |= claimed.keys() - (new - kept)
    # What came out of no form says nothing about readers.
    if noted := [proof for place in sorted(spent) if (proof := proofs[place]) and proof.scope]:
        transaction.on_commit(partial(_note, noted))
    return [place in spent for place in range(len(proofs))]


def _numbers(proof: Proof | None) -> dict[str, float]:
    """Return what is used up with *proof*, and until when each can be brought."""
    if proof is None:
        return {}
    return {proof.nonce: proof.expires_at} | {each.nonce: each.expires_at for each in proof.evidence}


def _claim(claimed: dict[str, float], numbers: Mapping[str, float]) -> bool:
    """Add *numbers* to those that are *claimed*, unless one of them is; say whether they were added."""
    if is_free := claimed.keys().isdisjoint(numbers):
        claimed.update(numbers)
    return is_free


def _note(proofs: Sequence[Proof]) -> None:
    add_pressures([proof.network for proof in proofs], weight=Weight.ACCEPTED)
    for proof in proofs:
        held = proof.outcome is Outcome.HELD
        if held:
            add_waiting(proof.network)
        count_event(
            Event.HELD if held else Event.PASSED,
            scope=proof.scope,
            language=proof.language,
            layer=proof.challenge or ("desk" if held else best_of(proof.evidence)),
            seconds=proof.seconds,
        )


def burn_token(nonce: str, *, expires_at: float) -> None:
    """Make sure that *nonce* is never spent, because its one answer was wrong. Burning twice is once."""
    SpentNonce.objects.bulk_create([SpentNonce(nonce=nonce, expires_at=_moment(expires_at))], ignore_conflicts=True)


def forget_expired_nonces(*, at: datetime | None = None) -> int:
    """Delete the spent numbers whose tokens nobody would take any more; return how many there were."""
    before = (at or datetime.now(tz=UTC)) - SPENT_NONCE_MARGIN
    return SpentNonce.objects.filter(expires_at__lt=before).delete()[0]
