from __future__ import annotations

from tribuna.learning.campaigns import Campaigns, Kinds

TEXT = "Visit our new shop in the old town today and get two pairs of shoes for the price of one, only this week"


def test_what_differs_in_a_word_or_a_disguise_is_alike():
    known = Campaigns({1: TEXT, 2: "The council will vote on the new bridge next week, says the mayor", 3: "Thank you"})
    assert known.like(TEXT.replace("shoes", "boots")) == [1]
    assert known.like(TEXT.replace("Visit", "V\u200bisit")) == [1]
    assert known.like("I was on the bridge last week and the mayor was not there") == []


def test_short_texts_are_like_nothing():
    assert Campaigns({1: "Thank you"}).like("Thank you") == []
    assert Campaigns().like(TEXT) == []


def test_what_is_nearly_like_the_same_text_is_of_a_kind():
    kinds = Kinds()
    first = kinds.kind_of(TEXT)
    other = kinds.kind_of("The council will vote on the new bridge next week, says the mayor")
    assert first != other
    assert {kinds.kind_of(TEXT.replace("shoes", word)) for word in ("boots", "gloves", "hats")} == {first}
    assert kinds.kind_of("Thank you") not in {first, other, kinds.kind_of("Thank you")}
