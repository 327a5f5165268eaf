"""Every county folder loads, twice, and the second time changes nothing."""

from django.conf import settings
from django.db import connection

from yingshang.kernel import work
from yingshang.oversight.plan_tasks.models import Reading
from yingshang.site.county import load_county

COUNTED = [
    "org_unit",
    "clock_limit",
    "procedures_procedureversion",
    "lists_edition",
    "work_lamprule",
    "work_obligation",
]


def test_a_county_loads_and_loads_again(bare_county):
    load_county(bare_county)
    before = counts()
    load_county(bare_county)
    assert counts() == before
    assert before["org_unit"] > 0
    assert before["clock_limit"] > 0


def test_without_demo_people_the_notice_waits_in_the_queue(bare_mulan, settings):
    settings.YS_DEMO = False
    load_county("mulan")
    assert [reading.state for reading in Reading.objects.all()] == ["waiting"]
    assert not work.Obligation.objects.exists()


def test_every_county_folder_is_tested():
    folders = {path.name for path in settings.YS_COUNTIES_DIR.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders == {"example", "mulan"}, "add the new county to the fixture bare_county"


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in [name for name in COUNTED if name in tables]:
            cursor.execute(f"SELECT count(*) FROM {table}")
            rows[table] = cursor.fetchone()[0]
    return rows
