"""Words for what the desk shows."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from tribuna.comments.models import State
from tribuna.learning.metrics import Share
from tribuna.moderation.forms import STATE_CHOICES
from tribuna.moderation.queries import finder_titles

register = template.Library()

_STATE_WORDS = dict(STATE_CHOICES)


@register.filter
def state_word(state: str) -> str:
    """Return how a comment's *state* is called at the desk; empty for none."""
    return str(_STATE_WORDS[State(state)]) if state else ""


@register.filter
def language_word(code: str) -> str:
    """Return the name of a language in the active one, or its *code* when it has none here."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def judge_word(name: str) -> str:
    """Return what a judge is called; empty for none."""
    return ", ".join(finder_titles(name))


@register.filter
def percent(share: float) -> str:
    """Return a *share* of one in hundredths, as the active language writes it."""
    return _("%(number)s%%") % {"number": number_format(round(100 * share, 1), decimal_pos=1)}


@register.filter
def share_words(share: Share) -> str:
    """Return a share with the interval in which it surely lies, and of how many it is."""
    if not share.total:
        return _("unknown (of none)")
    low, high = (percent(bound) for bound in share.interval)
    words = _("%(share)s (%(low)s to %(high)s, of %(total)d)")
    return words % {"share": percent(share.value), "low": low, "high": high, "total": share.total}
