"""How Debian's Chromium is started: headless, and asking nobody for anything."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

OPTIONS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OPTIONS += ["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"]


def chromium_path() -> str | None:
    """Return where Chromium is, or None."""
    return shutil.which("chromium")


def launch(playwright: Playwright) -> Browser:
    """Start it. As root it refuses its own sandbox, so there it goes without."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*OPTIONS, *sandbox])
