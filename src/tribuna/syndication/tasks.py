"""What the task worker does: telling hubs and search engines, again and again until they have heard."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.tasks import task
from django.utils import timezone

logger = logging.getLogger(__name__)

QUEUE = "queue"  # its name in settings.TASKS
TIMEOUT_SECONDS = 10
# How long it is waited after each attempt that failed; after the last one it is given up.
RETRY_SECONDS = (60, 5 * 60, 30 * 60, 2 * 60 * 60, 6 * 60 * 60)
_TRY_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


@task(backend=QUEUE)
def tell_hub(hub: str, feeds: list[str], attempt: int = 0) -> None:
    """Tell the WebSub *hub* that there is something new in *feeds*."""
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)])
    if not _is_heard(hub, body, "application/x-www-form-urlencoded", attempt):
        tell_hub.using(run_after=_next(attempt)).enqueue(hub, feeds, attempt + 1)


@task(backend=QUEUE)
def tell_search_engines(host: str, origin: str, pages: list[str], attempt: int = 0) -> None:
    """Tell the search engines behind IndexNow that *pages* changed, of which *host* is theirs."""
    key = settings.TRIBUNA_INDEXNOW_KEY
    told = {"host": host, "key": key, "keyLocation": f"{origin}/{key}.txt", "urlList": pages}
    body, kind = json.dumps(told), "application/json; charset=utf-8"
    if key and not _is_heard(settings.TRIBUNA_INDEXNOW_ENDPOINT, body, kind, attempt):
        tell_search_engines.using(run_after=_next(attempt)).enqueue(host, origin, pages, attempt + 1)


def _next(attempt: int) -> datetime:
    return timezone.now() + timedelta(seconds=RETRY_SECONDS[attempt])


def _is_heard(url: str, body: str, kind: str, attempt: int) -> bool:
    """Send *body* to *url* and say whether that is done with: taken, refused for good, or tried often enough."""
    request = Request(url, body.encode(), {"Content-Type": kind, "User-Agent": "Tribuna"})  # noqa: S310 - checks.py
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 - checks.py lets only http and https through
            return True
    except HTTPError as error:
        error.close()
        flaw, is_final = f"status {error.code}", error.code < 500 and error.code not in _TRY_AGAIN
    except OSError as error:
        flaw, is_final = str(error), False
    is_final = is_final or attempt >= len(RETRY_SECONDS)
    logger.warning("%s didn't take what it was told (%s)%s.", url, flaw, "" if is_final else "; it is told again later")
    return is_final
