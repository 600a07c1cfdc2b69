from __future__ import annotations

import pytest

from tribuna.moderation.base import fold_text, text_digests, unmask_text


@pytest.mark.parametrize(
    "disguised",
    [
        "Ｆｒｅｅ money",  # noqa: RUF001
        "𝐅𝐫𝐞𝐞 𝓶𝓸𝓷𝓮𝔂",  # noqa: RUF001
        "Fr\u200bee mo\u00adney",
        "F\u202ere\u202ce money",
        "Fre\u0435 m\u043en\u0435y",
        "Free money\ufe0f",
    ],
)
def test_disguises_come_off(disguised: str) -> None:
    assert unmask_text(disguised) == "Free money"


def test_folded_texts_forget_case_accents_and_white_space() -> None:
    assert fold_text("  ÁRBOL\n\nStraße\t¿Qué?") == "arbol strasse ¿que?"


def test_folding_keeps_the_vowels_of_scripts_that_write_them_as_marks() -> None:
    assert fold_text("हिन्दी") != fold_text("हन्द")


def test_digests_recognise_a_folded_text_under_older_keys_too(settings) -> None:
    (before,) = text_digests("the ferry")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" + "0123456789" * 5
    now, older = text_digests("the ferry")
    assert now != before
    assert older == before
    assert len(now) == 64


@pytest.mark.parametrize("plain", ["Free  MONEY\n\tnow", "\x00\x1b[A ~`^", ""])
def test_what_is_ascii_is_folded_as_everything_else_is(plain: str) -> None:
    assert unmask_text(plain) == unmask_text(f"{plain}\u202e")
    assert fold_text(plain) == fold_text(f"{plain}\u202e")
