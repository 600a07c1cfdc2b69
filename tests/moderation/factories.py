"""What tests of the desk begin with: comments in any state, a moderator, a draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import Group

from tests import factories
from tribuna.comments.actions import submit_comment
from tribuna.comments.base import Draft
from tribuna.comments.models import Comment, State
from tribuna.moderation.actions import decide, open_desk
from tribuna.newsroom.models import ArticlePage
from tribuna.people.models import User

_DRAFT = Draft(
    page_id=1,
    text="The ferry was late again.",
    name="Ana",
    language="en",
    author_ref="a" * 64,
    network_ref="b" * 64,
    is_newcomer=False,
)


def draft(text: str = _DRAFT.text, **fields: Any) -> Draft:
    """Return what a judge is shown."""
    return replace(_DRAFT, text=text, **fields)


def moderator(email: str = "mara@example.org", first_name: str = "Mara") -> User:
    """Return an account that may moderate."""
    open_desk()
    user = User.objects.create_user(email, "a long password", first_name=first_name)
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def comment(page: ArticlePage | None = None, *, state: str = State.HELD, **fields: Any) -> Comment:
    """Return a comment that came in through ``submit_comment``, in the *state* wanted."""
    page = page or article()
    page.comments_policy = "open" if state == State.PUBLISHED else "premoderated"
    fields = {"text": "The ferry was late again.", "name": "Ana", "language": "en", **fields}
    stored = submit_comment(page, **fields).comment
    if stored.state != state:
        decide(stored, actor=User.objects.first() or moderator(), state=state)
    return stored


def article(**fields: Any) -> ArticlePage:
    """Return a story in a newsroom, opened if need be."""
    factories.newsroom()
    return factories.article(**fields)
