"""The site's settings, with the picture that the siege's paid person can read (``told``), and without judges.

What is let through is then what the human check lets through. With SIEGE_JUDGED=1 all judges stay (``whole``).
"""

import os

from tribuna.site.settings import *  # noqa: F403
from tribuna.site.settings import TRIBUNA_CHALLENGES

_IMAGE = "tribuna.humans.challenges.image.ImageChallenge"
if os.environ.get("SIEGE_JUDGED") != "1":
    TRIBUNA_JUDGES: list[str] = []
TRIBUNA_POOL_PUZZLES = {"image": 512, "sound": 32, "work": 16}  # soon full; the mint's part is measured elsewhere
TRIBUNA_CHALLENGES = [name if name != _IMAGE else "bench.siege.told.ToldImage" for name in TRIBUNA_CHALLENGES]
