"""The tutorial needs the same browser as the browser tests."""

from tests.browser.conftest import chromium

__all__ = ["chromium"]
