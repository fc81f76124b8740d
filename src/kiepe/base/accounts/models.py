"""Accounts: citizens, who sign in with a code by mail, and staff, who sign in with a password."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from kiepe.base.kernel.actor import Role


class AccountKind(models.TextChoices):
    CITIZEN = "citizen", "Bürgerin oder Bürger"
    STAFF = "staff", "Mitarbeiterin oder Mitarbeiter"


class Account(AbstractBaseUser):
    """One person who signs in. Staff carry a unit (key of units.yaml) and roles; citizens carry neither."""

    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    email = models.EmailField(max_length=254, unique=True)  # stored in small letters
    name = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    roles = ArrayField(
        models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role]), default=list
    )
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_in_small_letters"),
            models.CheckConstraint(
                condition=models.Q(kind="staff") | models.Q(unit="", roles=[]), name="account_citizen_has_no_role"
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def initials(self) -> str:
        """At most two letters for the round badge."""
        return "".join(part[0] for part in self.name.split()[:1] + self.name.split()[1:][-1:]).upper()


class SignInCode(models.Model):
    """A code that went out by mail. Only its keyed digest is kept, for a quarter of an hour."""

    email = models.EmailField(max_length=254)  # in small letters; removed with the row
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"code {self.pk}"
