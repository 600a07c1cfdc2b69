"""The staff's door."""

from __future__ import annotations

import pytest

from tribuna.humans.actions.pressure import SIGN_IN_MAXIMUM
from tribuna.people.models import User

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
EDITOR, PASSWORD = "editor@example.org", "a-password-for-tests-only"


@pytest.fixture
def knock(newsroom, client):
    """Return what tries a password from a network, and says how the door answered."""
    User.objects.create_superuser(EDITOR, PASSWORD)

    def tried(password, *, network="192.0.2", name=EDITOR, language="en"):
        sent = {"username": name, "password": password}
        headers = {"Accept-Language": language}
        answer = client.post(DOOR, sent, REMOTE_ADDR=f"{network}.1", headers=headers)
        return "in" if answer.status_code == 302 else answer.content.decode()

    return tried


def test_the_right_password_opens(knock):
    assert knock(PASSWORD) == "in"


def test_after_too_many_wrong_ones_the_right_one_waits_too(knock):
    for _each in range(SIGN_IN_MAXIMUM):
        assert "didn&#x27;t match" in knock("wrong")
    assert "Too many wrong passwords. Try again in 2 minutes." in knock(PASSWORD)
    assert "Vuelva a intentarlo en 2 minutos." in knock(PASSWORD, language="es")
    assert knock(PASSWORD, network="198.51.100") == "in"


def test_a_form_without_a_name_is_a_wrong_one_and_no_error(knock):
    assert "This field is required." in knock("wrong", name="")
