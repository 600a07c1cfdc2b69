"""What bare pages ask: those that are printed when the database, or more, may be away."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The newsroom's name as the operator says it, and the stylesheet's address; empty if there is none."""

    name: str
    style: str


@register.simple_tag
def letterhead() -> Letterhead:
    """Return what stands at the head of a bare page. Asks no database."""
    return Letterhead(settings.WAGTAIL_SITE_NAME, _style())


def _style() -> str:
    """Return the stylesheet's address, or nothing where the static files were never collected."""
    try:
        return static("theme/site.css")
    except ValueError:
        return ""
