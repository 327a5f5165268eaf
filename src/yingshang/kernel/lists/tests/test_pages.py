"""The public pages and the API of lists."""

from datetime import date

import pytest
from django.conf import settings

from yingshang.kernel import lists


@pytest.fixture
def fees(example_county):
    lists.load(settings.YS_COUNTIES_DIR / "example")


def test_anybody_reads_the_lists(fees, client):
    assert "示例收费清单" in client.get("/lists/").content.decode()
    page = client.get("/lists/example-fees/").content.decode()
    assert "由“1000”改为“0”" in page
    assert "F03" in page
    assert "示例（虚构）第2号" in page


def test_an_older_edition_stays_readable(fees, client):
    assert "档案查询费" in client.get("/lists/example-fees/1/").content.decode()


@pytest.mark.parametrize("address", ["/lists/none/", "/lists/example-fees/9/"])
def test_what_is_not_there_is_not_found(fees, client, address):
    assert client.get(address).status_code == 404


def test_a_draft_is_nobodys_to_read_yet(fees, client, li_qiang):
    lists.Edition.objects.create(
        of=lists.PublishedList.objects.get(code="example-fees"),
        number=3,
        effective_from=date(2027, 1, 1),
        digest="0" * 64,
        drafted_by="x",
        drafted_at="2026-03-02T00:00Z",
    )
    assert client.get("/lists/example-fees/3/").status_code == 404


def test_a_list_goes_out_as_a_workbook(fees, client):
    answer = client.get("/lists/example-fees/?format=xlsx")
    assert answer.content[:2] == b"PK"


def test_machines_cite_a_row_as_it_stood(fees, client):
    answer = client.get("/api/v1/lists/example-fees/rows/F01?on=2025-06-01").json()
    assert (answer["edition"], answer["values"]["amount_fen"]) == (1, 1000)
    assert len(client.get("/api/v1/lists/example-fees?on=2026-03-02").json()["rows"]) == 2
    assert "example-fees" in [row["code"] for row in client.get("/api/v1/lists/").json()]


def test_a_refused_citation_is_a_refusal_for_machines_too(fees, client):
    answer = client.get("/api/v1/lists/example-fees/rows/F02?on=2025-07-01")
    assert answer.status_code == 409
    assert answer.json()["code"] == "lists.row_not_in_effect"
    assert answer.json()["remedy"]


def test_a_published_list_is_found_by_what_stands_in_it(fees, client):
    assert "/lists/example-fees/" in client.get("/search/?q=占道费").content.decode()
