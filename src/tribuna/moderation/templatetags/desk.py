"""Words for what the desk shows."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language_info

from tribuna.comments.models import State
from tribuna.moderation.forms import STATE_CHOICES

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
