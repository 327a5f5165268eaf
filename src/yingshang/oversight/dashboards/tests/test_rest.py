"""The dashboards over the API say what the pages say."""

from datetime import date

import pytest

from yingshang.kernel import clock, org
from yingshang.oversight.dashboards.tests.factories import a_busy_county, at

TODAY = date(2026, 4, 15)
API = "/api/v1/dashboards"


@pytest.fixture(autouse=True)
def spring(example_county):
    with clock.shifted(at(TODAY, 10) - clock.now()):
        a_busy_county(TODAY)
        yield


def test_the_cockpit_and_its_slices_agree(client):
    client.post(f"/demo/{org.demo_pseudonym('tang')}/")
    told = client.get(f"{API}/cockpit").json()
    worst = told["standings"][0]
    assert (worst["unit_code"], worst["colors"]["red"], worst["days_late"]) == ("scjgj", 3, 40)
    assert sum(cell["colors"]["red"] for cell in worst["cells"]) == 3
    assert len(worst["months"]) == 12
    found = client.get(f"{API}/duties?unit=scjgj&lamp=red").json()
    assert (found["count"], found["rows"][0]["days_late"]) == (3, 40)
    assert client.get(f"{API}/units/scjgj/months").json()[-1]["red"] == 3
    assert [row["words"] for row in told["counted"] if row["unit_code"] == "fy"] == ["有事项过了期限"]
    assert client.get(f"{API}/units/fy/months").status_code == 404


def test_visitors_get_the_progress_and_nothing_else(client):
    tasks = client.get(f"{API}/progress").json()
    assert {"task_no", "state", "owed", "late"} <= set(tasks[0])
    assert [client.get(f"{API}/{path}").status_code for path in ("cockpit", "calls", "duties")] == [409, 409, 409]
