"""Old addresses: each becomes a permanent redirect to where its story stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import batched
from urllib.parse import unquote, urlsplit

from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext_noop
from wagtail.contrib.redirects.models import Redirect

from tribuna.importers.actions.ledger import Ledger
from tribuna.importers.base import Note

REDIRECT = "redirect"
ADDRESS_CHARACTERS = 255
ADDRESSES_AT_ONCE = 400
TOO_LONG = gettext_noop("The old address is too long for a redirect.")
TAKEN = gettext_noop("The old address leads somewhere else already.")


def old_path(address: str) -> str:
    """Return *address* as redirects are looked up: the path with what is asked, without host and last slash.

    Signs are quoted as in the path of a request, however the archive had them: ``a b.jpg`` is ``a%20b.jpg``.
    """
    try:
        parts = urlsplit(address.replace("\0", "").strip())
        asked = f"?{iri_to_uri(parts.query)}" if parts.query else ""
        path: str = Redirect.normalise_path(escape_uri_path(unquote(parts.path)) + asked)
    except ValueError:  # such as a host in broken brackets
        return ""
    return path


def send_on(ledger: Ledger, pairs: Iterable[tuple[str, int | str]]) -> None:
    """Let each old address lead to a page (its primary key) or to an address of ours, for good.

    What an editor has redirected stays as it is. Belongs into the transaction that made the pages.
    """
    wished: dict[str, int | str] = {}
    for address, target in pairs:
        path = old_path(address)
        if len(path) > ADDRESS_CHARACTERS:
            ledger.note(REDIRECT, path, [Note(TOO_LONG, original=address)])
        elif path not in {"", "/"}:
            wished.setdefault(path, target)
    for some in batched(wished.items(), ADDRESSES_AT_ONCE):
        _store(ledger, some)


def _store(ledger: Ledger, wished: Sequence[tuple[str, int | str]]) -> None:
    there = {each.old_path: each for each in Redirect.objects.filter(old_path__in=[path for path, _ in wished])}
    ledger.counts[REDIRECT]["read"] += len(wished)
    made = []
    for path, target in wished:
        other = there.get(path)
        if other is None:
            made.append(_redirect(path, target))
        elif (other.redirect_page_id or other.redirect_link) == target:
            ledger.counts[REDIRECT]["same"] += 1
        else:
            ledger.counts[REDIRECT]["left"] += 1
            ledger.note(REDIRECT, path, [Note(TAKEN, detail=str(target))])
    Redirect.objects.bulk_create(made)
    ledger.enter(REDIRECT, [(each.old_path, each.pk, "") for each in made])


def _redirect(path: str, target: int | str) -> Redirect:
    leads = {"redirect_page_id": target} if isinstance(target, int) else {"redirect_link": target}
    return Redirect(old_path=path, is_permanent=True, automatically_created=True, **leads)
