"""A moderator at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.moderation.factories import moderator
from tribuna.people.models import User


@pytest.fixture
def mara(db: None) -> User:
    return moderator()


@pytest.fixture
def desk(mara: User, client: Client) -> Client:
    """The moderator's browser."""
    client.force_login(mara)
    return client
