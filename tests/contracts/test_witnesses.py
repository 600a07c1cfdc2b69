"""What every witness keeps to, whoever wrote it."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.humans.factories import WITNESSES, evidence
from tribuna.core.plug import plug
from tribuna.humans.base import Evidence, Witness

ALL = [*settings.TRIBUNA_WITNESSES, *WITNESSES]
SCOPE = "letter:1"
HUGE = 8_000

pytestmark = pytest.mark.django_db


@pytest.fixture(params=ALL)
def witness(request) -> Witness:
    """One of them."""
    return plug(request.param)


def test_its_name_may_be_that_of_a_field(witness):
    assert witness.name.isidentifier()
    assert witness.name not in {"token", "answer", "another"}


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "null",
        "{}",
        "[]",
        "0",
        "\x00",
        "é",
        "\ud800",
        "=" * HUGE,
        "A" * HUGE,
        "[" * HUGE,
        '{"a":' * 1_000,
        "eyJhIjoxfQ==",
        "a.b.c",
        "letter:1/short",
    ],
)
def test_what_is_none_of_its_own_proves_nothing_and_breaks_nothing(witness, sent):
    assert witness.examine(sent, scope=SCOPE) is None


@pytest.mark.parametrize("path", WITNESSES)
def test_what_is_bound_to_another_form_proves_nothing(path):
    found = plug(path).examine(evidence(SCOPE), scope=SCOPE)
    assert isinstance(found, Evidence)
    assert len(bytes.fromhex(found.nonce)) == 16
    assert plug(path).examine(evidence(SCOPE), scope="letter:2") is None
