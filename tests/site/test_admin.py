"""Every screen that the admin's menus lead to opens."""

from __future__ import annotations

import re

import pytest

from tribuna.people.models import User

pytestmark = pytest.mark.django_db


def test_every_screen_of_the_admin_opens(newsroom, client):
    client.force_login(User.objects.create_superuser("admin@example.org", "a-password-for-tests-only"))
    home = client.get("/admin/").content.decode()
    addresses = {"/admin/pages/", *re.findall(r'"(?:url|href)": "(/admin/[^"]+)"|href="(/admin/[^"?#]+)"', home)}
    flat = {part for address in addresses for part in ([address] if isinstance(address, str) else address) if part}
    statuses = {address: client.get(address, follow=True).status_code for address in flat - {"/admin/logout/"}}
    assert len(statuses) > 15
    assert {address for address, status in statuses.items() if status != 200} == set()


def test_the_admin_speaks_to_nobody_else_and_allows_inline_scripts_only_there(newsroom, client):
    client.force_login(User.objects.create_superuser("admin@example.org", "a-password-for-tests-only"))
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in policy
    assert "http" not in policy
    assert "unsafe" not in client.get("/en/").headers["Content-Security-Policy"]
