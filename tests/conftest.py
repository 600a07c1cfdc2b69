"""Fixtures of all rooms."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import factories
from tests.browser.chromium import chromium_path, launch
from tests.groundwork import GROUNDWORK
from tests.lacking import lacks
from tribuna.humans.actions import forget_unwritten_counts, forget_unwritten_pressure
from tribuna.moderation.judges._articles import ARTICLES
from tribuna.moderation.judges._memory import MEMORY
from tribuna.moderation.judges.words import WORDS
from tribuna.newsroom.actions import forget_unwritten_readings
from tribuna.press.actions import saying

# How long an example takes tells of the machine, and of who else is at work on it.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

WITH_SOCKETS = {"browser", "slow", "storage"}
WITH_OTHER_PROGRAMS = {"browser", "slow"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only tests that say so may open a socket; those that wait for other programs are tried thrice, and it is said."""
    for item in items:
        marked = {marker.name for marker in item.iter_markers()}
        if WITH_SOCKETS & marked:
            item.add_marker("enable_socket")
        if WITH_OTHER_PROGRAMS & marked:
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _cold_caches() -> Iterator[None]:
    """Every test begins, and leaves the next, with empty caches, no pressure, and the default language."""
    _forget()
    translation.activate("en")
    yield
    _forget()


def _forget() -> None:
    cache.clear()
    ContentType.objects.clear_cache()
    forget_unwritten_counts()
    forget_unwritten_pressure()
    forget_unwritten_readings()
    saying._remembered.clear()
    ARTICLES.forget()
    WORDS.forget()
    MEMORY.forget()
    MEMORY.rest()  # a test that wants it to read says so


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, which tests that commit put back as it was."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        GROUNDWORK.lay(factories.open_anew)
        flush = TransactionTestCase._fixture_teardown
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: GROUNDWORK.put_back() or flush(self))
        yield


@pytest.fixture
def newsroom(db: None) -> factories.Newsroom:
    """A bilingual newsroom, open."""
    return factories.newsroom()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: one for all tests of a process, which can have no second one."""
    if chromium_path() is None:
        lacks("no chromium: apt install chromium")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
