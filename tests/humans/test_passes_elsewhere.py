"""Another implementation of Privacy Pass draws passes from us, and takes ours for what they are."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.humans.wallet import draw, sent
from tests.lacking import lacks
from tribuna.core.privacy_pass import read_key
from tribuna.humans.actions import grant_passes, issuing_keys
from tribuna.humans.witnesses.passes import PassWitness

LIBRARY = Path(__file__).parents[2] / ".cache/privacypass/node_modules/@cloudflare/privacypass-ts/lib/src/index.js"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_keys")]

type Oracle = Callable[..., dict[str, object]]


@pytest.fixture
def oracle() -> Iterator[Oracle]:
    """Ask npm's @cloudflare/privacypass-ts, in a process of its own."""
    node = shutil.which("node")
    if node is None or not LIBRARY.exists():
        missing = "no Node.js, or no @cloudflare/privacypass-ts: ./dev test installs it where there is npm"
        lacks(missing)
    command = [node, str(Path(__file__).parent / "oracle.mjs"), str(LIBRARY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(verb: str, **said: object) -> dict[str, object]:
            process.stdin.write(json.dumps({"verb": verb, **said}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def test_another_client_draws_a_pass_that_we_take(client, oracle):
    header = client.get("/.well-known/private-token-issuer-directory")["WWW-Authenticate"]
    asked = oracle("ask", header=header)
    assert asked["maxAge"] > 0
    answer = client.post(
        "/human/passes",
        bytes.fromhex(asked["request"]),
        content_type="application/private-token-request",
        headers={"Authorization": f"Bearer {grant_passes('comment:1')}"},
    )
    assert answer.status_code == 200
    drawn = oracle("finalize", response=answer.content.hex())["header"]
    assert PassWitness().examine(drawn, scope="comment:1")


def test_another_verifier_takes_a_pass_of_ours(oracle):
    [token] = draw()
    key = read_key(bytes(issuing_keys()[0].public_key))
    plain = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert oracle("verify", header=sent(token), plainKey=plain.hex())["good"]
    changed = replace(token, nonce=bytes(32))
    assert not oracle("verify", header=sent(changed), plainKey=plain.hex())["good"]
