"""Closed months of moves as files: once, without what is nobody's to count, and whole however the run ends."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import pyarrow.parquet as pq
import pytest

from yingshang.kernel import clock, ledger, org, work
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.work import month_files
from yingshang.kernel.work.models import MoveMonth

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)
AT = datetime(2026, 4, 1, 2, 20, tzinfo=clock.BEIJING)


@pytest.fixture(autouse=True)
def march(example_county, settings, tmp_path):
    """One move that counts, one of a sealed matter, one of a court, one of April; Beijing midnight decides."""
    settings.YS_DATA_DIR = tmp_path
    court = org.Unit.objects.filter(counts_only=True).first()
    for unit, sealed, at in [
        (org.unit("scjgj"), False, datetime(2026, 3, 31, 23, 59, tzinfo=clock.BEIJING)),
        (org.unit("scjgj"), True, datetime(2026, 3, 2, 9, tzinfo=clock.BEIJING)),
        (court, False, datetime(2026, 3, 2, 9, tzinfo=clock.BEIJING)),
        (org.unit("scjgj"), False, datetime(2026, 4, 1, tzinfo=clock.BEIJING)),
    ]:
        made = work.Dossier.objects.create(
            kind="cases.case", title="某件", lead_unit=unit, state="open", is_sealed=sealed, opened_at=at
        )
        work.Move.objects.create(dossier=made, kind=work.Move.Kind.OPEN, do="open", unit=unit, by="p", at=at)


def exported() -> list[MoveMonth]:
    return [one for one in month_files.export_closed_months(AT) if one.month == MARCH]


def test_a_month_is_written_once_and_its_digest_stands_in_the_ledger():
    (month,) = exported()
    place = month_files.place_of(MARCH)
    rows = pq.read_table(place).to_pylist()
    assert [(row["kind"], row["do"], row["unit"]) for row in rows] == [("cases.case", "open", "scjgj")]
    assert rows[0]["at"] == datetime(2026, 3, 31, 23, 59, tzinfo=clock.BEIJING)
    assert month.digest == hashlib.sha256(place.read_bytes()).hexdigest() and month.moves == 1
    told = Entry.objects.filter(kind="work.moves_exported").values_list("content", flat=True)
    assert sum(month.digest in str(content) for content in told) == 1
    before = place.stat().st_mtime_ns
    assert month_files.export_closed_months(AT) == [] and place.stat().st_mtime_ns == before


def test_a_run_killed_between_file_and_record_is_made_up_for(monkeypatch):
    def killed(*_args, **_facts):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(ledger, "record", killed, raising=False)
        month_files.export_month(MARCH, AT)
    assert month_files.place_of(MARCH).exists() and not MoveMonth.objects.exists()
    (month_files.place_of(MARCH).parent / "left.part").write_bytes(b"half")
    (month,) = exported()
    assert month.digest == hashlib.sha256(month_files.place_of(MARCH).read_bytes()).hexdigest()
    assert [one.name for one in month_files.place_of(MARCH).parent.glob("*.part")] == []


def test_a_month_that_is_not_over_is_not_written():
    with pytest.raises(ValueError, match="not over"):
        month_files.export_month(date(2026, 4, 1), AT)
    assert not MoveMonth.objects.exists()
