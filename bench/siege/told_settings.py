"""The site's settings, with the picture that the siege's paid person can read (``told``), and without judges.

What is let through is then what the human check lets through.
"""

from tribuna.site.settings import *  # noqa: F403
from tribuna.site.settings import TRIBUNA_CHALLENGES

_IMAGE = "tribuna.humans.challenges.image.ImageChallenge"
TRIBUNA_JUDGES: list[str] = []
TRIBUNA_CHALLENGES = [name if name != _IMAGE else "bench.siege.told.ToldImage" for name in TRIBUNA_CHALLENGES]
