"""System checks: mistakes in the settings, and parts of the machine that are missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from tribuna.humans.challenges import image, sound
from tribuna.humans.queries import configured_challenges
from tribuna.humans.witnesses import work

SECRET_MINIMUM_BYTES = 32


@register()
def check_challenges(**_kwargs: Any) -> list[CheckMessage]:
    """E001: a challenge can't be loaded. E002: there is no way to a person."""
    try:
        names = configured_challenges()
    except (ImportError, AttributeError, TypeError) as error:
        return [Error(f"TRIBUNA_CHALLENGES can't be loaded: {error}", id="tribuna.humans.E001")]
    if "person" in names:
        return []
    return [
        Error(
            "TRIBUNA_CHALLENGES leaves no way to a person.",
            hint="Add tribuna.humans.challenges.person.PersonChallenge: some readers can neither see nor hear.",
            id="tribuna.humans.E002",
        )
    ]


@register(Tags.security)
def check_secrets(**_kwargs: Any) -> list[CheckMessage]:
    """E003: a key that seals the forms is too short to be safe in production."""
    keys = [] if settings.DEBUG else [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if all(len(key.encode() if isinstance(key, str) else key) >= SECRET_MINIMUM_BYTES for key in keys):
        return []
    return [
        Error(
            f"A secret key is shorter than {SECRET_MINIMUM_BYTES} bytes: whoever guesses it can forge every form.",
            hint='Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"',
            id="tribuna.humans.E003",
        )
    ]


@register()
def check_pictures(**_kwargs: Any) -> list[CheckMessage]:
    """W004: fonts are missing, and with them the pictures."""
    return [
        Warning(f"Pictures can't be drawn: the package {package} is missing.", id="tribuna.humans.W004")
        for package in image.missing_fonts()
    ]


@register()
def check_voices(**_kwargs: Any) -> list[CheckMessage]:
    """W005: no voice speaks one of the site's languages; readers of it are not offered a sound."""
    return [
        Warning(
            f"No voice speaks {code!r}: readers in that language are not offered a sound.",
            hint="Voices come with the package espeakng-loader.",
            id="tribuna.humans.W005",
        )
        for code, _name in settings.LANGUAGES
        if not sound.accents(code)
    ]


@register()
def check_work(**_kwargs: Any) -> list[CheckMessage]:
    """W006: a package is missing, and with it the proof of work; readers are asked one step instead."""
    return [
        Warning(f"No proof of work can be asked for: the package {package} is missing.", id="tribuna.humans.W006")
        for package in work.missing_parts()
    ]
