"""Wagtail's account forms, which say "username" only where they must not."""

from __future__ import annotations

from typing import ClassVar

from wagtail.users.forms import UserCreationForm, UserEditForm

from tribuna.people.models import ADDRESS_TAKEN


class StaffCreationForm(UserCreationForm):
    """A new member of staff."""

    error_messages: ClassVar = {**UserCreationForm.error_messages, "duplicate_username": ADDRESS_TAKEN}


class StaffEditForm(UserEditForm):
    """A member of staff who is here already."""

    error_messages: ClassVar = {**UserEditForm.error_messages, "duplicate_username": ADDRESS_TAKEN}
