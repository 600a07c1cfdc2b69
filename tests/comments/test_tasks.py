"""The letter carrier: nothing is lost, nothing is sent for ever, nothing is told about a reader in the queue."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.comments.factories import comment
from tests.comments.post import READER, alert_for, sent_after
from tribuna.comments import tasks
from tribuna.comments.actions import ask_for_alerts, forget_letters
from tribuna.comments.models import Alert, Asked, Letter, Notice
from tribuna.site.tasks import do_next_task

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


class _Away(mail.EmailMessage):
    """A mail server that is away."""

    error: Exception = ConnectionRefusedError()

    def send(self, *args, **kwargs):
        raise self.error


@pytest.fixture
def away(monkeypatch):
    monkeypatch.setattr(tasks, "EmailMessage", _Away)
    monkeypatch.setattr(_Away, "error", ConnectionRefusedError())
    return _Away


def ask(page):
    return ask_for_alerts(comment(page), email=READER, pace="at-once", language="en")


@pytest.mark.django_db(transaction=True)
def test_the_clerk_carries_what_is_put_into_the_queue_and_the_queue_names_nobody(page):
    ask(page)
    waiting = DBTaskResult.objects.get(task_path__contains="carry_letters")
    assert waiting.args_kwargs == {"args": [], "kwargs": {}}
    assert do_next_task()
    assert [message.to for message in mail.outbox] == [[READER]]
    assert not do_next_task()


def test_what_can_not_be_sent_waits_and_is_tried_again(page, away, monkeypatch, caplog):
    ask(page)
    tasks.carry_letters.call()
    letter = Letter.objects.get()
    assert letter.tries == 1
    assert timedelta(seconds=30) < letter.due_at - timezone.now() < timedelta(minutes=2)
    assert "could not be sent" in caplog.text
    assert READER not in caplog.text
    again = DBTaskResult.objects.filter(task_path__contains="carry_letters", run_after__lt=letter.due_at + timedelta(1))
    assert again.filter(run_after=letter.due_at).exists()
    monkeypatch.undo()
    assert len(sent_after(minutes=2)) == 1
    assert Letter.objects.count() == 0


def test_what_can_not_be_sent_for_days_is_given_up_kept_for_a_while_and_forgotten(page, away, caplog):
    ask(page)
    Alert.objects.update(confirmed_at=timezone.now())
    Letter.objects.update(kind=Letter.Kind.DECISION, facts={"was": "held"}, tries=len(tasks.PATIENCE))
    tasks.carry_letters.call()
    letter = Letter.objects.get()
    assert letter.due_at is None
    assert "is given up" in caplog.text
    assert sent_after(days=5) == []
    forget_letters()
    assert Letter.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        forget_letters()
    assert not Letter.objects.exists()


def test_an_address_that_nobody_has_is_forgotten(page, away, monkeypatch):
    monkeypatch.setattr(away, "error", smtplib.SMTPRecipientsRefused({READER: (550, b"no such user")}))
    ask(page)
    tasks.carry_letters.call()
    assert (Alert.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_refused_address_without_an_alert_is_let_go(page, away, monkeypatch):
    monkeypatch.setattr(away, "error", smtplib.SMTPRecipientsRefused({READER: (550, b"no such user")}))
    Letter.objects.create(
        kind=Letter.Kind.RIGHTS, email=READER, language="en", created_at=timezone.now(), due_at=timezone.now()
    )
    tasks.carry_letters.call()
    assert Letter.objects.count() == 0


def test_a_letter_that_another_carrier_has_is_left_to_it(page, monkeypatch):
    ask(page)
    stale = list(Letter.objects.all())
    Letter.objects.update(due_at=timezone.now() + tasks.LEASE)
    monkeypatch.setattr(Letter.objects, "filter", lambda **named: _Found(stale, named))
    assert tasks._taken() is None


class _Found:
    """What a carrier saw a moment ago, when the letter was still to be had."""

    def __init__(self, rows, named):
        self.rows, self.named = rows, named

    def order_by(self, *names):
        return self.rows

    def update(self, **values):
        return Letter._base_manager.filter(**self.named).update(**values)


def test_a_carrier_that_dies_leaves_the_letter_for_the_next(page):
    ask(page)
    assert tasks._taken() is not None
    assert sent_after(minutes=9) == []
    assert len(sent_after(minutes=11)) == 1


def test_what_has_run_out_is_forgotten(page, settings):
    ask(page)
    kept = alert_for(comment(page), email="other@example.org")
    Notice.objects.create(page=page, explanation="Old", language="en", at=timezone.now(), decided_at=timezone.now())
    open_notice = Notice.objects.create(page=page, explanation="Open", language="en", at=timezone.now())
    assert forget_letters() == 0
    with time_machine.travel(timezone.now() + timedelta(days=settings.TRIBUNA_NOTICES_KEPT_DAYS + 1)):
        assert forget_letters() > 0
    assert list(Alert.objects.all()) == [kept]
    assert list(Notice.objects.all()) == [open_notice]
    assert not Asked.objects.exists()
