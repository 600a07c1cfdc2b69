"""The filter among the other judges, in front of a desk: what readers' comments suffer, and what gets past."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import django

from bench import spam_data
from bench.harness import Findings, Plan, Result
from bench.spam_data import Text

REFIT = 1.1  # times as many decisions, as in a newsroom
FIRST = 20

REAL = [
    Plan("rejected first", "real comments of news sites rejected, before any decision", "%", "ours <= 0.3"),
    Plan("held first", "real comments of news sites held, before any decision", "%", "ours <= 6"),
    Plan("rejected", "real comments rejected after 1,369 decisions on others", "%", "ours <= 0.3"),
    Plan("held", "real comments held after 1,369 decisions on others", "%", "ours <= 6"),
]
STREAM = [
    Plan("published", "a stream in time order: spam published", "%", "ours <= 4"),
    Plan("links", "of it with a link", "comments", "ours <= 0"),
    Plan("read", "the same: comments read by a person", "%", "ours <= 9"),
    Plan("at once", "the same: real comments published at once", "%", "ours >= 94"),
    Plan("lost", "the same: real comments rejected unread", "%", "ours <= 0.3"),
]
LINKS = [Plan("first links", "calm machine-written comments with a link, from newcomers, held", "%", "ours >= 100")]


class Desk:
    """The judges that need no database of their own, asked as for a newcomer who gave no e-mail address."""

    def __init__(self) -> None:
        os.environ.setdefault("TRIBUNA_SECRET_KEY", "only-for-this-measurement-" + "0123456789" * 3)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
        django.setup()
        from tribuna.comments.base import Decision, Draft
        from tribuna.moderation.judges._memory import MEMORY
        from tribuna.moderation.judges.campaigns import CampaignsJudge
        from tribuna.moderation.judges.learned import LearnedJudge
        from tribuna.moderation.judges.links import LinksJudge
        from tribuna.moderation.judges.tongue import TongueJudge
        from tribuna.moderation.judges.tricks import TricksJudge

        self.memory, self.decision = MEMORY, Decision
        self._draft = Draft
        self._judges = [LinksJudge(), TricksJudge(), TongueJudge(), CampaignsJudge(), LearnedJudge()]
        self.learn([])

    def learn(self, texts: Sequence[Text]) -> None:
        """Have the filter in force fitted to *texts*, with the proofs that rejecting takes."""
        from django.conf import settings

        from tribuna.learning.campaigns import Campaigns
        from tribuna.learning.features import examine
        from tribuna.learning.fitting import fit_filter
        from tribuna.learning.layers import Filter
        from tribuna.learning.prior import shipped_prior

        labels = [each.label for each in texts]
        self.memory.in_force = Filter(shipped_prior())
        self.memory.spam = Campaigns({place: each.text for place, each in enumerate(texts) if each.label})
        if min(sum(labels), len(labels) - sum(labels)) >= 2:
            features = [examine(each.text) for each in texts]
            precision = settings.TRIBUNA_FILTER_PRECISION
            self.memory.in_force = fit_filter(
                shipped_prior(), features, labels, ["en"] * len(labels), precision=precision
            )[0]

    def opinion(self, text: str) -> tuple[int, str]:
        """Return the strictest decision on *text* (0 publish, 1 hold, 2 reject), and which judges were against."""
        self.memory.rest()
        draft = self._draft(1, text, "Reader", "en", "", "", is_newcomer=True)
        said = [(judge.name, judge.judge(draft).decision) for judge in self._judges]
        return max(int(decision) for _name, decision in said), " ".join(name for name, each in said if each)


def real_rows(desk: Desk, train: Sequence[Text]) -> Findings:
    """Judge comments of news sites, with the prior alone, then with what other people's decisions taught."""
    comments = spam_data.civil()
    for suffix, texts in (" first", []), ("", train):
        desk.learn(texts)
        said = [desk.opinion(each.text) for each in comments]
        by_judge = {
            name: sum(name in who.split() for _decision, who in said)
            for name in ("links", "tricks", "tongue", "campaigns", "learned")
        }
        note = f"of {len(comments)}, all taken for newcomers; held by {by_judge}"
        yield f"rejected{suffix}", Result(_percent(said, lambda each: each[0] == 2), note=f"of {len(comments)}")
        yield f"held{suffix}", Result(_percent(said, lambda each: each[0] == 1), note=note)


def stream_rows(desk: Desk, *, quick: bool) -> Findings:
    """Let a stream pass. A person reads what is held and decides rightly; nothing else is learned from."""
    stream = spam_data.stream()[: 2000 if quick else None]
    desk.learn([])
    read: list[Text] = []
    due = FIRST
    fate: list[tuple[Text, int]] = []
    for each in stream:
        decision, _who = desk.opinion(each.text)
        fate.append((each, decision))
        if decision == 1:
            read.append(each)
        if len(read) >= due:
            desk.learn(read)
            due = int(len(read) * REFIT)
    yield from _told(fate, read)


def _told(fate: Sequence[tuple[Text, int]], read: Sequence[Text]) -> Iterator[tuple[str, Result]]:
    from tribuna.learning.addresses import LINK

    spam = [(each, decision) for each, decision in fate if each.label]
    real = [(each, decision) for each, decision in fate if not each.label]
    past = [each for each, decision in spam if decision == 0]
    note = f"{len(fate)} comments, {len(spam)} of them spam"
    yield "published", Result(100 * len(past) / len(spam), note=note)
    yield "links", Result(sum(bool(LINK.search(each.text)) for each in past))
    yield "read", Result(100 * len(read) / len(fate), note=f"{len(read)}, {sum(each.label for each in read)} spam")
    yield "at once", Result(_percent(real, lambda each: each[1] == 0))
    yield "lost", Result(_percent(real, lambda each: each[1] == 2))


def link_rows(desk: Desk) -> Findings:
    """Judge comments that no filter of words can tell from honest ones."""
    desk.learn([])
    texts = spam_data.first_links()
    said = [desk.opinion(text) for text in texts]
    alone = _percent(said, lambda each: "learned" in each[1])
    note = f"{len(texts)}; the learned filter alone would have held {alone:.0f} %"
    yield "first links", Result(_percent(said, lambda each: each[0] > 0), note=note)


def _percent[Thing](things: Sequence[Thing], holds: Callable[[Thing], bool]) -> float:
    return 100 * sum(map(holds, things)) / len(things)
