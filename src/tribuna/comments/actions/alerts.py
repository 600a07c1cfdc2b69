"""Mail to the author of a comment: asked for, confirmed, stopped; and what is told by it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tribuna.comments.actions.letters import note_asked, post_letter
from tribuna.comments.models import Alert, Comment, Letter, Pace
from tribuna.comments.queries.letters import address_ref

UNDO_TIME = timedelta(minutes=1)  # a decision may be undone for a moment; of that the author need not hear


@transaction.atomic
def ask_for_alerts(comment: Comment, *, email: str, pace: str, language: str, network: str = "") -> Alert:
    """Ask, by mail, whether *email* wants to hear of what becomes of *comment*; return the alert, not confirmed yet.

    Another alert for the comment makes way. *language* is that of the mails. Raises TooManyLetters.
    """
    note_asked(email, network=network)
    Alert.objects.filter(comment=comment).delete()
    alert = Alert.objects.create(
        comment=comment,
        email=email.strip(),
        address_ref=address_ref(email),
        language=language,
        pace=pace,
        asked_at=timezone.now(),
    )
    post_letter(Letter.Kind.CONFIRM, language=language, alert=alert)
    return alert


def confirm_alerts(alert: Alert) -> None:
    """Note that whoever reads the mail of this address wants it. Twice is as good as once."""
    Alert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def change_pace(alert: Alert, *, pace: str) -> None:
    """Write as often as *pace* says from now on; what waits comes when it is due."""
    Alert.objects.filter(pk=alert.pk).update(pace=pace)


def stop_alerts(comment: Comment) -> None:
    """Forget the address to which alerts for *comment* go, with the letters that wait for it."""
    Alert.objects.filter(comment=comment).delete()


def tell_reply(reply: Comment) -> Letter | None:
    """Let the author of what *reply* answers hear of it, if they want to; nobody hears of an answer of their own."""
    if reply.reply_to_id is None or not reply.visible:
        return None
    alert = Alert.objects.filter(pk=reply.reply_to_id, confirmed_at__isnull=False).first()
    if alert is None or alert.address_ref == reply.author_ref:
        return None
    if Letter.objects.filter(alert=alert, kind=Letter.Kind.REPLIES, comment=reply).exists():
        return None
    due = None if alert.pace == Pace.AT_ONCE else _next_digest(timezone.now())
    return post_letter(Letter.Kind.REPLIES, language=alert.language, alert=alert, comment=reply, due=due)


def tell_author(comment: Comment, *, was: str) -> Letter | None:
    """Let the author hear, in a minute, that *comment* is no longer in the state it *was* in, and why.

    What the mail says is what is so when it is sent; if the decision is undone by then, none is.
    """
    alert = Alert.objects.filter(pk=comment.pk, confirmed_at__isnull=False).first()
    if alert is None or Letter.objects.filter(alert=alert, kind=Letter.Kind.DECISION).exists():
        return None
    due = timezone.now() + UNDO_TIME
    return post_letter(Letter.Kind.DECISION, language=alert.language, alert=alert, facts={"was": was}, due=due)


def _next_digest(now: datetime) -> datetime:
    """Return the next moment at which digests are sent: a whole hour, in the time zone of the newsroom."""
    here = timezone.localtime(now)
    today = datetime.combine(here.date(), time(settings.TRIBUNA_DIGEST_HOUR), tzinfo=here.tzinfo)
    return today if today > now else today + timedelta(days=1)
