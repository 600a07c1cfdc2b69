"""What a reader's browser does with passes, in Python."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from secrets import token_bytes

from tribuna.core.blind_rsa import Blinded, blind, finalize
from tribuna.core.privacy_pass import Token, TokenChallenge, TokenRequest, read_key, token_header, token_key_id
from tribuna.humans.actions import grant_passes, issue_passes, issuing_keys
from tribuna.humans.models import PassKey, site_challenge

_numbers = itertools.count()


@dataclass
class Asked:
    """A request under way, and what the browser keeps to itself."""

    key: bytes
    tokens: list[Token]
    blinded: list[Blinded]

    @property
    def request(self) -> bytes:
        last = token_key_id(self.key)[-1]
        return b"".join(TokenRequest(last, each.message).encoded() for each in self.blinded)

    def passes(self, answer: bytes) -> list[Token]:
        """Return the passes that come of *answer*."""
        key, parts = read_key(self.key), [answer[place : place + 256] for place in range(0, len(answer), 256)]
        return [
            Token(
                token.nonce,
                token.challenge_digest,
                token.token_key_id,
                finalize(token.signed_part(), part, inverse=blinded.inverse, key=key),
            )
            for token, blinded, part in zip(self.tokens, self.blinded, parts, strict=True)
        ]


def ask(count: int = 1, *, key: PassKey | None = None, challenge: TokenChallenge | None = None) -> Asked:
    """Return a request for *count* passes; without *key* for the one that signs now."""
    public = bytes((key or issuing_keys()[0]).public_key)
    digest, key_id = (challenge or site_challenge()).digest(), token_key_id(public)
    tokens = [Token(token_bytes(32), digest, key_id, b"") for _each in range(count)]
    return Asked(public, tokens, [blind(token.signed_part(), key=read_key(public)) for token in tokens])


def draw(count: int = 1, **fields) -> list[Token]:
    """Return *count* passes, drawn for a comment of their own."""
    asked = ask(count, **fields)
    return asked.passes(issue_passes(grant_passes(f"comment:{next(_numbers)}"), asked=asked.request))


def sent(token: Token) -> str:
    """Return what a form carries."""
    return token_header(token)
