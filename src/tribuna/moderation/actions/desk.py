"""Setting up the desk: who may decide, and the rules to begin with."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Locale

from tribuna.moderation.models import Rule

MODERATORS = "Moderators"

_PERMISSIONS = {
    "wagtailadmin": ["access_admin"],
    "comments": ["answer_comments", "settle_notices", "serve_rights"],
    "moderation": [
        "moderate_comments",
        *(f"{verb}_{noun}" for noun in ("rule", "wordentry") for verb in ("add", "change", "delete", "view")),
    ],
}

# What to begin with; editors change it. In each language: title, and what the author of a comment is told.
_RULES: dict[str, dict[str, tuple[str, str]]] = {
    "respect": {
        "en": (
            "Respect people",
            "Disagree with what is said, not with who says it. We publish no insults and no threats.",
        ),
        "es": (
            "Respeto a las personas",
            "Discuta lo que se dice, no a quien lo dice. No publicamos insultos ni amenazas.",
        ),
    },
    "hatred": {
        "en": ("No hatred", "Nobody is attacked for their origin, skin, faith, sex, disability or whom they love."),
        "es": (
            "Sin odio",
            "A nadie se le ataca por su origen, su piel, su fe, su sexo, una discapacidad o a quién ama.",
        ),
    },
    "privacy": {
        "en": ("Private matters stay private", "We publish no addresses, telephone numbers or private lives."),
        "es": (
            "Lo privado es privado",
            "No publicamos direcciones, números de teléfono ni la vida privada de otras personas.",
        ),
    },
    "topic": {
        "en": ("Keep to the subject", "A comment is about the article or answers another one."),
        "es": ("Cíñase al tema", "Un comentario trata del artículo o responde a otro comentario."),
    },
    "advertising": {
        "en": ("No advertising", "Nothing is sold, promoted or collected for under an article."),
        "es": ("Sin publicidad", "Bajo un artículo no se vende, no se promociona y no se recauda nada."),
    },
}


def open_desk() -> None:
    """Create the Moderators group with its permissions, and the rules to begin with. Changes nothing that is there."""
    with transaction.atomic():
        group, _ = Group.objects.get_or_create(name=MODERATORS)
        for app_label, codenames in _PERMISSIONS.items():
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames))
        if not Rule.objects.exists():
            _write_rules()


def _write_rules() -> None:
    for place, (code, translations) in enumerate(_RULES.items()):
        key = uuid.uuid4()
        for language, _ in settings.LANGUAGES:
            if language in translations:
                title, text = translations[language]
                locale, _ = Locale.objects.get_or_create(language_code=language)
                Rule.objects.create(
                    code=code, title=title, text=text, sort_order=place, locale=locale, translation_key=key
                )
