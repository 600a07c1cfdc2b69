"""What axe-core finds on a page."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WITH_BEST_PRACTICE = (*WCAG, "best-practice")
EXCERPT_CHARACTERS = 200

_RUN = """async ([within, options]) => {
    const found = await axe.run(within || document, options);
    return found.violations.map(each => [each.id, each.nodes[0].html]);
}"""


def violations(page: Page, *, within: str = "", tags: Sequence[str] = ()) -> list[str]:
    """Return the rules that are broken *within* what a selector finds, each with an element that breaks it.

    Without *tags* every rule is asked that axe asks by default. Axe is loaded once into a document, and spares itself
    the selectors of what is in order: that is most of its time.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "selectors": False, **({"runOnly": list(tags)} if tags else {})}
    return [f"{rule}: {html[:EXCERPT_CHARACTERS]}" for rule, html in page.evaluate(_RUN, [within, options])]
