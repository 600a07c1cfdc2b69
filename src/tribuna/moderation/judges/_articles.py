"""What stands in the articles under which readers write, as runs of words: read once for a while, in each process."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from tribuna.learning.folding import fold
from tribuna.learning.structure import words_of
from tribuna.newsroom.models import ArticlePage

RUN_WORDS = 5  # so many of the article's in a row are no accident
REMEMBERED = 200  # articles
_LINK = re.compile(r"https?://\S+")
_TAG = re.compile(r"<[^>]+>")
type Runs = frozenset[tuple[str, ...]]


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of *text* as a reader takes it, but for links."""
    return words_of(fold(_LINK.sub(" ", text)).text)


def runs_of(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Return the runs of ``RUN_WORDS`` words, one for each place where one begins."""
    return zip(*(words[skipped:] for skipped in range(RUN_WORDS)), strict=False)


class Articles:
    """Remembers the runs of the last articles that were asked for, for ``TRIBUNA_FILTER_MEMORY_SECONDS``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[int, tuple[float, Runs]] = OrderedDict()

    def forget(self) -> None:
        """Read everything again when next asked."""
        self._known.clear()

    def runs(self, page_id: int) -> Runs:
        """Return the runs of words in an article; none of a page that is no article."""
        with self._lock:
            due, found = self._known.get(page_id, (-1.0, frozenset()))
            if time.monotonic() >= due:
                found = _read(page_id)
                self._known[page_id] = time.monotonic() + settings.TRIBUNA_FILTER_MEMORY_SECONDS, found
            self._known.move_to_end(page_id)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _read(page_id: int) -> Runs:
    article = ArticlePage.objects.filter(pk=page_id).only("title", "standfirst", "body").first()
    if article is None:
        return frozenset()
    parts = [article.title, article.standfirst, *_texts(list(article.body.raw_data))]
    return frozenset(run for part in parts for run in runs_of(plain_words(_TAG.sub(" ", part))))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in the raw data of a body, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


ARTICLES = Articles()
