from __future__ import annotations

import numpy as np
import pytest

from tribuna.learning.addresses import domains_in
from tribuna.learning.features import WIDTH, examine
from tribuna.learning.ngrams import spelling
from tribuna.learning.structure import STRUCTURE


def built(text: str, **fields: str) -> dict[str, float]:
    return dict(zip(STRUCTURE, examine(text, **fields).structure.tolist(), strict=True))


@pytest.mark.parametrize("text", ["", "?!", "Yes", "One two two", "x" * 5_000, "Straße ägypten 東京 " * 300])
def test_any_text_has_features(text: str) -> None:
    features = examine(text)
    assert len(features.structure) == len(STRUCTURE)
    assert np.isfinite(features.structure).all()
    assert len(features.places) == len(features.values) == len(features.origins)
    assert all(0 <= place < WIDTH for place in features.places)
    assert all(0 <= origin < len(features.words) for origin in features.origins)


def test_words_and_spelling_each_have_length_one() -> None:
    values = examine("The ferry was late again and nobody said a word").values
    assert np.isclose((values**2).sum(), 2)


def test_capitals_accents_and_disguises_make_no_other_words() -> None:
    assert examine("Mañana NO").words == examine("manana n\u200bo").words == ("manana", "no")
    assert spelling("no").tolist() == spelling("no").tolist()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("links", "see http://example.com/x"),
        ("link_end", "see www.example.com."),
        ("markup", "<a href=x>y</a>"),
        ("contact", "write to a@b.example"),
        ("numbers", "call 12345678"),
        ("codes", "text WIN77 now"),
        ("amounts", "only $5"),
        ("shouting", "BUY THIS NOW"),
        ("symbols", "nice ☎ ☎"),
        ("stretched", "sooooo"),
        ("repeated", "casino casino casino casino casino casino casino casino casino"),
        ("packed", "casino bonus " * 20),
        ("calls", "click here"),
        ("money", "earn cash"),
        ("self", "my channel"),
        ("flattery", "great post"),
        ("alike", "frее"),  # noqa: RUF001
        ("leet", "fr3e c4sh"),
    ],
)
def test_structure_sees_it(name: str, text: str) -> None:
    assert built(text)[name] > 0
    assert built("The ferry was late.")[name] == 0


@pytest.mark.parametrize(
    ("text", "calls"),
    [("please check this out", 1), ("check this", 1), ("they check", 0), ("check out this, check it out", 2), ("", 0)],
)
def test_phrases_are_found_wherever_they_stand_and_in_whole_only(text: str, calls: int) -> None:
    words = max(len(text.split()), 1)
    assert built(text)["calls"] == pytest.approx((calls / (words + 4)) ** 0.5 + 0.1 * np.log1p(calls), rel=1e-5)


@pytest.mark.parametrize("text", ["٣٤٥ times", "ÁÉÍ ÓÚ 12", "ßtraße"])
def test_signs_of_other_scripts_count_like_those_of_ascii(text: str) -> None:
    found, size = built(text), len(text)
    assert found["numbers"] == pytest.approx(sum(c.isdigit() for c in text) / (size + 12) * 3, rel=1e-5)
    assert found["capitals"] == pytest.approx(
        sum(c.isupper() for c in text) / max(sum(c.isalpha() for c in text), 1), rel=1e-5
    )


def test_a_name_may_be_an_advertisement() -> None:
    assert built("Nice.", name="Cheap pills")["name"] == 1
    assert built("Nice.", name="pills.com")["name"] == 2
    assert built("Nice.", name="Reader 1")["name"] == 0


def test_domains_are_those_that_somebody_registered() -> None:
    text = "http://www.shop.example.co.uk/x and Blog.example.com, com.uk/?"
    assert domains_in(text) == {"example.co.uk", "example.com", "com.uk"}
    assert domains_in("nothing here.") == set()
