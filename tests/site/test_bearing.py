import logging

import pytest
from django.db import DatabaseError, InterfaceError

from tribuna.site.bearing import Bearing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bearing():
    return Bearing("the schedule")


def attempt(bearing, error=None):
    with bearing:
        if error:
            raise error


@pytest.mark.parametrize("kind", [DatabaseError, InterfaceError])
def test_trouble_is_said_once_and_its_end_too(bearing, caplog, kind):
    with caplog.at_level(logging.WARNING):
        attempt(bearing)
        for _ in range(3):
            attempt(bearing, kind("gone"))
            assert bearing.is_down
        attempt(bearing)
        attempt(bearing)
    assert [record.getMessage() for record in caplog.records] == [
        "The database does not answer; the schedule waits for it.",
        "The database answers again; the schedule goes on.",
    ]


def test_other_errors_are_not_borne(bearing, caplog):
    attempt(bearing, DatabaseError("gone"))
    with pytest.raises(ValueError, match="mistake"):
        attempt(bearing, ValueError("a mistake"))
    assert "answers again" not in caplog.text
