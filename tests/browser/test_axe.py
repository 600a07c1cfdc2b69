"""That nothing is found would say nothing, if nothing could be found."""

from __future__ import annotations

import pytest

from tests.browser.axe import WCAG, violations

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Ferry</title>
<style>
  @media (prefers-color-scheme: dark) { body { background: #000 } p { color: #222 } }
  @media (min-width: 1000px) { a { color: #eee; background: #fff } }
</style>
<main><h1>Ferry</h1><p>It returns.</p><a href="/">Home</a></main><aside><img src="data:,"></aside>"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def rules(found):
    return [each.split(":")[0] for each in found]


def test_what_is_wrong_is_named_with_its_element(page):
    (found,) = violations(page, tags=WCAG)
    assert found.startswith('image-alt: <img src="data:,"')
    assert "image-alt" in rules(violations(page))
    assert violations(page, within="main", tags=WCAG) == []


def test_another_light_and_another_width_are_other_sights(page):
    page.emulate_media(color_scheme="dark")
    (found,) = violations(page, within="main", tags=WCAG)
    assert found == "color-contrast: <p>It returns.</p>"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    (found,) = violations(page, within="main", tags=WCAG)
    assert found == 'color-contrast: <a href="/">Home</a>'
