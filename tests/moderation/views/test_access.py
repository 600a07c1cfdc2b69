from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.moderation.factories import article, comment
from tests.moderation.views.pages import decision_url, state
from tribuna.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "queue", []),
        ("get", "comment", [1]),
        ("post", "decision", [1]),
        ("get", "decisions", []),
        ("post", "decisions", []),
        ("post", "undo", [1]),
        ("get", "appeals", []),
        ("post", "appeal", [1]),
        ("post", "notice_appeal", [1]),
        ("post", "filters", []),
        ("post", "filter", [1]),
        ("get", "learned", []),
        ("post", "fits", []),
        ("post", "withdrawal", [1]),
    ],
)
def test_only_moderators_come_in(client, method: str, name: str, args: list[int]) -> None:
    article()
    url = reverse(f"moderation:{name}", args=args)
    assert getattr(client, method)(url).headers["Location"].startswith("/admin/login/")
    editor = User.objects.create_user("editor@example.org", "a long password", is_superuser=False)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert getattr(client, method)(url).headers["Location"] == "/admin/"


@pytest.mark.parametrize(("method", "name"), [("get", "comment"), ("post", "decision"), ("post", "undo")])
def test_what_is_not_there_is_not_found(desk, method: str, name: str) -> None:
    article()
    assert getattr(desk, method)(reverse(f"moderation:{name}", args=[404]), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["decision", "undo"])
def test_changes_are_only_posted(desk, name: str) -> None:
    stored = comment()
    assert desk.get(reverse(f"moderation:{name}", args=[stored.pk])).status_code == 405


def test_a_form_from_elsewhere_is_refused(mara) -> None:
    stored = comment()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mara)
    assert strict.post(decision_url(stored), {"state": "published", "seen": "held"}).status_code == 403
    assert state(stored) == "held"
