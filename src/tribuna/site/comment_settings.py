"""The settings of what readers say and of the desk, with their defaults."""

from __future__ import annotations

from tribuna.site import env

# --- comments ---------------------------------------------------------------------------------------------------------
TRIBUNA_COMMENTS_PER_PAGE = 50
TRIBUNA_COMMENT_MAX_CHARACTERS = 5_000
TRIBUNA_COMMENT_EDIT_MINUTES = 10  # so long an author may change what they wrote
TRIBUNA_COMMENT_EDITS_MAXIMUM = 5
TRIBUNA_JUDGES = [
    "tribuna.moderation.judges.links.LinksJudge",
    "tribuna.moderation.judges.words.WordsJudge",
    "tribuna.moderation.judges.pace.PaceJudge",
    "tribuna.moderation.judges.repeats.RepeatsJudge",
    "tribuna.moderation.judges.campaigns.CampaignsJudge",
    "tribuna.moderation.judges.copied.CopiedJudge",
    "tribuna.moderation.judges.reputation.ReputationJudge",
    "tribuna.moderation.judges.tricks.TricksJudge",
    "tribuna.moderation.judges.tongue.TongueJudge",
    "tribuna.moderation.judges.learned.LearnedJudge",
    "tribuna.moderation.judges.waves.WavesJudge",
]

# Mail to readers: the hour of the digest, and how much may be asked for in a day, for addresses nobody has confirmed.
TRIBUNA_DIGEST_HOUR = 7
TRIBUNA_UNASKED_MAIL_ADDRESS_MAXIMUM = 3
TRIBUNA_UNASKED_MAIL_NETWORK_MAXIMUM = 20
TRIBUNA_NOTICES_KEPT_DAYS = 190  # reports, once they are decided; no shorter than TRIBUNA_APPEAL_DAYS
TRIBUNA_ERRORS_MAIL = env.ERRORS_MAIL

# --- moderation -------------------------------------------------------------------------------------------------------
TRIBUNA_LINKS_MAXIMUM = 2
TRIBUNA_PACE_WINDOW_SECONDS = 10 * 60
TRIBUNA_PACE_AUTHOR_MAXIMUM = 5
TRIBUNA_PACE_NETWORK_MAXIMUM = 20
TRIBUNA_REPEATS_WINDOW_DAYS = 30
TRIBUNA_REPEATS_MINIMUM_CHARACTERS = 40
TRIBUNA_DESK_ROWS_PER_PAGE = 25
TRIBUNA_DESK_BULK_MAXIMUM = 500
TRIBUNA_APPEAL_DAYS = 184  # six months (EU DSA, article 20), whichever they are
TRIBUNA_TRICKS_MINIMUM = 6  # disguised characters
TRIBUNA_FILTER_HELPS_AFTER = 20  # decisions; before, the prior stands alone
TRIBUNA_FILTER_REJECTS_AFTER = 100
TRIBUNA_FILTER_HOLD_SCORE = 0.0  # as likely spam as not, where half of everything is spam
TRIBUNA_FILTER_REJECT_SCORE = 2.8  # below it nothing is rejected, whatever has been proven
TRIBUNA_FILTER_PRECISION = 0.95  # to be proven in a language before the filter rejects in it
TRIBUNA_FILTER_AUDIT_SHARE = 0.05  # of what it would reject, a person reads
TRIBUNA_FILTER_LEARNS_FROM = 5_000  # decisions, the newest
TRIBUNA_FILTER_SPAM_RULES = ["advertising"]
TRIBUNA_FILTER_KEPT = 10  # fitted filters, to go back to
TRIBUNA_FILTER_MEMORY_SECONDS = 30  # until a process hears of what was decided elsewhere
