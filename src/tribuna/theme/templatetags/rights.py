"""What templates ask with about decisions: the reasons for one, who found it, how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from tribuna.comments.models import Comment, Notice
from tribuna.moderation import queries
from tribuna.moderation.models import Rule, RuleVersion
from tribuna.moderation.queries import NoticeRights, Statement

register = template.Library()

_EPOCH = datetime(2000, 1, 3)  # noqa: DTZ001 - only what lies between two moments counts


@register.simple_tag
def statement_of(comment: Comment) -> Statement | None:
    """Return why *comment* is kept from its readers, or was until its author appealed."""
    return queries.statement_of(comment)


@register.simple_tag
def rights_of_notice(notice: Notice) -> NoticeRights:
    """Return what the reader who made *notice* may say against its outcome, or has said."""
    return queries.notice_rights(notice)


@register.filter
def finders(found_by: str) -> str:
    """Return what those are called who found something, with commas between them."""
    return ", ".join(queries.finder_titles(found_by))


@register.filter
def duration(value: timedelta) -> str:
    """Return how long something took, in words: "2 hours, 5 minutes"."""
    if value < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(_EPOCH, _EPOCH + value)


@register.filter
def of_rule(versions: Mapping[str, Sequence[RuleVersion]], rule: Rule) -> Sequence[RuleVersion]:
    """Return every text that *rule* had, newest first, out of those of all rules."""
    return versions.get(rule.code, ())
