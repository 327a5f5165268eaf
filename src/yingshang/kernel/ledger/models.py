"""The tables of the ledger. All but the salts are only ever added to.

The web process may insert entries and checkpoints and nothing else: leaves,
tiles and the head are written by the database itself (migration 0002).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yingshang.kernel.ledger.ids import new_id


class Entry(models.Model):
    """One recorded deed (存证记录).

    ``content`` is what is hashed and published: canonical JSON of the other
    columns and the facts. The columns are copies to search by; ``verify``
    compares them. The id is part of the content, so no leaf stands for two entries.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    at = models.DateTimeField(help_text="记录时间")
    actor = models.CharField(max_length=80, help_text="人员代号，不是姓名")
    unit = models.CharField(max_length=40, blank=True, help_text="代表的单位代码")
    content = models.BinaryField()
    is_strict = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="ledger_entry_subject"),
            models.Index(fields=["kind", "id"], name="ledger_entry_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Waiting(models.Model):
    """An entry that has no number yet: sequenced ones for some seconds, strict ones only inside a commit."""

    web_rights = "SELECT"

    entry = models.OneToOneField(
        "ledger.Entry", primary_key=True, on_delete=models.PROTECT, related_name="waiting", db_constraint=False
    )
    is_strict = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["entry"], condition=Q(is_strict=False), name="ledger_waiting_sequenced")]

    def __str__(self) -> str:
        return str(self.entry_id)


class Leaf(models.Model):
    """The number of an entry in the tree, from 0 without gaps, and its hash as it was numbered."""

    web_rights = "SELECT"

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField("ledger.Entry", on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_leaf_counts_from_zero", condition=Q(index__gte=0))]

    def __str__(self) -> str:
        return str(self.index)


class Tile(models.Model):
    """256 neighboring hashes of one level, written when the last of them is known; ``root`` is over them all."""

    web_rights = "SELECT"

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Head(models.Model):
    """The one row that says how large the tree is, with the roots of its full subtrees, largest first.

    Locked last of all, at commit, by whoever appends a leaf.
    """

    web_rights = "SELECT"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_head_is_one_row", condition=Q(id=1, size__gte=0))]

    def __str__(self) -> str:
        return str(self.size)


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root (检查点), as it was published."""

    append_only = True

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    key = models.TextField(help_text="验证公钥")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} {bytes(self.root).hex()}"


class Salt(models.Model):
    """What opens a commitment made by ``private``. Deleting the row closes it for good."""

    web_rights = "SELECT, INSERT, DELETE"

    commitment = models.CharField(primary_key=True, max_length=64)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return self.commitment
