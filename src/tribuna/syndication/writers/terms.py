"""What machines are told they may do: robots.txt (RFC 9309), the TDM Reservation Protocol, and an RSL licence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from tribuna.syndication.models import Terms

RSL = "https://rslstandard.org/rsl"
RSL_KIND = "application/rsl+xml"
# RSL's words for the two uses that an editor decides about.
_TRAINING, _ANSWERS = ("ai-train",), ("ai-input", "ai-index")


def robots(*, kept_out: Iterable[str], closed: Iterable[str], sitemaps: Iterable[str], licence: str) -> str:
    """Return robots.txt: *kept_out* are crawlers that may fetch nothing, *closed* what nobody need look at."""
    groups = [["User-agent: *", *(f"Disallow: {path}" for path in closed)]]
    agents = [f"User-agent: {name}" for name in kept_out]
    if agents:
        groups.append([*agents, "Disallow: /"])
    groups.append([f"License: {licence}", *(f"Sitemap: {url}" for url in sitemaps)])
    return "\n\n".join("\n".join(lines) for lines in groups) + "\n"


def tdm(terms: Terms) -> str:
    """Return tdmrep.json: whether text and data mining is reserved, and where to ask."""
    rule: dict[str, str | int] = {"location": "/", "tdm-reservation": int(terms.reserves_training)}
    if terms.reserves_training and terms.policy:
        rule["tdm-policy"] = terms.policy
    return json.dumps([rule])


def licence(terms: Terms, *, origin: str) -> str:
    """Return the licence: search engines may, and of the rest what the *terms* allow."""
    permitted: list[str] = ["search"]
    prohibited: list[str] = []
    for is_reserved, words in ((terms.reserves_training, _TRAINING), (terms.reserves_answers, _ANSWERS)):
        (prohibited if is_reserved else permitted).extend(words)
    said = [_usage("permits", permitted), _usage("prohibits", prohibited)]
    asked = f"<terms>{escape(terms.policy)}</terms>" if terms.policy else ""
    content = f"<content url={quoteattr(f'{origin}/')}>{asked}<license>{''.join(said)}</license></content>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rsl xmlns="{RSL}">{content}</rsl>\n'


def _usage(element: str, words: list[str]) -> str:
    return f'<{element} type="usage">{",".join(words)}</{element}>' if words else ""
