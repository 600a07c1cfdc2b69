"""Work that an editor's request need not wait for: left in the database, done by the clerk.

Wagtail 8 speaks to the package ``django_tasks``; the queue in the database (``django_tasks_db``) speaks to Django's
own ``django.tasks`` since Django 6. They do not know each other's tasks. This is the bridge: what Wagtail puts off is
put off as a task of Django's that names it. It goes when Wagtail has changed over.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

logger = logging.getLogger(__name__)

QUEUE = "queue"  # the name of the queue in settings.TASKS
ATTEMPTS = 3
_at_once = ContextVar("at_once", default=False)


@contextlib.contextmanager
def done_at_once() -> Iterator[None]:
    """Inside the block nothing is put off: for whoever fills a newsroom before there is a clerk."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


@task(backend=QUEUE)
def carry_out(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Do Wagtail's task at the dotted *path*. What it was about may be gone by now; then there is nothing to do."""
    try:
        import_string(path).call(*args, **kwargs)
    except ObjectDoesNotExist:
        logger.info("%s%r: gone before its turn came.", path, tuple(args))


class Deferring(ImmediateBackend):
    """The backend that Wagtail's tasks are given to: puts them into the queue, in the transaction they belong to."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Put *task* off, or do it now inside ``done_at_once``."""
        self.validate_task(task)
        if _at_once.get():
            return super().enqueue(task, args, kwargs)
        put_off = carry_out.using(priority=task.priority).enqueue(task.module_path, list(args), kwargs)
        return TaskResult(
            task=task,
            id=put_off.id,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def do_next_task() -> bool:
    """Do the task whose turn it is. Return whether there was one; nothing is locked or written to find out."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(backend_name=QUEUE).exists():
        return False
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=QUEUE,
        startup_delay=False,
        max_tasks=1,
        worker_id=_name(),
    ).run()
    return True


def take_up_again() -> None:
    """Make ready what a clerk of this machine was doing when it died; what has killed three clerks has failed."""
    from django_tasks_db.models import DBTaskResult

    for left in DBTaskResult.objects.running().filter(backend_name=QUEUE):
        if left.worker_ids[-1:] != [_name()]:
            continue
        if len(left.worker_ids) < ATTEMPTS:
            left.status = TaskResultStatus.READY
            left.save(update_fields=["status"])
        else:
            left.set_failed(RuntimeError(f"The process that did it died {ATTEMPTS} times."))


def _name() -> str:
    """Return what a clerk of this machine is called: there is one at a time."""
    return socket.gethostname()[:64]
