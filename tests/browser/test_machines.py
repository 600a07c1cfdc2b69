"""What stands in pages for machines does nothing in a browser: no policy is broken, nothing is fetched, nothing run."""

from __future__ import annotations

import json

import pytest

from tests import factories
from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("address", ["/en/", "/en/city/", "/en/city/ferry-returns/", "/en/authors/harbour-desk/"])
def test_json_ld_breaks_no_policy(site, visit, address):
    factories.article(title="Ferry returns", standfirst="</script><b>At last</b>", authors=[factories.author()])
    visitor = visit()
    visitor.page.add_init_script(
        "addEventListener('securitypolicyviolation', event => (window.refused ??= []).push(event.violatedDirective))"
    )
    answer = visitor.page.goto(address)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    told = visitor.page.locator("script[type='application/ld+json']")
    assert told.count() == 1
    assert json.loads(told.text_content())["@context"] == "https://schema.org"
    assert visitor.page.evaluate("window.refused") is None
    assert visitor.complaints == []
    assert visitor.foreign_requests == []
    assert violations(visitor.page) == []


def test_a_feed_and_a_twin_open_in_a_browser(site, visit):
    factories.article(title="Ferry returns")
    visitor = visit()
    assert visitor.page.goto("/robots.txt").ok
    assert "Disallow: /admin/" in visitor.page.content()
    assert visitor.page.request.get("/en/rss.xml").headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert visitor.page.request.get("/en/city/ferry-returns/index.md").text().startswith("# Ferry returns")
    assert visitor.complaints == []
    assert visitor.foreign_requests == []
