"""Tables whose rows name their readers, and the tally of sealed kinds."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yingshang.kernel.audience.numbers import random_number


class Readable(models.Model):
    """A row that names its readers; see ``Audience``."""

    is_public = models.BooleanField(default=False)
    unit_path = models.CharField(max_length=400, blank=True, default="", db_collation="C")
    party = models.CharField(max_length=36, blank=True, default="")
    handlers = ArrayField(models.CharField(max_length=64), blank=True, default=list)

    class Meta:
        abstract = True


class SealedRecord(models.Model):
    """A row of a sealed kind (密封类): only its named handlers may read it.

    The table of a subclass runs ``seal_table`` in its second migration. The
    key is made here, so that PostgreSQL need not return the row to a writer
    who may not read it. A handler may name further handlers; only one who
    stays may strike another out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_no = models.CharField(max_length=14, unique=True, default=random_number, editable=False)
    handlers = ArrayField(models.CharField(max_length=64))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_has_a_handler", condition=Q(handlers__len__gt=0)),
        ]


class SealedMark(models.Model):
    """One stroke on the tally: some record of a kind was made in some year. It points at nothing.

    The web role may add and not read; ``sealed_count`` answers for it.
    """

    web_rights = "INSERT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
