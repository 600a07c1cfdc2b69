"""Fills an empty newsroom with the demo: an invented town's paper, its pictures, its readers and its staff."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Site
from wagtail.search.index import get_indexed_models
from wagtail.search.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from tribuna.humans.models import SiteQuestion
from tribuna.moderation.actions import open_desk
from tribuna.newsroom.actions import open_newsroom
from tribuna.people.models import User
from tribuna.site.demo import content, pages, prints, voices
from tribuna.site.demo.pages import Paper

DOMAIN = "tribuna.example"
PASSWORD_BYTES = 9
FIRST_HOUR = time(7)  # when what is scheduled appears

# Role, and group.
_STAFF = {"reporter": "Reporters", "editor": "Editors", "moderator": "Moderators"}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in at ``/admin/``; the password is kept nowhere else."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """The demo's staff."""

    reporter: Account
    editor: Account
    moderator: Account
    administrator: Account

    def __str__(self) -> str:
        people = (self.editor, self.reporter, self.moderator, self.administrator)
        lines = [f"  {account.email:<28} {account.password}" for account in people]
        return "\n".join(["Sign in at /admin/ (these passwords are printed once):", *lines])


def is_seeded() -> bool:
    """Say whether this newsroom has been filled already."""
    return User.objects.filter(email=_address("editor")).exists()


@transaction.atomic
def seed_demo(*, progress: Callable[[str], None] | None = None) -> DemoAccounts:
    """Fill the newsroom and return its accounts; *progress* is told of each step.

    Raises ValueError when it is filled already; nothing is left of an attempt that fails.
    """
    if is_seeded():
        raise ValueError("This newsroom holds the demo already.")
    say = progress or (lambda _: None)
    with _indexes_left_alone():
        accounts = _fill(say)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    prints.print_front_pages()
    say("front pages printed")
    return accounts


@contextmanager
def _indexes_left_alone() -> Iterator[None]:
    """Leave out what would bring the indexes up to date after each of a thousand changes."""
    models = get_indexed_models()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


def _fill(say: Callable[[str], None]) -> DemoAccounts:
    facts = content.newsroom()
    _open(facts)
    reporter, reporter_account = _hire("reporter")
    paper = Paper(pictures=prints.hang_pictures(), owner=reporter, now=timezone.now())
    say(f"{len(paper.pictures)} pictures drawn")
    pages.open_pages(paper, facts)
    stories = content.stories()
    pages.write_stories(paper, stories)
    say(f"{len(stories)} stories written, in two languages")
    _send_to_editor(paper, stories)
    # Only now is there an editor: nobody shall get a letter from the demo.
    editor, editor_account = _hire("editor")
    _schedule(paper, stories, editor=editor)
    moderator, moderator_account = _hire("moderator")
    say(f"{voices.let_readers_speak(paper, moderator=moderator)} comments submitted")
    voices.turn_some_down(moderator)
    administrator_account = _hire("administrator")[1]
    return DemoAccounts(reporter_account, editor_account, moderator_account, administrator_account)


def _open(facts: dict[str, Any]) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", port=80)
    open_newsroom(facts["name"], hostname=site.hostname, port=site.port)
    open_desk()
    for question in facts["questions"]:
        SiteQuestion.objects.create(**{**question, "answers": "\n".join(question["answers"])})


def _address(role: str) -> str:
    return f"{role}@{DOMAIN}"


def _hire(role: str) -> tuple[User, Account]:
    account = Account(role, _address(role), secrets.token_urlsafe(PASSWORD_BYTES))
    user = User.objects.create_user(account.email, account.password, first_name=role.capitalize())
    if role in _STAFF:
        user.groups.add(Group.objects.get(name=_STAFF[role]))
    else:
        User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    return user, account


def _send_to_editor(paper: Paper, stories: list[content.Story]) -> None:
    """Let the reporter save the drafts, and hand in those that are ready."""
    for story in stories:
        for language in story.versions if story.state in {"draft", "submitted"} else ():
            page = paper.stories[story.key, language]
            page.save_revision(user=paper.owner)
            if story.state == "submitted":
                page.get_workflow().start(page, paper.owner)


def _schedule(paper: Paper, stories: list[content.Story], *, editor: User) -> None:
    """Let the editor have the scheduled stories appear tomorrow morning."""
    tomorrow = timezone.localtime(paper.now).date() + timedelta(days=1)
    for story in stories:
        for language in story.versions if story.state == "scheduled" else ():
            page = paper.stories[story.key, language]
            page.go_live_at = datetime.combine(tomorrow, FIRST_HOUR, timezone.get_current_timezone())
            page.save_revision(user=editor).publish(user=editor)
