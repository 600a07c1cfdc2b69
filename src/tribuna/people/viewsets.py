"""The screens in which an administrator looks after the staff's accounts."""

from __future__ import annotations

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import IndexView, UserViewSet

from tribuna.people.forms import StaffCreationForm, StaffEditForm
from tribuna.people.models import User


class StaffIndexView(IndexView):
    """The list of accounts, with the address they sign in with."""

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = _("E-mail address")
        return columns


class StaffViewSet(UserViewSet):
    """Accounts, by e-mail address."""

    index_view_class = StaffIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[User]]:
        """Return the form for an account that exists (*for_update*) or for a new one."""
        return StaffEditForm if for_update else StaffCreationForm
