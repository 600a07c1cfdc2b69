"""What a form says to its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANSWER_ONCE_MORE = _("Please answer once more: this is a new one, because the earlier one has expired.")
SEND_ONCE_MORE = _("This form was open for a long time. Nothing you wrote is lost: please press the button once more.")
ANSWER_MISSING = _("Please answer here, or choose another way below.")
ANSWER_WRONG = _("That was not quite it. Nothing you wrote is lost: here is a new one.")
ONE_STEP = _("One more step, please: nothing told us yet that a person sends this. Nothing you wrote is lost.")
LEAVE_EMPTY = _("Please leave this field empty: only machines are meant to fill it in.")
TOO_FAST = _("That was very quick. Please press the button once more.")
FOREIGN = _("This came from a form on another website. To send it from here, please press the button once more.")


def desk_is_full(seconds: int) -> StrOrPromise:
    """Return what is said where no more can wait for the moderators for so many *seconds*."""
    minutes = -(-seconds // 60)
    return ngettext(
        "A lot from your network waits for the moderators already. Nothing you wrote is lost: "
        "please choose another way, or send it again in %(minutes)d minute.",
        "A lot from your network waits for the moderators already. Nothing you wrote is lost: "
        "please choose another way, or send it again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
