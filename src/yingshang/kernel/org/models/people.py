"""People, by pseudonym."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Person(models.Model):
    """A human being who can act here (人员): an official, a citizen, an agent.

    pseudonym: what the ledger records in place of the name; random, never
    reused. name: what other people see; for a citizen it is shown masked.
    user: the account to log in with; a person who left has none.
    """

    pseudonym = models.SlugField("代号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    is_demo = models.BooleanField("演示人员", default=False)
    introduction = models.CharField("能办什么", max_length=120, blank=True, help_text="演示登录页上的一句话")

    class Meta:
        ordering = ["pseudonym"]

    def __str__(self) -> str:
        return self.name
