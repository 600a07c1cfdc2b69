import logging
import socket
from contextlib import suppress

import pytest
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex
from wagtail.tasks import update_reference_index_task

from tests.factories import article, author, image
from tests.settings import TASKS as AT_ONCE
from tribuna.site.settings import TASKS
from tribuna.site.tasks import ATTEMPTS, carry_out, do_next_task, done_at_once, take_up_again

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def queue(settings):
    """Serve as in life, where tasks wait for the clerk."""
    settings.TASKS = TASKS
    yield DBTaskResult.objects
    settings.TASKS = AT_ONCE


def story_with_picture():
    story = article()
    story.main_image = image()
    story.save()
    return story


def references(story):
    return ReferenceIndex.get_references_for_object(story).count()


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_need_not_wait_for_waits_for_the_clerk(newsroom, queue):
    story = story_with_picture()
    assert queue.ready().count() > 1
    assert references(story) == 0
    while do_next_task():
        pass
    assert queue.ready().count() == queue.failed().count() == 0
    assert references(story) > 0


def test_whoever_fills_a_newsroom_has_it_done_at_once(newsroom, queue):
    with done_at_once():
        assert references(story_with_picture()) > 0
    assert queue.count() == 0
    article()
    assert queue.count() > 0


def test_a_task_knows_its_place_in_the_queue(queue):
    put_off = update_reference_index_task.using(priority=7).enqueue("newsroom", "articlepage", "1")
    waiting = queue.get(pk=put_off.id)
    assert (put_off.status, waiting.priority) == ("READY", 7)


@pytest.mark.django_db(transaction=True)
def test_what_a_task_was_about_may_be_gone(newsroom, queue, caplog):
    story = article()
    waiting = queue.count()
    story.delete()
    with caplog.at_level(logging.INFO, logger="tribuna.site.tasks"):
        while do_next_task():
            pass
    assert queue.successful().count() >= waiting
    assert "gone before its turn came" in caplog.text


def test_looking_whether_there_is_something_to_do_is_one_query_that_locks_nothing(queue, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        assert not do_next_task()
    assert asked.captured_queries[0]["sql"].startswith("SELECT")


def left_behind(*clerks):
    """Return a task in the middle of which the last of *clerks* died."""
    task = carry_out.enqueue("wagtail.tasks.update_reference_index_task", ["newsroom", "articlepage", "0"], {})
    DBTaskResult.objects.filter(pk=task.id).update(status=TaskResultStatus.RUNNING, worker_ids=list(clerks))
    return DBTaskResult.objects.get(pk=task.id)


def test_what_a_dead_clerk_left_is_taken_up_again(queue):
    here = socket.gethostname()[:64]
    ours, theirs, deadly = left_behind(here), left_behind(here, "elsewhere"), left_behind(*[here] * ATTEMPTS)
    take_up_again()
    for task in (ours, theirs, deadly):
        task.refresh_from_db()
    assert [task.status for task in (ours, theirs, deadly)] == ["READY", "RUNNING", "FAILED"]
    assert "died 3 times" in deadly.traceback


def waiting(queue):
    """Return what waits, task by task: its name and what it is about."""
    words = queue.ready().order_by("enqueued_at").values_list("args_kwargs", flat=True)
    return [(each["args"][0].rpartition(".")[2], *each["args"][1]) for each in words]


def about(story):
    return [
        (task, "newsroom", "articlepage", str(story.pk))
        for task in ("insert_or_update_object_task", "update_reference_index_task")
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_for_again_in_a_transaction_is_put_off_once(newsroom, queue):
    story = article(authors=[author()])
    queue.all().delete()
    with transaction.atomic():
        story.save()
        story.save()
    assert waiting(queue) == about(story)  # and not its byline, which goes with it
    story.save()
    assert waiting(queue) == about(story) * 2  # the first may be under way by now


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_taken_for_put_off(newsroom, queue):
    story = article()
    queue.all().delete()
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            story.save()
            1 / 0  # noqa: B018
        story.save()
    assert waiting(queue) == about(story)


@pytest.mark.django_db(transaction=True)
def test_what_waits_more_than_once_is_done_once(newsroom, queue):
    story, other = article(), article(title="Other")
    queue.all().delete()
    for each in (story, story, other, story):
        each.save()
    assert do_next_task()
    assert do_next_task()
    assert waiting(queue) == about(other)
    while do_next_task():
        pass
    assert queue.failed().count() == 0
    assert queue.successful().count() == 4


def test_a_line_of_no_page_is_left_to_wagtail(newsroom, queue):
    update_reference_index_task.enqueue("newsroom", "articleauthor", "0")
    assert waiting(queue) == [("update_reference_index_task", "newsroom", "articleauthor", "0")]


def test_a_comment_puts_nothing_off(newsroom, queue):
    from tests.comments.factories import comment

    story = article()
    waiting = queue.count()
    comment(story)
    assert queue.count() == waiting
