"""Real comments to measure the filter with, which are no part of the project, and ways to hide and to mix them."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

from bench.harness import ROOT, NotMeasured

PLACES = [ROOT.parent / "shared/data/spam"]
SEED = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A comment with the truth about it: 1 is spam."""

    text: str
    label: int
    site: str
    at: str = ""


def folder() -> Path:
    """Return where the data sets are. Raises NotMeasured."""
    for place in PLACES:
        if (place / "youtube.jsonl.gz").exists():
            return place
    raise NotMeasured(
        "the data sets are not in ../shared/data/spam, beside the project, and --data names no other folder"
    )


def youtube() -> dict[str, list[Text]]:
    """Return the comments under each video, the oldest first. One without a date follows the one before it."""
    found: dict[str, list[Text]] = {}
    for row in _rows("youtube"):
        texts = found.setdefault(row["group"], [])
        at = row.get("date") or (texts[-1].at if texts else "")
        texts.append(Text(row["text"], row["label"], row["group"], at))
    return {site: sorted(texts, key=lambda each: each.at) for site, texts in found.items()}


def sms() -> list[Text]:
    """Return the messages in the order of the collection, without its heading."""
    return [Text(row["text"], row["label"], "sms") for row in _rows("sms")[1:]]


def civil() -> list[Text]:
    """Return comments of news sites, none of them spam."""
    return [Text(row["text"], row["label"], "civil") for row in _rows("civil_comments_sample")]


def by_time(sites: dict[str, list[Text]]) -> list[Text]:
    """Return the comments of all *sites* as they came."""
    return sorted((text for texts in sites.values() for text in texts), key=lambda each: each.at)


def stream() -> list[Text]:
    """Return the comments of the videos, in order, scattered among those of the news sites, in order."""
    mixed = random.Random(SEED)
    one, other = by_time(youtube()), civil()
    turns = [0] * len(one) + [1] * len(other)
    mixed.shuffle(turns)
    queues = [iter(one), iter(other)]
    return [next(queues[turn]) for turn in turns]


def first_links(count: int = 200) -> list[str]:
    """Return calm, well-written comments with one link, as machines write them by the thousand."""
    chance = random.Random(SEED)
    openings = (
        "The piece explains well why {0} takes longer than planned.",
        "I have followed {0} since spring, and this is the clearest summary so far.",
        "What is missing here is how {0} affects smaller towns.",
        "Fair points about {0}, though the numbers changed again last month.",
    )
    endings = (
        "The background is at {1}.",
        "{1} has the figures for each district.",
        "See also {1}",
        "I wrote down what we found: https://www.{1}/notes",
        "There is a longer comparison on {1}, for whoever needs it.",
    )
    subjects = ("the renovation", "the timetable", "the new fees", "home insulation", "the harbour", "school choice")
    hosts = ("terrace-notes.example.org", "citizen-figures.com", "slowcity.net", "compare-it.info", "harbourguide.co")
    made = (f"{chance.choice(openings)} {chance.choice(endings)}" for _ in range(count))
    return [text.format(chance.choice(subjects), chance.choice(hosts)) for text in made]


def _rows(name: str) -> list[dict[str, str | int]]:
    with gzip.open(folder() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
