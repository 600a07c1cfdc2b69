"""What of the filter is measured: how it tells, after how many decisions, through which disguise, how fast."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import fmean

import numpy as np

from bench import spam_data, spam_rivals
from bench.harness import Findings, NotMeasured, Plan, Result
from bench.spam_data import Text
from tools.prior.disguises import DISGUISES
from tribuna.learning.features import Features, examine
from tribuna.learning.fitting import fit_layer
from tribuna.learning.layers import Filter, pack_filter
from tribuna.learning.metrics import area, wrong_at_recall
from tribuna.learning.prior import PRIOR, shipped_prior

TRAINED_SHARE = 0.7
RECALL = 0.95
STEPS = {0: 0.90, 20: 0.94, 100: 0.97, 500: 0.985}

TIME = [
    Plan("area", "comments of five videos by time, AUC (trained on the first 70 %)", "", "ours >= 0.997"),
    Plan("wrong", "the same, false positives at 95 % recall", "%", "ours <= 1.5"),
]
CURVE = [
    Plan(f"after {count}", f"unseen sites, mean AUC after {count} decisions", "", f"ours >= {goal:g}")
    for count, goal in STEPS.items()
]
HIDDEN = [Plan(name, f"spam found when disguised: {name}, beside clean", "%", "ratio >= 1") for name in DISGUISES]
COST = [
    Plan("ms", "time for a comment, examined and scored", "ms", "ours <= 2"),
    Plan("prior", "size of the shipped prior", "kB", "ours <= 1000"),
    Plan("layer", "size of a newsroom's layer after the first 70 %", "kB", "ours <= 1000"),
]

type Rival = Callable[[Sequence[Text], Sequence[Text]], list[float]]
RIVALS: dict[str, Rival] = {
    "ComplementNB": spam_rivals.naive_bayes,
    "hashed n-grams + logistic regression": spam_rivals.hashed,
    "bogofilter": lambda train, test: spam_rivals.bogofilter(train, test)[0],
}


def features_of(texts: Sequence[Text]) -> list[Features]:
    """Return the features of *texts*."""
    return [examine(each.text) for each in texts]


def labels_of(texts: Sequence[Text]) -> list[int]:
    """Return the truth about *texts*."""
    return [each.label for each in texts]


def learned(texts: Sequence[Text]) -> Filter:
    """Return the filter of a newsroom that has decided on *texts*; of none, or of one kind only, the prior's."""
    labels = labels_of(texts)
    if min(sum(labels), len(labels) - sum(labels)) < 2:
        return Filter(shipped_prior())
    return fit_layer(shipped_prior(), features_of(texts), labels)


def split() -> tuple[list[Text], list[Text]]:
    """Return the comments of the videos as they came: what is learned from, and what comes later."""
    texts = spam_data.by_time(spam_data.youtube())
    cut = int(len(texts) * TRAINED_SHARE)
    return texts[:cut], texts[cut:]


@cache
def trained() -> tuple[Filter, list[Text], list[Text]]:
    """Return what learned from the first comments of the videos, with those and the later ones."""
    train, test = split()
    return learned(train), train, test


def _rivals(train: Sequence[Text], test: Sequence[Text]) -> dict[str, list[float]]:
    found = {}
    for name, score in RIVALS.items():
        try:
            found[name] = score(train, test)
        except NotMeasured as error:
            print(f"{name}: {error}")
    return found


def time_rows() -> Findings:
    """Measure learning from the past and judging what comes later, beside the others."""
    judge, train, test = trained()
    labels = labels_of(test)
    scores = [judge.score(features) for features in features_of(test)]
    others = _rivals(train, test)
    areas = {name: area(values, labels) for name, values in others.items()}
    wrongs = {name: 100 * wrong_at_recall(values, labels, recall=RECALL) for name, values in others.items()}
    ours = area(scores, labels), 100 * wrong_at_recall(scores, labels, recall=RECALL)
    yield "area", _beside(ours[0], areas, max)
    yield "wrong", _beside(ours[1], wrongs, min)


def _beside(ours: float, others: dict[str, float], best: Callable[..., float]) -> Result:
    note = "; ".join(f"{name} {value:.3g}" for name, value in others.items())
    reference = best(others.values())
    return Result(ours, reference, ours / reference if reference else None, note)


def curve_rows() -> Findings:
    """Measure each video, and the messages, as a newsroom of its own: the first so many decided, the rest judged."""
    sites = {**spam_data.youtube(), "sms": spam_data.sms()}
    sites["all videos"] = spam_data.by_time(spam_data.youtube())
    for count in STEPS:
        ours, theirs, told = [], [], []
        for name, texts in sites.items():
            seen, rest = texts[:count], texts[count:]
            if (name == "all videos") != (count == 500 and name != "sms") and name != "sms":
                continue
            judge, labels = learned(seen), labels_of(rest)
            ours.append(area([judge.score(features) for features in features_of(rest)], labels))
            if count and 0 < sum(labels_of(seen)) < count:
                theirs.append(area(spam_rivals.hashed(seen, rest), labels))
            told.append(f"{name} {ours[-1]:.3f}")
        reference = fmean(theirs) if theirs else None
        note = ", ".join(told) + ("; reference: hashed n-grams + logistic regression, no prior" if theirs else "")
        yield f"after {count}", Result(fmean(ours), reference, fmean(ours) / reference if reference else None, note)


def hidden_rows() -> Findings:
    """Measure how much of the later spam is held, as it is and in each disguise, by what learned from the clean."""
    judge, _train, test = trained()
    spam = [each.text for each in test if each.label]
    clean = _held(judge, spam)
    for name, disguise in DISGUISES.items():
        found = _held(judge, [disguise(text) for text in spam])
        yield name, Result(100 * found, 100 * clean, found / clean, f"of {len(spam)}; reference: the same, clean")


def _held(judge: Filter, texts: Sequence[str]) -> float:
    return fmean(judge.score(examine(text)) >= 0.5 for text in texts)


def cost_rows() -> Findings:
    """Measure a comment's time, and what is stored."""
    judge, train, test = trained()
    texts = [each.text for each in itertools.chain(test, spam_data.civil()[:1000])]
    rounds = [_milliseconds(judge, texts) for _ in range(3)]
    try:
        bogofilter: float | None = spam_rivals.bogofilter(train, test)[1]
    except NotMeasured:
        bogofilter = None
    ours = float(np.median(rounds))
    yield (
        "ms",
        Result(
            ours,
            bogofilter,
            ours / bogofilter if bogofilter else None,
            f"{len(texts)} comments, median of {len(rounds)} rounds; reference: bogofilter, all in one process",
        ),
    )
    yield "prior", Result(PRIOR.stat().st_size / 1000, note="as shipped, compressed")
    yield "layer", Result(len(pack_filter(judge)) / 1000, note=f"{len(train)} decisions, compressed")


def _milliseconds(judge: Filter, texts: Sequence[str]) -> float:
    begun = time.thread_time()
    for text in texts:
        judge.score(examine(text))
    return (time.thread_time() - begun) * 1000 / len(texts)


def all_plans() -> Iterator[tuple[list[Plan], Callable[[], Findings]]]:
    """Return what is measured here, and how."""
    yield TIME, time_rows
    yield CURVE, curve_rows
    yield HIDDEN, hidden_rows
    yield COST, cost_rows
