"""Links that open an account, and who looked at whose personal values."""

from __future__ import annotations

from django.db import models


class SetupLink(models.Model):
    """A one-time link (一次性设置链接). Only the hash of its token is kept.

    It serves until three administrators stand or it expires; making another
    closes it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("失效时间")
    closed_at = models.DateTimeField("关闭时间", null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Invitation(models.Model):
    """A one-time link by which a person sets the password of a new account (账号开通链接)."""

    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("失效时间")
    closed_at = models.DateTimeField("关闭时间", null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Look(models.Model):
    """One look at a whole personal value (查看记录): who, at whose, why. The ledger holds its commitment."""

    append_only = True

    at = models.DateTimeField("查看时间")
    person = models.CharField("人员代号", max_length=40)
    unit = models.CharField("单位代码", max_length=40)
    kind = models.CharField("种类", max_length=20)
    subject = models.CharField("对象", max_length=120)
    purpose = models.CharField("事由", max_length=200)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(name="administration_look_subject", fields=["subject", "at"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"
