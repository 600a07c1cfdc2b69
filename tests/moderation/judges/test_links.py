from __future__ import annotations

import pytest

from tests.moderation.factories import draft
from tribuna.comments.base import Decision
from tribuna.moderation.judges.links import LinksJudge


def said(text: str, **fields) -> list[str]:
    """Return what the judge says of *text*, and see that it holds if it says anything."""
    verdict = LinksJudge().judge(draft(text, **fields))
    assert verdict.decision == (Decision.HOLD if verdict.reasons else Decision.PUBLISH)
    assert all(reason.judge == "links" for reason in verdict.reasons)
    return [str(reason) for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("see https://news.example/story?id=1", "news.example"),
        ("see hxxps://a.b now", "a.b"),
        ("http://192.0.2.1/x", "192.0.2.1"),
        ("www.example.museum", "www.example.museum"),
        ("my song: /watch?v=abc123DEF45", "watch?v=abc123DEF45"),
        ("visit this .....pills.blogspot.in/2013", "pills.blogspot.in"),
        ("I read it on www.terrace-notes.example.org.", "www.terrace-notes.example.org"),
        ("I read it (at https://news.example), twice!", "news.example"),
        ("Have you seen “https://news.example”?", "news.example"),
        ("buy at cheap-pills.com now", "cheap-pills.com"),
        ("(example.com)", "example.com"),
        ("t.me/someone", "t.me"),
        ("mañana.es", "mañana.es"),
        ("xn--bcher-kva.de:8080/a", "xn--bcher-kva.de:8080"),
        ("VISIT CASINO.RU", "CASINO.RU"),
        ("example dot com", "example.com"),
        ("ejemplo punto com", "ejemplo.com"),
        ("example po\u0131nt com", "example.com"),
        ("example PO\u0130NT com", "example.com"),
        ("example [dot] com", "example.com"),
        ("example(.)com", "example.com"),
        ("example . com", "example.com"),
        ("example。com", "example.com"),
        ("z\u200bero.net", "zero.net"),
        ("ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ", "example.com"),
        ("ex\u0430mple.c\u043em", "example.com"),
    ],
)
def test_a_newcomers_link_is_held_however_it_is_written(text: str, site: str) -> None:
    assert said(text, is_newcomer=True) == [f"A link from a newcomer ({site}) is read by a person first."]
    assert said(text) == []


def test_a_link_in_another_script_is_held() -> None:
    assert len(said("пример.рф", is_newcomer=True)) == 1


@pytest.mark.parametrize(
    "text", ["write to ann@example.org", "ann (at) example (dot) org", "ann arroba ejemplo punto es"]
)
def test_a_newcomers_email_address_is_held(text: str) -> None:
    assert said(text, is_newcomer=True) == ["An e-mail address from a newcomer is read by a person first."]
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "call +34 612 345 678",
        "612 345 678",
        "(555) 123-4567",
        "0044 20 7946 0958",
        "whatsapp: 612345678",
        "Telegram @someone",
        "tel. 555-1234",
    ],
)
def test_a_newcomers_number_or_contact_is_held(text: str) -> None:
    assert said(text, is_newcomer=True) == ["A telephone number or contact from a newcomer is read by a person first."]
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was late.It rained at 10.30am, i.e. after the film, a.m. or p.m.",
        "EE.UU. y la U.E., p.ej. esto... o eso. Sr. de la Cruz, S.A.",
        "1.000.000 de euros, 1.200.300.400 euros, 100 000 000 personas, 3,500,000,000 people",
        "From 1939-1945, in 2019 2020 2021, on 2022-12-03 10:30 and on 12.03.2022",
        "Pi is 3.14159265358979 and the number is 12345678901234567890",
        "@Maria I agree, see node.js. Call me tomorrow at 10, the signal was 3 minutes late",
    ],
)
def test_what_only_looks_like_a_link_or_a_number_passes(text: str) -> None:
    assert said(text, is_newcomer=True) == []


def test_a_link_in_the_name_counts() -> None:
    assert said("Good story.", name="Pills at pills.com", is_newcomer=True) == [
        "A link from a newcomer (pills.com) is read by a person first."
    ]


def test_many_links_are_held_from_anyone(settings) -> None:
    settings.TRIBUNA_LINKS_MAXIMUM = 2
    assert said("a.com b.com") == []
    assert said("a.com b.com and c.com") == ["It has 3 links; more than 2 are read by a person."]


def test_a_newcomer_with_everything_hears_every_reason() -> None:
    text = "a.com b.com c.com ann@example.org +34 612 345 678"
    assert len(said(text, is_newcomer=True)) == 4
