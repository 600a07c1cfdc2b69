"""The settings of the human check, with their defaults: also for another Django site that uses nothing but the check.

They need no environment and no other setting of Tribuna's: ``from tribuna.site.human_settings import *``.
"""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

TRIBUNA_TRUSTED_PROXIES: list[IPv4Network | IPv6Network] = []

TRIBUNA_CHALLENGES = [
    "tribuna.humans.challenges.image.ImageChallenge",
    "tribuna.humans.challenges.sound.SoundChallenge",
    "tribuna.humans.challenges.question.QuestionChallenge",
    "tribuna.humans.challenges.person.PersonChallenge",
]
TRIBUNA_WITNESSES = [
    "tribuna.humans.witnesses.passes.PassWitness",
    "tribuna.humans.witnesses.work.WorkWitness",
]
TRIBUNA_FORM_LIFETIME_SECONDS = 6 * 60 * 60
TRIBUNA_CHALLENGE_LIFETIME_SECONDS = 60 * 60  # a reader may read for half an hour with the form open
TRIBUNA_FORM_MINIMUM_SECONDS = 2

# Puzzles prepared in advance, on this machine's disk: how many of each kind (and language, or difficulty), and the room
# for all of them. Without a folder each is made when it is asked for.
TRIBUNA_POOL_FOLDER = Path(os.devnull)
TRIBUNA_POOL_PUZZLES = {"image": 512, "sound": 64, "work": 256}
TRIBUNA_POOL_MAXIMUM_BYTES = 64 * 1024 * 1024

# When readers are asked: "always", "adaptive" or "never". An editor's rule in the admin wins over the first, the second
# over both: there a form's developer says by the form's name what nobody should change.
TRIBUNA_ASKING = "adaptive"
TRIBUNA_ASKING_PER_FORM: dict[str, str] = {}

# How much may come before readers are asked although their browser brought something. A form that is shown is a point,
# one that is refused three, one that is taken four; what is in a bucket is down to a third after so many seconds.
TRIBUNA_PRESSURE_STORE = "tribuna.humans.stores.database.DatabaseBuckets"
TRIBUNA_PRESSURE_SECONDS = 600
TRIBUNA_PRESSURE_NETWORK_POINTS = 200
TRIBUNA_PRESSURE_SITE_POINTS = 20_000
TRIBUNA_REDIS_URL = ""
# How much may wait for the moderators because nobody could tell, within about an hour.
TRIBUNA_WAITING_NETWORK_MAXIMUM = 10
TRIBUNA_WAITING_SITE_MAXIMUM = 200

# A pass spares the author of a published comment the next check. Keys change with each epoch; spam burns an epoch.
TRIBUNA_PASS_EPOCH_DAYS = 7
TRIBUNA_PASS_SPAM_MINIMUM = 3
TRIBUNA_PASS_SPAM_PERCENT = 10

TRIBUNA_TALLY_SECONDS = 1  # how long counts and pressure stay in the memory of a process before they are written
TRIBUNA_COUNTS_KEPT_DAYS = 90
