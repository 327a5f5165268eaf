"""What the pages keep for a day: a sheet between preview and confirmation, the answer to a write."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PendingSheet(models.Model):
    """A workbook that was read and checked, waiting for its person to confirm (待确认的表格).

    token: names it in addresses; unguessable. rows: what was understood, as
    JSON; the workbook itself is not kept. outcome: what the import said when
    it was stored; a second confirmation shows it again and stores nothing.
    """

    token = models.CharField("编号", max_length=43, unique=True)
    door = models.CharField("用途", max_length=80)
    person = models.CharField("上传人代号", max_length=60)
    unit = models.CharField("单位代码", max_length=40, blank=True)
    name = models.CharField("文件名", max_length=200)
    rows = models.JSONField("内容")
    uploaded_at = models.DateTimeField("上传时间", db_index=True)
    stored_at = models.DateTimeField("存入时间", null=True)
    outcome = models.CharField("结果", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="web_pendingsheet_says_what_came_of_it",
                condition=Q(stored_at__isnull=True, outcome="") | (Q(stored_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnsweredWrite(models.Model):
    """The answer to a write that came with an Idempotency-Key, to be given again for the same key (已答复的写入)."""

    person = models.CharField("代号", max_length=60)
    key = models.CharField("键", max_length=100)
    digest = models.CharField("请求摘要", max_length=64)
    state = models.PositiveSmallIntegerField("状态码", default=0)
    media_type = models.CharField("内容类型", max_length=100, blank=True)
    body = models.BinaryField("答复", default=b"")
    answered_at = models.DateTimeField("时间", db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="web_answeredwrite_key_once", fields=["person", "key"])]

    def __str__(self) -> str:
        return self.key
