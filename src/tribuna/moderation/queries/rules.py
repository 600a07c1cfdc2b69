"""The rules of the house, as they stand and as they stood."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from tribuna.moderation.models import Decision, Rule, RuleVersion


def rules(*languages: str) -> list[Rule]:
    """Return each rule once, in the first of *languages* (the active one) that has it, or else as well as can be."""
    wished = dict.fromkeys([*(languages or [get_language() or ""]), settings.LANGUAGE_CODE])
    order = {code: place for place, code in enumerate(wished)}
    known = Rule.objects.select_related("locale")
    best: dict[str, Rule] = {}
    for rule in sorted(known, key=lambda rule: order.get(rule.locale.language_code, len(order))):
        best.setdefault(rule.code, rule)
    return sorted(best.values(), key=lambda rule: (rule.sort_order, rule.code))


def rule_in(code: str, *languages: str) -> Rule:
    """Return the rule with that *code* in the first of *languages* that has it. Raises Rule.DoesNotExist."""
    found = next((rule for rule in rules(*languages) if rule.code == code), None)
    if found is None:
        raise Rule.DoesNotExist(code)
    return found


def cited_in(decisions: Iterable[Decision]) -> dict[tuple[str, str, int], RuleVersion]:
    """Return the texts that *decisions* cite, by code, language and version, in one query; none if none does."""
    keys = {(each.rule, each.rule_lang, each.rule_version) for each in decisions if each.rule_version}
    if not keys:
        return {}
    wanted = Q()
    for code, language, version in keys:
        wanted |= Q(code=code, language=language, version=version)
    found = RuleVersion.objects.filter(wanted)
    return {(each.code, each.language, each.version): each for each in found}


def earlier_versions(codes: Iterable[str], language: str) -> dict[str, list[RuleVersion]]:
    """Return every text that rules had in *language*, newest first, by the rule's code."""
    found: dict[str, list[RuleVersion]] = {}
    for version in RuleVersion.objects.filter(code__in=list(codes), language=language).order_by("-version"):
        found.setdefault(version.code, []).append(version)
    return found
