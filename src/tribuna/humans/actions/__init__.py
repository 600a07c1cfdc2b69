"""What the human check does: issue a challenge, check what comes back, decide, use it up, count, sign passes."""

from tribuna.humans.actions.counts import Event, count_event, forget_old_counts, forget_unwritten_counts, write_counts_down
from tribuna.humans.actions.passes import AlreadyDrawn, BATCH_MAXIMUM, DIRECTORY_LIFETIME_SECONDS, NoPasses, NotGranted, UnknownKey, grant_passes, issue_passes, issuing_keys, note_redeemed, note_spam, rotate_keys
from tribuna.humans.actions.policy import PRESSURE_FOR_ALL, best_of, decide_step, doubt_about, trust_in
from tribuna.humans.actions.pressure import Weight, add_pressure, add_waiting, forget_old_buckets, forget_unwritten_pressure, pressure_of, seconds_until_desk_is_free, write_pressure_down
from tribuna.humans.actions.tokens import AlreadySpent, Issued, TOKEN_MAX_CHARACTERS, answer_token, burn_token, end_of_form, forget_expired_nonces, issue_challenge, issue_token, open_token, spend_proof, unasked_proof
from tribuna.humans.actions.visits import visit_of

__all__ = ["AlreadyDrawn", "AlreadySpent", "BATCH_MAXIMUM", "DIRECTORY_LIFETIME_SECONDS", "Event", "Issued", "NoPasses", "NotGranted", "PRESSURE_FOR_ALL", "TOKEN_MAX_CHARACTERS", "UnknownKey", "Weight", "add_pressure", "add_waiting", "answer_token", "best_of", "burn_token", "count_event", "decide_step", "doubt_about", "end_of_form", "forget_expired_nonces", "forget_old_buckets", "forget_old_counts", "forget_unwritten_counts", "forget_unwritten_pressure", "grant_passes", "issue_challenge", "issue_passes", "issue_token", "issuing_keys", "note_redeemed", "note_spam", "open_token", "pressure_of", "rotate_keys", "seconds_until_desk_is_free", "spend_proof", "trust_in", "unasked_proof", "visit_of", "write_counts_down", "write_pressure_down",]
