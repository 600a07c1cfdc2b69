"""The pages of a paper that are about mail, reports, and what is kept of a reader: Greek, as the rest of it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language

from tribuna.comments.actions import Submitted, ask_for_alerts, confirm_alerts
from tribuna.comments.models import Alert, Comment, Notice
from tribuna.comments.queries.letters import ALERT, NOTICE, NOTICE_MAIL, address_ref, proof_of, token_of
from tribuna.newsroom.models import ArticlePage


def letterbox(article: ArticlePage, asked: Submitted, confirmed: Submitted) -> dict[str, str]:
    """Return the addresses of these pages; mail is *asked* for about one comment, *confirmed* for another."""
    return {
        **_of_mail(asked, confirmed),
        **_of_reports(article, confirmed.comment),
        **_of_rights(confirmed),
    }


def _of_mail(asked: Submitted, confirmed: Submitted) -> dict[str, str]:
    alerts = [_alert(written.comment) for written in (asked, confirmed)]
    confirm_alerts(alerts[1])
    tokens = [token_of(alert, ALERT) for alert in alerts]
    return {
        "receipt with mail asked for": reverse("comments:receipt", args=[asked.secret]),
        "receipt with mail": reverse("comments:receipt", args=[confirmed.secret]),
        "mail to confirm": reverse("comments:alert", args=[tokens[0]]),
        "mail confirmed": reverse("comments:alert", args=[tokens[1]]),
        "mail to stop": reverse("comments:stop_alert", args=[tokens[1]]),
        "mail stopped": reverse("comments:stop_alert", args=["0"]),
        "mail of long ago": reverse("comments:alert", args=["0"]),
    }


def _alert(comment: Comment) -> Alert:
    return ask_for_alerts(comment, email=f"{comment.pk}@example.org", pace="daily", language=get_language() or "")


def _of_reports(article: ArticlePage, comment: Comment) -> dict[str, str]:
    fields = {"page": article, "language": get_language(), "at": comment.created_at, "explanation": "Λάθος"}
    proved = {"email": "1@example.org", "address_ref": address_ref(f"{comment.pk}@example.org")}
    waiting = Notice.objects.create(comment=comment, ground="illegal", cited="Άρθρο 5", **fields, **proved)
    settled = {"outcome": "dismissed", "answer": "Γνώμη", "decided_at": comment.created_at}
    decided = Notice.objects.create(comment=comment, ground="rule", **fields, **settled)
    error = Notice.objects.create(**fields, outcome="upheld", answer="Σωστό", confirmed_at=comment.created_at)
    return {
        "report": reverse("comments:report", args=[comment.pk]),
        "report of an error": reverse("comments:error", args=[article.pk]),
        "report that waits": reverse("comments:notice", args=[token_of(waiting, NOTICE)]),
        "report that is decided": reverse("comments:notice", args=[token_of(decided, NOTICE)]),
        "report of an error that was one": reverse("comments:notice", args=[token_of(error, NOTICE)]),
        "report to confirm": reverse("comments:confirm_notice", args=[token_of(waiting, NOTICE_MAIL)]),
        "report confirmed": reverse("comments:confirm_notice", args=[token_of(error, NOTICE_MAIL)]),
    }


def _of_rights(confirmed: Submitted) -> dict[str, str]:
    proof = proof_of(f"{confirmed.comment.pk}@example.org")
    return {
        "erase": reverse("comments:receipt_erase", args=[confirmed.secret]),
        "prove": reverse("comments:prove"),
        "kept": reverse("comments:rights", args=[proof]),
        "kept of nobody": reverse("comments:rights", args=[proof_of("0@example.org")]),
        "erase all": reverse("comments:rights_erase", args=[proof]),
    }
