# ruff: noqa: RUF001 - disguises
from __future__ import annotations

import math

import numpy as np
import pytest

from tests.learning.factories import lessons
from tools.prior.__main__ import main as make_prior
from tribuna.learning import layers, prior
from tribuna.learning.explaining import explain
from tribuna.learning.features import examine
from tribuna.learning.fitting import fit_filter, fit_layer, fit_weights
from tribuna.learning.layers import Filter, OutOfDate, pack, pack_filter, unpack, unpack_filter
from tribuna.learning.metrics import area
from tribuna.learning.prior import shipped_prior

SPAM = "Click http://best-pills.com and win free cash now!!!"
HONEST = "I doubt that the council read its own report on the bridge."


@pytest.fixture(scope="module")
def fitted() -> Filter:
    features, labels = lessons(160)
    return fit_filter(shipped_prior(), features, labels, ["en"] * 120 + ["es"] * 40, precision=0.9)[0]


def test_the_prior_tells_spam_from_what_people_say_and_is_small():
    assert shipped_prior().score(examine(SPAM)) > 2
    assert shipped_prior().score(examine(HONEST)) < 0
    assert prior.PRIOR.stat().st_size < 1_000_000


@pytest.mark.parametrize(
    "text", ["<3", "+1", "1", "5/5", "100%", "2+2=5", "2:19", ":)", "10/10 !!!", "123.456.789 views!!!!!!!!!!"]
)
def test_a_short_reaction_is_no_spam(text):
    assert shipped_prior().score(examine(text)) < 0


def test_the_prior_can_be_made_again(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("tools.prior.__main__.PRIOR", tmp_path / "prior.npz")
    monkeypatch.setattr("tools.prior.__main__.COUNT", 60)
    assert make_prior() == 0
    assert "60 made-up comments" in capsys.readouterr().out
    assert unpack((tmp_path / "prior.npz").read_bytes())[1] == {"texts": 60}


def test_a_layer_learns_what_the_prior_does_not_know():
    texts = [f"{word} {number} weather report" for number in range(30) for word in ("zorblat", "ferry")]
    labels = [1, 0] * 30
    judge, unseen = fit_filter(shipped_prior(), [examine(t) for t in texts], labels, ["en"] * 60, precision=0.8)
    assert area(unseen, labels) == 1
    assert judge.score(examine("zorblat weather")) > judge.score(examine("ferry weather"))
    explanation = explain(judge, examine("zorblat weather"))
    assert explanation.learned.leading_words(1) == ["zorblat"]
    assert judge.reject_from.keys() == {"en"}


def test_a_disguise_stays_one_though_honest_authors_use_it():
    features, labels = lessons(160)
    honest = [examine(f"𝐟𝐞𝐫𝐫𝐲 {number} weather report") for number in range(20)]
    judge = fit_layer(shipped_prior(), [*features, *honest], [*labels, *[0] * 20])
    learned = explain(judge, examine("𝐟𝐞𝐫𝐫𝐲 weather")).learned
    assert learned.structure["fancy"] == learned.structure["length"] == 0
    assert judge.score(examine("𝐟𝐞𝐫𝐫𝐲 weather")) > judge.score(examine("ferry weather"))


def test_a_prior_that_is_wrong_about_everything_is_not_turned_round():
    features, labels = lessons(160)
    wrong = fit_layer(shipped_prior(), features, [1 - label for label in labels])
    assert wrong.slope == 0
    assert wrong.counts(examine("Zorblat quuxes wibble")) == (0, 1)
    assert fit_layer(shipped_prior(), features, labels).slope > 0


def test_the_less_a_newsroom_knows_of_a_text_the_more_the_prior_counts(fitted):
    assert fitted.counts(lessons(160)[0][0]) == (fitted.slope, 1)
    half, nothing = (fitted.counts(examine(text)) for text in ("the zorblat", "Zorblat quuxes wibble"))
    assert nothing == (pytest.approx(fitted.slope * 0.4 + 0.6), 0.4)
    assert 0.4 < half[1] < 1
    assert Filter(shipped_prior()).counts(examine(SPAM)) == (1, 0)


def test_of_two_words_that_only_spam_has_the_rarer_tells_more():
    texts = ["zorblat offer", *["zorblat"] * 2, *["offer"] * 20, *["ferry"] * 23]
    judge = fit_layer(shipped_prior(), [examine(text) for text in texts], [1] * 23 + [0] * 23)
    words = explain(judge, examine("zorblat offer")).learned.words
    assert words["zorblat"] > 1.1 * words["offer"] > 0


def test_it_takes_two_of_each_kind():
    features, _labels = lessons(20)
    with pytest.raises(ValueError, match="two comments"):
        fit_filter(shipped_prior(), features, [0] * 19 + [1], ["en"] * 20, precision=0.9)


def test_a_language_has_to_prove_itself(fitted):
    features, labels = lessons(160)
    strict = fit_filter(shipped_prior(), features, labels, ["en"] * 150 + ["es"] * 10, precision=0.9)[0]
    assert "es" not in strict.reject_from


@pytest.mark.parametrize("text", [SPAM, HONEST, "", "Ganar dinero"])
def test_an_explanation_adds_up_to_the_score(fitted, text):
    features = examine(text)
    for judge in fitted, Filter(shipped_prior()):
        explanation = explain(judge, features)
        assert math.isclose(explanation.total, judge.score(features), abs_tol=1e-3)
        assert (explanation.learned is None) == (judge.site is None)
        assert all(name in layers.STRUCTURE for name in explanation.prior.leading_structure(3))


def test_what_is_stored_is_what_is_read(fitted):
    read = unpack_filter(pack_filter(fitted), shipped_prior())
    features = examine(SPAM)
    assert math.isclose(read.score(features), fitted.score(features), abs_tol=0.05)  # stored in half precision
    assert (read.decisions, read.reject_from, read.calibration) == (160, fitted.reject_from, fitted.calibration)
    assert 0 < fitted.calibration.chance(-5) < 0.5 < fitted.calibration.chance(5) < 1
    bare = unpack_filter(pack_filter(Filter(shipped_prior())), shipped_prior())
    assert bare.calibration.chance(0) == 0.5


def test_what_another_version_stored_is_refused(monkeypatch):
    stored = pack(fit_weights(*lessons(40)))
    monkeypatch.setattr(layers, "FORMAT", 1)
    with pytest.raises(OutOfDate):
        unpack(stored)


def test_weights_are_the_same_of_the_same():
    one, other = fit_weights(*lessons(40)), fit_weights(*lessons(40))
    assert np.array_equal(one.table, other.table)
