"""A real Chromium against a real server: Debian's package, headless, offline but for loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import factories

PATIENCE_MILLISECONDS = 30_000  # a shared machine may be busy
expect.set_options(timeout=PATIENCE_MILLISECONDS)


class Visit:
    """One visitor's browser: where it went, and what it was given."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.context = context
        self.base_url = base_url
        self.requested: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requested.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)

    def _hear(self, message) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    @property
    def foreign_requests(self) -> list[str]:
        own = urlsplit(self.base_url).netloc
        return [
            url for url in self.requested if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != own
        ]


@pytest.fixture
def visit(chromium: Browser, live_server) -> Iterator[Callable[..., Visit]]:
    """Open the site as somebody new; keyword arguments are Playwright's for a context."""
    contexts: list[BrowserContext] = []

    def _visit(**options) -> Visit:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        return Visit(context, live_server.url)

    yield _visit
    for context in contexts:
        context.close()


@pytest.fixture
def site(transactional_db) -> factories.Newsroom:
    """A bilingual newsroom with its desk, stored so that the server's threads see it."""
    from tribuna.moderation.actions import open_desk

    newsroom = factories.newsroom()
    open_desk()
    return newsroom
