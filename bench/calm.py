"""The site's settings, with no puzzles to prepare and no judge of what a text means.

A new newsroom prepares them for some minutes with whatever CPU time is left: a server that has run for a day does not,
and whoever is measured beside it would pay half.
"""

from tribuna.site.settings import *  # noqa: F403
from tribuna.site.settings import TRIBUNA_JUDGES

TRIBUNA_POOL_PUZZLES: dict[str, int] = {}

# What the benchmarks write is of no language and means nothing, so the judges who read what is meant would hold it.
_READERS = ("campaigns.CampaignsJudge", "learned.LearnedJudge", "tongue.TongueJudge", "waves.WavesJudge")
TRIBUNA_JUDGES = [judge for judge in TRIBUNA_JUDGES if not judge.endswith(_READERS)]
