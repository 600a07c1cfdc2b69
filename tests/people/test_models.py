from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tribuna.people.models import ADDRESS_TAKEN, User

PASSWORD = "a boat in the harbour"

pytestmark = pytest.mark.django_db


def test_an_account_is_an_address_and_a_password():
    user = User.objects.create_user("Ana@Example.ORG", PASSWORD, first_name="Ana")

    user.refresh_from_db()
    assert user.email == "ana@example.org"
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)


def test_an_account_without_a_password_cannot_sign_in():
    assert not User.objects.create_user("ana@example.org").has_usable_password()


@pytest.mark.parametrize("address", ["", None])
def test_an_account_needs_an_address(address):
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user(address)
    assert not User.objects.exists()


def test_an_administrator_may_do_everything():
    user = User.objects.create_superuser("root@example.org", PASSWORD)
    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.parametrize("typed", ["ana@example.org", "ANA@example.org", "Ana@Example.Org"])
def test_signing_in_ignores_capitals(typed):
    user = User.objects.create_user("ana@example.org", PASSWORD)
    assert authenticate(username=typed, password=PASSWORD) == user
    assert authenticate(username=typed, password="wrong") is None


def test_the_database_refuses_the_same_address_in_other_capitals():
    User.objects.create_user("ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ANA@example.org")])
    assert User.objects.count() == 1


def test_a_taken_address_is_said_in_words():
    User.objects.create_user("ana@example.org")
    second = User(email="Ana@Example.org", password="x")
    with pytest.raises(ValidationError) as caught:
        second.full_clean()
    assert caught.value.message_dict["email"] == [str(ADDRESS_TAKEN)]


def test_a_member_of_staff_is_called_by_name_or_else_by_address():
    assert str(User(email="ana@example.org")) == "ana@example.org"
    assert str(User(email="ana@example.org", first_name="Ana", last_name="Ruiz")) == "Ana Ruiz"
