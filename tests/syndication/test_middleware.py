"""Answers that are the same whatever language the reader prefers."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tribuna.syndication.middleware import OneLanguage


@pytest.mark.parametrize(
    ("has_one_language", "varies", "left"),
    [
        (True, "Accept-Language", None),
        (True, "Cookie, Accept-Language", "Cookie"),
        (False, "Accept-Language", "Accept-Language"),
    ],
)
def test_only_what_has_chosen_a_language_ceases_to_vary_with_it(rf, has_one_language, varies, left):
    response = HttpResponse(headers={"Vary": varies})
    response.has_one_language = has_one_language
    assert OneLanguage(lambda _request: response)(rf.get("/robots.txt")).get("Vary") == left
