"""The ledger is only ever added to: the web role may not change it, and the owner is refused."""

import os
import stat

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yingshang.kernel.ledger.keys import signer
from yingshang.kernel.ledger.models import Checkpoint, Entry, Head, Leaf, Tile, Waiting

KEPT = [Entry, Leaf, Tile, Checkpoint]


def refused_to(role, sql, words):
    if role == "web":
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    else:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, pytest.raises(psycopg.Error, match=words):
            owner.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [*KEPT, Head, Waiting], ids=lambda model: model.__name__)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_web_role_may_not_change_the_ledger(model, deed):
    column = model._meta.concrete_fields[-1].column
    refused_to("web", deed.format(model._meta.db_table, column, column), "permission denied")


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_is_refused(model, deed):
    column = model._meta.concrete_fields[-1].column
    refused_to("owner", deed.format(model._meta.db_table, column, column), "the ledger is only ever added to")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_head SET size = size",
        "DELETE FROM ledger_head",
        "TRUNCATE ledger_head",
        "UPDATE ledger_waiting SET is_strict = true",
        "TRUNCATE ledger_waiting",
    ],
)
def test_the_head_only_grows_and_the_queue_is_only_worked_off(sql):
    refused_to("owner", sql, "the ledger is only ever added to")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_leaf", "ledger_tile", "ledger_head", "ledger_waiting"])
def test_the_web_role_cannot_write_a_leaf_itself(table):
    refused_to("web", f"INSERT INTO {table} SELECT * FROM {table}", "permission denied")


@pytest.mark.django_db
def test_the_web_role_cannot_append_past_the_queue():
    refused_to("web", "SELECT ledger_append(ARRAY[]::uuid[])", "permission denied")


@pytest.mark.django_db
def test_the_signing_key_is_readable_by_its_owner_only():
    signer()
    file = settings.YS_DATA_DIR / "keys" / "ledger.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["ledger.pem"]
