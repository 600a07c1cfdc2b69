"""What a wire doesn't let be published yet, or at all; and what an editor is told of where a draft is from."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from tribuna.importers.models import WireItem


def item_of(page: Page) -> WireItem | None:
    """Return the item that *page*, or one it is a translation of, came from."""
    items = WireItem.objects.select_related("wire").filter(page__translation_key=page.translation_key)
    return items.order_by("pk").first()


def hindrance(page: Page) -> str:
    """Return why *page* must not be published when it would be; empty if it may, or if readers have it already."""
    item = item_of(page)
    moment = max(timezone.now(), page.go_live_at) if page.go_live_at else timezone.now()
    if item is None or not item.is_held(moment) or Page.objects.filter(pk=page.pk, live=True).exists():
        return ""
    return _said(item)


def _said(item: WireItem) -> str:
    wire = {"wire": item.wire.name}
    if item.state == WireItem.State.CANCELED:
        words = _("%(wire)s has canceled this item.") % wire
    elif item.state == WireItem.State.WITHHELD or item.embargo is None:
        words = _("%(wire)s withholds this item until further notice.") % wire
    else:
        words = _("%(wire)s has put this item under embargo until %(moment)s.") % {
            "wire": item.wire.name,
            "moment": date_format(timezone.localtime(item.embargo), "DATETIME_FORMAT"),
        }
    return words


def standing_of(page: Page) -> tuple[str, list[str]]:
    """Return where *page* is from, and what its editor has to be warned of; an empty text for one from no wire."""
    item = item_of(page)
    if item is None:
        return "", []
    facts = [
        (_("wire"), item.wire.name),
        (_("identifier"), item.key),
        (_("version"), item.version),
        (_("byline"), item.byline),
        (_("fetched"), date_format(timezone.localtime(item.fetched_at), "SHORT_DATETIME_FORMAT")),
        (_("usage terms"), item.terms),
    ]
    warnings = [_said(item)] if item.is_held(timezone.now()) else []
    if item.newer_version:
        warnings.append(_("A newer version of this item came. You had worked on the draft, so it was left as it is."))
    return " · ".join(f"{name}: {value}" for name, value in facts if value), warnings
