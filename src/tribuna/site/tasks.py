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
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from modelcluster.fields import ParentalKey

logger = logging.getLogger(__name__)

QUEUE = "queue"  # the name of the queue in settings.TASKS
ATTEMPTS = 3
REFERENCES = "wagtail.tasks.update_reference_index_task"  # it is made with this backend, so it can't be imported here
LOOKED_AHEAD = 50  # tasks, for those that say the same as the one whose turn it is
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
    """Do Wagtail's task at the dotted *path*. What it was about may be gone by now; then there is nothing to do.

    Wagtail puts off the same thing with each save. Whatever waits already is done with this one.
    """
    done_with_it = _waiting({"args": [path, args, kwargs], "kwargs": {}})
    try:
        import_string(path).call(*args, **kwargs)
    except ObjectDoesNotExist:
        logger.info("%s%r: gone before its turn came.", path, tuple(args))
    if done_with_it:
        _ready().filter(pk__in=done_with_it).delete()


def _ready() -> QuerySet[Any]:
    from django_tasks_db.models import DBTaskResult

    ready: QuerySet[Any] = DBTaskResult.objects.ready().filter(backend_name=QUEUE)
    return ready


def _waiting(words: dict[str, Any]) -> list[UUID]:
    """Return the next of Wagtail's tasks that say the same as *words*, by primary key."""
    following = _ready().values_list("pk", "task_path", "args_kwargs")[:LOOKED_AHEAD]
    return [pk for pk, path, said in following if path == carry_out.module_path and said == words]


@dataclass(frozen=True, slots=True)
class _PutOff:
    """What was put off in the transaction that is open: Django forgets it with the part of it that it belongs to."""

    words: str

    def __call__(self) -> None:
        """Do nothing when the transaction is committed."""

    def is_known(self) -> bool:
        """Say whether it was put off in this transaction before: it is done once, after all that happens here."""
        return any(done == self for _savepoints, done, *_ in connection.run_on_commit)


def _about(path: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return *args*; where they name a line of a page's, such as one of its byline, those of the page.

    What is written in the end is the references of the page, and a page is saved with all its lines.
    """
    if path != REFERENCES:
        return args
    model = apps.get_model(*args[:2])
    above = next((field for field in model._meta.get_fields() if isinstance(field, ParentalKey)), None)
    if above is None:
        return args
    page, lines = above.related_model._meta, model._default_manager.filter(pk=args[2])
    pk = lines.values_list(above.attname, flat=True).first()
    return args if pk is None else (page.app_label, page.model_name, str(pk))


class Deferring(ImmediateBackend):
    """The backend that Wagtail's tasks are given to: puts them into the queue, in the transaction they belong to.

    There each is put off once, however often it is asked for.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Put *task* off, or do it now inside ``done_at_once``."""
        self.validate_task(task)
        if _at_once.get():
            return super().enqueue(task, args, kwargs)
        about = list(_about(task.module_path, tuple(args)))
        this, number = _PutOff(repr((task.module_path, about, kwargs, task.priority))), ""
        if not this.is_known():
            number = carry_out.using(priority=task.priority).enqueue(task.module_path, about, kwargs).id
            transaction.on_commit(this)
        return TaskResult(
            task=task,
            id=number,
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

    if not _ready().exists():
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
