"""Rules have versions: whoever changes the text of one makes a new version, and what was cited stays to be read."""

from __future__ import annotations

from django.utils import timezone

from tribuna.moderation.models import Rule, RuleVersion
from tribuna.press.actions import changed

RULES = "rules"  # the tag of pages that show the rules


def number_rule(rule: Rule) -> None:
    """Give *rule* the number of the version that it will be once it is stored."""
    kept = RuleVersion.objects.filter(code=rule.code, language=rule.locale.language_code)
    latest = kept.order_by("-version").first()
    if latest is None:
        rule.version = 1
    else:
        rule.version = latest.version + ((latest.title, latest.text) != (rule.title, rule.text))


def keep_version(rule: Rule) -> None:
    """Write down what *rule* says from now on, unless it says what it said."""
    RuleVersion.objects.get_or_create(
        code=rule.code,
        language=rule.locale.language_code,
        version=rule.version,
        defaults={"title": rule.title, "text": rule.text, "at": timezone.now()},
    )
    changed(RULES)


def withdraw_rule() -> None:
    """Have the public rules printed without one that was taken back."""
    changed(RULES)
