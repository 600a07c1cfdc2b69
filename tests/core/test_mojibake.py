from __future__ import annotations

import pytest

from tribuna.core.mojibake import mended


@pytest.mark.parametrize(
    "text", ["La ciudad, el puerto y el año", "Ação", "ÉTÉ À LA PLAGE", "Straße", "中文", "plain", "«¿Qué?»", ""]
)
def test_right_text_is_left_alone(text):
    assert mended(text) == text


@pytest.mark.parametrize("text", ["La región, ¿qué?", "naïve café", "“quoted", "l’été — déjà"])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_text_that_was_read_as_something_else_is_mended(text, wrong):
    broken = text.encode().decode(wrong)
    assert mended(broken) == text
