"""System checks: mistakes in the settings, and parts of the machine that are missing."""

from __future__ import annotations

from math import inf
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from tribuna.core.plug import plug, plugs
from tribuna.humans.base import Asking
from tribuna.humans.challenges import image, sound
from tribuna.humans.queries import configured_challenges
from tribuna.humans.witnesses import work

SECRET_MINIMUM_BYTES = 32
PRESSURE_SECONDS = (300, 24 * 60 * 60)


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
def check_witnesses(**_kwargs: Any) -> list[CheckMessage]:
    """E010: a witness can't be loaded, or its name is another's or none that a field of a form may have."""
    try:
        names = [witness.name for witness in plugs(settings.TRIBUNA_WITNESSES)]
    except (ImportError, AttributeError, TypeError) as error:
        return [Error(f"TRIBUNA_WITNESSES can't be loaded: {error}", id="tribuna.humans.E010")]
    taken = {"token", "answer", "another"}
    wrong = [name for name in names if names.count(name) > 1 or name in taken or not name.isidentifier()]
    return [Error(f"A witness can't be called {name!r}.", id="tribuna.humans.E010") for name in dict.fromkeys(wrong)]


@register()
def check_asking(**_kwargs: Any) -> list[CheckMessage]:
    """E011: nobody knows what that means: when readers are asked."""
    said = {"TRIBUNA_ASKING": settings.TRIBUNA_ASKING}
    said |= {f"TRIBUNA_ASKING_PER_FORM[{form!r}]": asking for form, asking in settings.TRIBUNA_ASKING_PER_FORM.items()}
    return [
        Error(f"{name} is {asking!r}.", hint=f"Say one of: {', '.join(Asking)}.", id="tribuna.humans.E011")
        for name, asking in said.items()
        if asking not in list(Asking)
    ]


@register()
def check_pressure_store(**_kwargs: Any) -> list[CheckMessage]:
    """E012: the store of pressure can't be loaded, or is none."""
    try:
        store = plug(settings.TRIBUNA_PRESSURE_STORE)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        hint = "Redis and Valkey need the package redis (tribuna[redis]) and an address in TRIBUNA_REDIS_URL."
        return [Error(f"TRIBUNA_PRESSURE_STORE can't be loaded: {error}", hint=hint, id="tribuna.humans.E012")]
    missing = [name for name in ("pour", "contents", "forget") if not callable(getattr(store, name, None))]
    said = f"TRIBUNA_PRESSURE_STORE names something without {', '.join(missing)}."
    return [Error(said, id="tribuna.humans.E012")] if missing else []


@register()
def check_pressure(**_kwargs: Any) -> list[CheckMessage]:
    """E013: a bucket that holds nothing, or that leaks so fast or so slowly that its numbers mean nothing."""
    spans = {
        "TRIBUNA_PRESSURE_SECONDS": (settings.TRIBUNA_PRESSURE_SECONDS, PRESSURE_SECONDS),
        "TRIBUNA_PRESSURE_NETWORK_POINTS": (settings.TRIBUNA_PRESSURE_NETWORK_POINTS, (1, inf)),
        "TRIBUNA_PRESSURE_SITE_POINTS": (settings.TRIBUNA_PRESSURE_SITE_POINTS, (1, inf)),
        "TRIBUNA_WAITING_NETWORK_MAXIMUM": (settings.TRIBUNA_WAITING_NETWORK_MAXIMUM, (1, inf)),
        "TRIBUNA_WAITING_SITE_MAXIMUM": (settings.TRIBUNA_WAITING_SITE_MAXIMUM, (1, inf)),
    }
    return [
        Error(f"{name} is {value}: it must be from {low} to {high}.", id="tribuna.humans.E013")
        for name, (value, (low, high)) in spans.items()
        if not low <= value <= high
    ]


@register()
def check_work(**_kwargs: Any) -> list[CheckMessage]:
    """W006: a package is missing, and with it the proof of work; readers are asked one step instead."""
    return [
        Warning(f"No proof of work can be asked for: the package {package} is missing.", id="tribuna.humans.W006")
        for package in work.missing_parts()
    ]
