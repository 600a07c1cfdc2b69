"""Takes the pictures in docs/screenshots/ of a fresh demo. Run it with ./dev screenshots."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.chromium import launch
from tests.site.processes import clean_environment, free_port, served

FOLDER = Path(__file__).parents[1] / "docs/screenshots"
DESKTOP, PHONE = (1280, 900), (390, 844)
QUALITY = 88


@dataclass(frozen=True)
class Shot:
    """One picture: its name, where it is taken, and in what light."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    mode: Literal["light", "dark"] = "light"
    show: str = ""  # what to scroll to
    is_whole: bool = False  # from top to bottom


def _paths(browser: Browser, base_url: str) -> dict[str, str]:
    """Find a story with many comments, its form, and the English story on the Spanish page."""
    page = browser.new_page(base_url=base_url)
    page.goto("/en/")
    counted = {_address(link): link.inner_text() for link in page.locator("a[href$='#comments']").all()}
    busiest = max(counted, key=lambda href: int(re.findall(r"\d+", counted[href])[0])).removesuffix("#comments")
    page.goto(busiest)
    form = _address(page.get_by_role("link", name="Add a comment"))
    page.goto("/es/archive/2022/12/")
    reference = _address(page.locator("main article a, main h2 a, main h3 a").first)
    page.close()
    return {"article": busiest, "form": form, "reference": reference}


def _address(link: Locator) -> str:
    return link.get_attribute("href") or ""


def _shots(paths: dict[str, str]) -> list[Shot]:
    return [
        Shot("home-desktop", "/en/"),
        Shot("home-desktop-dark", "/es/", mode="dark"),
        Shot("home-phone-dark", "/es/", PHONE, "dark"),
        Shot("article-desktop", paths["article"]),
        Shot("article-phone", paths["article"], PHONE),
        Shot("comments-desktop", paths["article"], show="#comments"),
        Shot("comments-phone-dark", paths["article"], PHONE, "dark", show="#comments"),
        Shot("form-desktop", paths["form"], show=".human-check"),
        Shot("form-phone-dark", paths["form"], PHONE, "dark", show=".human-check"),
        Shot("reference-page-es", paths["reference"], is_whole=True),
        Shot("reference-page-es-phone-dark", paths["reference"], PHONE, "dark", is_whole=True),
    ]


def _open(browser: Browser, base_url: str, shot: Shot) -> Page:
    width, height = shot.size
    return browser.new_page(
        base_url=base_url, color_scheme=shot.mode, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )


def _take(page: Page, shot: Shot) -> None:
    page.goto(shot.path)
    if shot.show:
        page.locator(shot.show).evaluate("element => element.scrollIntoView()")
    page.wait_for_function(
        "() => [...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"
    )
    _keep(page, shot)


def _keep(page: Page, shot: Shot) -> None:
    with Image.open(io.BytesIO(page.screenshot(full_page=shot.is_whole))) as image:
        image.convert("RGB").save(FOLDER / f"{shot.name}.webp", quality=QUALITY, method=6)
    print(f"docs/screenshots/{shot.name}.webp")


def _take_desk(browser: Browser, base_url: str, email: str, password: str) -> None:
    desk = "/admin/comments/"
    for shot in (Shot("queue-desktop", desk), Shot("queue-phone-dark", desk, PHONE, "dark")):
        page = _open(browser, base_url, shot)
        page.goto("/admin/login/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").first.fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/admin/")
        _take(page, shot)
        page.close()


def main() -> int:
    """Start a demo in a folder of its own, take every picture, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "tribuna.site.cli", "demo", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with tempfile.TemporaryDirectory() as folder, served(command, cwd=Path(folder), env=clean_environment()) as demo:
        email, password = re.findall(r"(moderator@\S+)\s+(\S+)", "\n".join(demo.printed))[0]
        with sync_playwright() as playwright:
            browser = launch(playwright)
            base_url = f"http://127.0.0.1:{port}"
            for shot in _shots(_paths(browser, base_url)):
                page = _open(browser, base_url, shot)
                _take(page, shot)
                page.close()
            _take_desk(browser, base_url, email, password)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
