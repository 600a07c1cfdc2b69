from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.users.models import UserProfile

from tribuna.people.models import ADDRESS_TAKEN, User

PASSWORD = "a boat in the harbour"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = User.objects.create_superuser("root@example.org", PASSWORD, first_name="Rut", last_name="Sol")
    client.force_login(user)
    return user


def _account(**fields):
    return {
        "email": "ana@example.org",
        "first_name": "Ana",
        "last_name": "Ruiz",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **fields,
    }


def test_the_sign_in_screen_asks_for_an_address_and_lets_staff_in(client):
    user = User.objects.create_superuser("root@example.org", PASSWORD)
    url = reverse("wagtailadmin_login")

    page = strip_tags(client.get(url).content.decode())
    response = client.post(url, {"username": "Root@example.org", "password": PASSWORD})

    assert "E-mail address" in page
    assert "sername" not in page
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_administrator_makes_an_account_without_a_username(client, administrator):
    reporters = Group.objects.create(name="Reporters of the test")
    url = reverse("wagtailusers_users:add")

    page = client.get(url).content.decode()
    response = client.post(url, _account(email="Ana@Example.org", groups=[reporters.pk]))

    assert 'name="username"' not in page
    assert response.status_code == 302
    made = User.objects.get(email="ana@example.org")
    assert (made.get_full_name(), list(made.groups.all())) == ("Ana Ruiz", [reporters])
    assert made.check_password(PASSWORD)


def test_an_administrator_edits_an_account_and_its_password_stays(client, administrator):
    user = User.objects.create_user("ana@example.org", PASSWORD, first_name="Ana", last_name="Ruiz")
    url = reverse("wagtailusers_users:edit", args=[user.pk])

    assert client.get(url).status_code == 200
    fields = _account(email="ana.ruiz@example.org", password1="", password2="", is_active="on")
    response = client.post(url, fields)

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.email == "ana.ruiz@example.org"
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("typed", ["ana@example.org", "ANA@example.org"])
def test_a_taken_address_is_refused_in_words_that_know_no_username(client, administrator, typed):
    User.objects.create_user("ana@example.org")

    response = client.post(reverse("wagtailusers_users:add"), _account(email=typed))

    assert response.status_code == 200
    assert response.context["form"].errors == {"email": [str(ADDRESS_TAKEN)]}
    assert User.objects.count() == 2


def test_a_taken_address_is_refused_when_editing_too(client, administrator):
    User.objects.create_user("ana@example.org")
    user = User.objects.create_user("eva@example.org")

    response = client.post(reverse("wagtailusers_users:edit", args=[user.pk]), _account(is_active="on"))

    assert response.status_code == 200
    assert response.context["form"].errors == {"email": [str(ADDRESS_TAKEN)]}
    user.refresh_from_db()
    assert user.email == "eva@example.org"


def test_a_short_password_is_refused(client, administrator):
    response = client.post(reverse("wagtailusers_users:add"), _account(password1="short", password2="short"))

    assert response.status_code == 200
    assert "password2" in response.context["form"].errors
    assert User.objects.count() == 1


@pytest.mark.parametrize(("language", "heading"), [("en", "E-mail address"), ("es", "Correo electrónico")])
def test_the_list_of_accounts_speaks_of_addresses_in_the_language_of_its_reader(
    language, heading, client, administrator
):
    UserProfile.objects.create(user=administrator, preferred_language=language)

    page = client.get(reverse("wagtailusers_users:index")).content.decode()

    assert "root@example.org" in page
    assert "Rut Sol" in page
    assert heading in page
    assert "Username" not in page


def test_the_list_of_accounts_is_searched_by_address_and_name(client, administrator):
    User.objects.create_user("ana@example.org", first_name="Ana", last_name="Ruiz")

    response = client.get(reverse("wagtailusers_users:index_results"), {"q": "ruiz"})

    assert [user.email for user in response.context["users"]] == ["ana@example.org"]


def test_an_administrator_sees_and_edits_their_own_account(client, administrator):
    response = client.get(reverse("wagtailadmin_account"))

    assert response.status_code == 200
    assert "root@example.org" in response.content.decode()


def test_someone_without_rights_sees_no_accounts(client):
    client.force_login(User.objects.create_user("ana@example.org"))
    response = client.get(reverse("wagtailusers_users:index"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))
