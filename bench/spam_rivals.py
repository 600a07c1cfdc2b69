"""What others would use: scikit-learn's textbook classifiers, and bogofilter where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.harness import NotMeasured
from bench.spam_data import Text


def naive_bayes(train: Sequence[Text], test: Sequence[Text]) -> list[float]:
    """Return the scores of *test* by ComplementNB over counted words."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import ComplementNB

    return _scores(CountVectorizer(), ComplementNB(), train, test)


def hashed(train: Sequence[Text], test: Sequence[Text]) -> list[float]:
    """Return the scores of *test* by logistic regression over hashed runs of letters."""
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    places = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=1 << 18)
    return _scores(places, LogisticRegression(C=10, max_iter=2000), train, test)


def _scores(vectorizer: Any, model: Any, train: Sequence[Text], test: Sequence[Text]) -> list[float]:
    model.fit(vectorizer.fit_transform([each.text for each in train]), [each.label for each in train])
    return [float(chance) for chance in model.predict_proba(vectorizer.transform([each.text for each in test]))[:, 1]]


def bogofilter(train: Sequence[Text], test: Sequence[Text]) -> tuple[list[float], float]:
    """Return bogofilter's scores of *test*, and how many ms it takes for one. Raises NotMeasured without it."""
    if shutil.which("bogofilter") is None:
        raise NotMeasured("no bogofilter (Debian: apt install bogofilter)")
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        for label, flag in (0, "-n"), (1, "-s"):
            _bogofilter(base, flag, _mails(base / f"train{label}", [t for t in train if t.label == label]))
        files = _mails(base / "test", test)
        begun = time.perf_counter()
        said = _bogofilter(base, "-TT", files)
        took = time.perf_counter() - begun
    return [float(line.split()[-1]) for line in said.splitlines()], took * 1000 / len(test)


def _mails(folder: Path, texts: Sequence[Text]) -> list[Path]:
    folder.mkdir()
    for place, each in enumerate(texts):
        (folder / f"{place:06}").write_text(f"Subject: comment\n\n{each.text}\n", encoding="utf-8")
    return sorted(folder.iterdir())


def _bogofilter(base: Path, flag: str, files: Sequence[Path]) -> str:
    command = ["bogofilter", "-d", str(base), flag, "-b"]
    done = subprocess.run(command, input="\n".join(map(str, files)), capture_output=True, text=True, check=False)
    if done.returncode > 2:  # 0 to 2 say what the mail was
        raise NotMeasured(f"bogofilter: {done.stderr}")
    return done.stdout
