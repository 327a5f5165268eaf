"""A sealed thing cannot be found by anybody but its handlers, whichever way they look."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from yingshang.kernel import audience, documents, ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import ANONYMOUS, SYSTEM, Level

AT = datetime(2025, 3, 3, 1, tzinfo=UTC)
CANARY = "金丝雀ZX81"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def sealed(zhou):
    """One sealed document with 周 for its only handler; handed in by nobody in particular."""
    return documents.keep_sealed(
        io.BytesIO(f"{CANARY}的正文".encode()),
        name=f"{CANARY}.txt",
        media_type="text/plain",
        subject=f"report:{CANARY}",
        handlers=[zhou.person],
        at=AT,
    )


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def test_the_handler_reads_it_and_the_opening_is_recorded(sealed, zhou):
    assert [found.public_no for found in documents.sealed_documents_of(sealed.subject, by=zhou)] == [sealed.public_no]
    assert documents.open_sealed(sealed.public_no, by=zhou, at=AT).read().decode() == f"{CANARY}的正文"
    assert ledger.Entry.objects.filter(kind="documents.opened_sealed").count() == 1


def test_everybody_else_is_told_there_is_none(sealed, wang_min, li_qiang, sun, zhao, wu, zheng, feng, chen):
    for actor in (wang_min, li_qiang, sun, zhao, wu, zheng, feng, chen, SYSTEM, ANONYMOUS):
        actor = replace(actor, level=Level.SECOND_FACTOR)
        assert documents.sealed_documents_of(sealed.subject, by=actor) == []
        with pytest.raises(NotFound):
            documents.open_sealed(sealed.public_no, by=actor, at=AT)
    assert not ledger.Entry.objects.filter(kind="documents.opened_sealed").exists()


def test_a_handler_without_a_second_factor_is_refused(sealed, zhou):
    with pytest.raises(Refusal) as refused:
        documents.open_sealed(sealed.public_no, by=replace(zhou, level=Level.PASSWORD), at=AT)
    assert refused.value.code == "documents.second_factor_needed"


def test_the_operators_own_database_session_sees_nothing(sealed):
    assert documents.SealedDocument.objects.count() == 0
    assert rows("SELECT * FROM documents_sealeddocument") == []
    assert rows("SELECT 1 FROM documents_sealeddocument WHERE id = %s", sealed.pk) == []
    assert documents.SealedDocument.objects.filter(pk=sealed.pk).update(name="x") == 0
    assert documents.SealedDocument.objects.filter(pk=sealed.pk).delete()[0] == 0


def test_empty_variables_open_nothing(sealed):
    with transaction.atomic():
        rows("SELECT set_config('ys.person', '', true)")
        assert documents.SealedDocument.objects.count() == 0


def test_the_reader_is_forgotten_with_the_transaction(sealed, zhou):
    with audience.reading_as(zhou):
        assert documents.SealedDocument.objects.count() == 1
        with audience.reading_as(ANONYMOUS):
            assert documents.SealedDocument.objects.count() == 0
        assert documents.SealedDocument.objects.count() == 1
    assert documents.SealedDocument.objects.count() == 0


def test_a_failure_inside_takes_the_reader_with_it(sealed, zhou):
    with pytest.raises(ZeroDivisionError), audience.reading_as(zhou):
        _ = 1 / 0
    assert documents.SealedDocument.objects.count() == 0


def test_a_handler_may_add_a_handler_and_not_leave_it_unread(sealed, zhou, sun):
    with audience.reading_as(zhou):
        documents.SealedDocument.objects.filter(pk=sealed.pk).update(handlers=[zhou.person, sun.person])
        with pytest.raises(DatabaseError), transaction.atomic():
            documents.SealedDocument.objects.filter(pk=sealed.pk).update(handlers=[sun.person])
    assert len(documents.sealed_documents_of(sealed.subject, by=sun)) == 1


def test_a_sealed_thing_without_handlers_cannot_be_made(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        documents.keep_sealed(
            io.BytesIO(b"x"), name="x.txt", media_type="text/plain", subject="report:1", handlers=[], at=AT
        )


def test_neither_the_disk_nor_the_ledger_nor_any_open_table_holds_it(sealed, zhou, data_folder):
    needles = [CANARY, sealed.public_no, str(sealed.pk), sealed.digest, zhou.person]
    for path in data_folder.rglob("*"):
        assert path.name not in needles
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()
    for entry in ledger.Entry.objects.filter(kind__startswith="documents."):
        content = bytes(entry.content).decode() + entry.subject + entry.actor + entry.unit
        assert not any(needle in content for needle in needles)
    for model in apps.get_models():
        if model._meta.app_label in {"org", "parties", "sessions", "audience"} or not readable(model):
            continue
        table = connection.ops.quote_name(model._meta.db_table)
        text = "\n".join(row[0] for row in rows(f"SELECT t::text FROM {table} t"))
        assert not any(needle in text for needle in needles[:4]), model


def readable(model):
    return rows("SELECT has_table_privilege(%s, 'SELECT')", model._meta.db_table)[0][0]


def test_every_sealed_table_is_under_forced_row_level_security(db):
    sealed_tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, audience.SealedRecord)]
    assert "documents_sealeddocument" in sealed_tables
    for table in sealed_tables:
        forced = rows("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s", table)
        commands = rows("SELECT cmd FROM pg_policies WHERE tablename = %s ORDER BY cmd", table)
        assert forced == [(True,)]
        assert [command for (command,) in commands] == ["DELETE", "INSERT", "SELECT", "UPDATE"]


def test_nothing_points_at_a_sealed_table():
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, audience.SealedRecord)
    ]
    assert pointing == []


@pytest.mark.parametrize(
    ("made", "told"),
    [(0, None), (9, None), (10, 10), (11, 11)],  # fewer than ten are not told
)
def test_counts_are_told_from_ten(db, made, told):
    for _ in range(made):
        audience.mark_sealed("test.kind", on=date(2024, 6, 1))
    assert audience.sealed_count("test.kind", 2024) == told


def test_a_year_that_is_not_over_is_not_counted(db):
    for _ in range(12):
        audience.mark_sealed("test.kind", on=date(9998, 6, 1))
    assert audience.sealed_count("test.kind", 9998) is None


def test_the_tally_itself_cannot_be_read(db):
    audience.mark_sealed("test.kind", on=date(2024, 6, 1))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        audience.SealedMark.objects.count()


def test_random_numbers_have_no_order():
    numbers = [audience.random_number() for _ in range(200)]
    assert len(set(numbers)) == 200
    assert numbers != sorted(numbers)
    assert all(len(number) == 14 and not set("ILOU") & set(number) for number in numbers)
