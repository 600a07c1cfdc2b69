import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.importers.editing import export, waiting
from tests.site.test_clock import Times
from tribuna.humans.models import PassKey, SpentNonce
from tribuna.importers.actions.carrying import this_node
from tribuna.importers.models import ImportRun
from tribuna.moderation.models import CountCheck
from tribuna.site import chores
from tribuna.site.tasks import carry_out

pytestmark = pytest.mark.django_db(transaction=True)

TASK = "wagtail.tasks.update_reference_index_task", ["newsroom", "articlepage", "0"], {}


def expired_nonce():
    return SpentNonce.objects.create(nonce="0" * 32, expires_at=timezone.now() - timedelta(days=9))


def test_the_tasks_are_done_what_has_run_out_is_forgotten_and_a_key_is_made():
    carry_out.enqueue(*TASK)
    expired_nonce()
    chores.do_chores(Times(1))
    assert DBTaskResult.objects.successful().count() == 1
    assert not SpentNonce.objects.exists()
    assert PassKey.objects.exists()
    assert CountCheck.objects.get().drifted == 0


def test_it_is_forgotten_every_hour():
    with time_machine.travel(timezone.now(), tick=False) as now:

        class FirstAndAfterAnHour(Times):
            def wait(self, timeout=None):
                if len(self.pauses) == 1:
                    expired_nonce()
                if len(self.pauses) == 2:
                    assert SpentNonce.objects.exists()
                    now.shift(chores.HOUR)
                return super().wait(timeout)

        chores.do_chores(FirstAndAfterAnHour(3))
    assert not SpentNonce.objects.exists()


def test_tasks_that_were_done_are_kept_for_a_day():
    carry_out.enqueue(*TASK)
    chores.do_chores(Times(1))
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        chores.do_hourly_work()
    assert DBTaskResult.objects.count() == 0


def test_whoever_stops_leaves_the_rest_for_the_next():
    carry_out.enqueue(*TASK)

    class SetButOnce(threading.Event):
        waited = False

        def wait(self, timeout=None):
            self.waited, before = True, self.waited
            self.set()
            return before

    chores.do_chores(SetButOnce())
    assert DBTaskResult.objects.ready().count() == 1


def test_imports_are_carried_out_and_what_was_broken_off_is_noted(newsroom, settings, tmp_path):
    settings.TRIBUNA_IMPORTS_FOLDER = tmp_path / "imports"
    left, run = waiting(export(tmp_path)), waiting(export(tmp_path))
    ImportRun.objects.filter(pk=left.pk).update(state="running", node=this_node(), seen_at=timezone.now())
    chores.bring_archives(Times(1))
    states = dict(ImportRun.objects.values_list("pk", "state"))
    assert (states[left.pk], states[run.pk]) == ("broken-off", "done")
