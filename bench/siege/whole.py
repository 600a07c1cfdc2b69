"""The whole system: how much spam is published once its sender has passed the human check.

What a form lets through is not yet published where judges stand behind it. The same spam is sent to every system, each
text with a right answer or proof and from a network of its own; what a reader could then see is counted. With ours that
is what its receipt says, in a newsroom that has decided nothing yet, so that its filter knows only what is shipped with
it. The others have nothing behind their check.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable

from bench import spam_data
from bench.harness import NotMeasured
from bench.siege.attackers import BATCH, Attack, proven
from bench.siege.figures import Share
from bench.siege.systems import Target


def found(count: int, seed: int) -> list[str]:
    """Return *count* comments that people took for spam, as they were found. Raises NotMeasured."""
    return _sample((each.text for video in spam_data.youtube().values() for each in video if each.label), count, seed)


def linked(count: int, seed: int) -> list[str]:
    """Return *count* calm, well-written comments with one link each: the link is what spam of this kind is for."""
    return _sample(spam_data.first_links(4 * count), count, seed)


def _sample(texts: Iterable[str], count: int, seed: int) -> list[str]:
    distinct = list(dict.fromkeys(texts))
    if len(distinct) < count:
        raise NotMeasured(f"there are only {len(distinct)} texts")
    return random.Random(seed).sample(distinct, count)


def published(target: Target, spam: list[str]) -> Attack:
    """Send *spam*, each piece with a right answer or proof; return how many were published."""
    accepted = 0
    for first in range(0, len(spam), BATCH):
        forms = [proven(target, number) for number in range(first, min(first + BATCH, len(spam)))]
        time.sleep(target.wait_seconds)
        for form, text in zip(forms, spam[first:], strict=False):
            form.fields["text"] = text
            accepted += target.sent(form)
            form.client.close()
    return Attack(Share(accepted, len(spam)))
