"""Who is a person, as far as a browser's own name for itself tells."""

from __future__ import annotations

import re
from functools import lru_cache

# Families of programs that fetch pages by themselves, by what they say of themselves; and those without a name.
_MACHINES = re.compile(
    r"bot\b|bot[/_;)-]|crawl|spider|slurp|archiv|scan|monitor|uptime|check|preview|prefetch|fetch|feed|rss|validator"
    r"|headless|lighthouse|phantom|selenium|puppeteer|facebookexternal|whatsapp|embed|mediapartners|google-|bingpreview"
    r"|gptbot|claude|perplexity|ccbot|bytespider|curl|wget|httpie|libwww|python|aiohttp|httpx|java/|okhttp|go-http|ruby"
    r"|perl|php|axios|node|scrapy|http_?client|winhttp|postman",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_person(user_agent: str) -> bool:
    """Say whether somebody with this *user_agent* counts as a reader: what calls itself a browser, and no program."""
    return user_agent.startswith(("Mozilla/", "Opera/")) and _MACHINES.search(user_agent) is None
