"""Anybody may read how a matter runs."""

import pytest
from lxml import etree

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_in_force(client):
    page = client.get("/procedures/").content.decode()
    assert "餐饮场所开业联合许可（示例）" in page
    assert client.get("/procedures/?format=xlsx").status_code == 200


def test_a_procedure_shows_steps_limits_sources_and_its_picture(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get("/procedures/restaurant-opening/").content.decode()
    for words in ("开始并联审查", "20个工作日", "《行政许可法》第三十二条", "<svg", "视为受理", "窗口受理岗"):
        assert words in page


@pytest.mark.mission("13m")
def test_a_filing_says_that_it_cannot_be_refused(client):
    assert "也不会被拒绝" in client.get("/procedures/signboard-filing/").content.decode()


def test_the_bpmn_file_is_handed_out(client):
    answer = client.get("/procedures/restaurant-opening/1.bpmn")
    assert 'filename="restaurant-opening-1.bpmn"' in answer["Content-Disposition"]
    assert etree.fromstring(answer.content).tag.endswith("definitions")


@pytest.mark.parametrize(
    "address",
    ["/procedures/nothing/", "/procedures/restaurant-opening/2/", "/procedures/restaurant-opening/2.bpmn"],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_what_has_no_source_is_listed(client):
    assert "企业投资项目备案" in client.get("/law/unsourced/").content.decode()
