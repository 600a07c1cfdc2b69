"""What travels in Privacy Pass: challenges, tokens, requests and answers of token type 0x0002 (RFC 9577, RFC 9578).

The structures are read as strictly as they are written: one byte more or less and they are none.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

TOKEN_TYPE = 0x0002  # Blind RSA, 2048 bits
KEY_BITS = 2048
KEY_BYTES = KEY_BITS // 8
PUBLIC_EXPONENT = 65_537
NONCE_BYTES = DIGEST_BYTES = 32
TOKEN_BYTES = 2 + NONCE_BYTES + 2 * DIGEST_BYTES + KEY_BYTES
REQUEST_BYTES = 2 + 1 + KEY_BYTES

REQUEST_MEDIA_TYPE = "application/private-token-request"
RESPONSE_MEDIA_TYPE = "application/private-token-response"
DIRECTORY_MEDIA_TYPE = "application/private-token-issuer-directory"
DIRECTORY_PATH = ".well-known/private-token-issuer-directory"

# The beginning of a SubjectPublicKeyInfo (RFC 5280) of 2048 bits: id-RSASSA-PSS with SHA-384, MGF1 with SHA-384 and 48
# bytes of salt (RFC 4055), as RFC 9578, 6.5 wants it. The RSAPublicKey of RFC 8017 follows.
_SPKI_BEGINNING = bytes.fromhex(
    "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202"
    "a11a301806092a864886f70d010108300b0609608648016503040202a2030201300382010f00"
)
_AUTHORIZATION = re.compile(r'PrivateToken +token="?([\w-]+=*)"?', re.ASCII | re.IGNORECASE)
_CHALLENGE = re.compile(r'(challenge|token-key|max-age) *= *(?:"([^"]*)"|([^\s,"]+))', re.ASCII | re.IGNORECASE)


class Malformed(ValueError):  # noqa: N818
    """These bytes or characters are not what they should be."""


@dataclass(frozen=True, slots=True)
class TokenChallenge:
    """Who asks for a token, and whose (RFC 9577, 2.1). Names are host names, as in an address."""

    issuer_name: str
    redemption_context: bytes = b""  # empty, or 32 bytes: what the token must have been made for
    origin_info: tuple[str, ...] = ()
    token_type: int = TOKEN_TYPE

    def encoded(self) -> bytes:
        """Return the challenge as it travels."""
        issuer, origins = self.issuer_name.encode("ascii"), ",".join(self.origin_info).encode("ascii")
        parts = (
            self.token_type.to_bytes(2),
            len(issuer).to_bytes(2) + issuer,
            len(self.redemption_context).to_bytes(1) + self.redemption_context,
            len(origins).to_bytes(2) + origins,
        )
        return b"".join(parts)

    def digest(self) -> bytes:
        """Return the SHA-256 digest that a token for this challenge carries."""
        return sha256(self.encoded()).digest()


@dataclass(frozen=True, slots=True)
class Token:
    """What is redeemed (RFC 9577, 2.2): a nonce of the client's, for a challenge, signed by a key."""

    nonce: bytes
    challenge_digest: bytes
    token_key_id: bytes
    authenticator: bytes

    def signed_part(self) -> bytes:
        """Return what the authenticator signs: all that stands before it."""
        return TOKEN_TYPE.to_bytes(2) + self.nonce + self.challenge_digest + self.token_key_id

    def encoded(self) -> bytes:
        """Return the token as it travels."""
        return self.signed_part() + self.authenticator


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """One blinded message to be signed (RFC 9578, 6.1), and the last byte of the id of the key that is to sign it."""

    truncated_token_key_id: int
    blinded: bytes

    def encoded(self) -> bytes:
        """Return the request as it travels. The response (6.2) is the bare blind signature."""
        return TOKEN_TYPE.to_bytes(2) + self.truncated_token_key_id.to_bytes(1) + self.blinded


def read_challenge(text: bytes) -> TokenChallenge:
    """Return the challenge that *text* is. Raises Malformed."""
    issuer, rest = _piece(text[2:], 2)
    context, rest = _piece(rest, 1)
    origins, rest = _piece(rest, 2)
    if rest or len(context) not in {0, DIGEST_BYTES} or not issuer:
        raise Malformed
    try:
        issuer_name, origin_info = issuer.decode("ascii"), origins.decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed from error
    return TokenChallenge(
        issuer_name, context, tuple(origin_info.split(",")) if origin_info else (), int.from_bytes(text[:2])
    )


def read_token(text: bytes) -> Token:
    """Return the token that *text* is. Raises Malformed."""
    if len(text) != TOKEN_BYTES or int.from_bytes(text[:2]) != TOKEN_TYPE:
        raise Malformed
    return Token(text[2:34], text[34:66], text[66:98], text[98:])


def read_requests(text: bytes) -> list[TokenRequest]:
    """Return the requests that stand one after the other in *text*. Raises Malformed."""
    count, rest = divmod(len(text), REQUEST_BYTES)
    pieces = [text[place * REQUEST_BYTES : (place + 1) * REQUEST_BYTES] for place in range(count)]
    if rest or not pieces or any(int.from_bytes(piece[:2]) != TOKEN_TYPE for piece in pieces):
        raise Malformed
    return [TokenRequest(piece[2], piece[3:]) for piece in pieces]


def encoded_key(key: RSAPublicKey) -> bytes:
    """Return *key*, of 2048 bits, as the SubjectPublicKeyInfo that issuers publish."""
    bare = key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    if key.key_size != KEY_BITS or key.public_numbers().e != PUBLIC_EXPONENT:
        raise Malformed
    return _SPKI_BEGINNING + bare


def read_key(text: bytes) -> RSAPublicKey:
    """Return the key that an issuer published as *text*. Raises Malformed."""
    if not text.startswith(_SPKI_BEGINNING):
        raise Malformed
    try:
        key = load_der_public_key(text[len(_SPKI_BEGINNING) :])
    except ValueError as error:
        raise Malformed from error
    if not isinstance(key, RSAPublicKey) or encoded_key(key) != text:
        raise Malformed
    return key


def token_key_id(text: bytes) -> bytes:
    """Return the id of the published key *text* (RFC 9578, 6.5): its SHA-256 digest."""
    return sha256(text).digest()


def challenge_header(challenge: TokenChallenge, *, key: bytes, max_age: int) -> str:
    """Return the ``WWW-Authenticate`` (RFC 9577, 2.1) that asks for a token; *max_age* in seconds."""
    return f'PrivateToken challenge="{armoured(challenge.encoded())}", token-key="{armoured(key)}", max-age="{max_age}"'


def read_challenge_header(text: str) -> tuple[TokenChallenge, bytes, int | None]:
    """Return challenge, published key and age in seconds of a ``WWW-Authenticate`` with one challenge, ours to read.

    Raises Malformed.
    """
    said = {name.lower(): quoted or bare for name, quoted, bare in _CHALLENGE.findall(text)}
    if not text.lower().startswith("privatetoken ") or not {"challenge", "token-key"} <= set(said):
        raise Malformed
    age = said.get("max-age", "")
    return (
        read_challenge(unarmoured(said["challenge"])),
        unarmoured(said["token-key"]),
        int(age) if age.isdecimal() else None,
    )


def token_header(token: Token) -> str:
    """Return the ``Authorization`` (RFC 9577, 2.2) that redeems *token*."""
    return f'PrivateToken token="{armoured(token.encoded())}"'


def read_token_header(text: str) -> Token:
    """Return the token in an ``Authorization`` of this scheme. Raises Malformed."""
    found = _AUTHORIZATION.fullmatch(text)
    if found is None:
        raise Malformed
    return read_token(unarmoured(found[1]))


def armoured(text: bytes) -> str:
    """Return *text* in base64url with padding, as all of this scheme's parameters are."""
    return urlsafe_b64encode(text).decode("ascii")


def unarmoured(text: str) -> bytes:
    """Return what ``armoured`` was given; the padding may be missing. Raises Malformed."""
    bare = text.rstrip("=")
    try:
        read = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (NotBase64, ValueError) as error:
        raise Malformed from error
    if armoured(read).rstrip("=") != bare:  # characters that Python passes over, bits that say nothing
        raise Malformed
    return read


def _piece(text: bytes, size: int) -> tuple[bytes, bytes]:
    """Return the piece that begins with its own length, of *size* bytes, and what follows it. Raises Malformed."""
    length = int.from_bytes(text[:size])
    piece = text[size : size + length]
    if len(text) < size or len(piece) != length:
        raise Malformed
    return piece, text[size + length :]
