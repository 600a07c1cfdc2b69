"""Who takes part in the browser tests."""

from __future__ import annotations

from django.contrib.auth.models import Group

from tests.browser.editor import PASSWORD
from tribuna.people.models import User


def staff(email: str, *groups: str) -> User:
    """Return an account in *groups*."""
    user = User.objects.create_user(email, PASSWORD, first_name=email.partition("@")[0].title())
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user
