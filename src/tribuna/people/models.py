"""The staff member who signs in with an e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

ADDRESS_TAKEN = _("Someone already has an account with this e-mail address.")


class UserAccounts(BaseUserManager["User"]):
    """Makes accounts; Django asks for these four names."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address in small letters: nobody remembers with which capitals they were registered."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new, saved account. Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new account that may do everything."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account with this address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A member of staff. The e-mail address is the name to sign in with."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True, error_messages={"unique": ADDRESS_TAKEN})

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserAccounts()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="people_user_email_ci", violation_error_message=ADDRESS_TAKEN)
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email
