"""The notice reaches everybody it is for, and it is seen who has read it and signed for it."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from yingshang.kernel import ledger, org, testing, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.measures import month
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Delivery
from yingshang.oversight.plan_tasks.rules import recipients_of

from .conftest import AT, ON

pytestmark = pytest.mark.mission("main-b")

NOTICE = """关于印发《示例县专项行动方案》的通知
示营组发〔2026〕2号
各乡镇党委、政府，县法院、县供电公司，县委、县政府各有关部门：
现将《示例县专项行动方案》印发给你们，请认真贯彻执行。

示例县专项行动方案
一、办事
1.公布办事指南。（牵头单位：县司法局；责任单位：县发改局）
"""
TOWNSHIPS = {"dhz", "xsz", "nhx"}


@pytest.fixture
def edition(publish_text):
    return publish_text(NOTICE)


def got(edition) -> dict[str, str]:
    return {each.unit.code: each.reason for each in queries.deliveries_of(edition)}


def of(edition, unit) -> Delivery:
    return Delivery.objects.select_related("obligation").get(edition=edition, unit__code=unit)


def refused(code, deed):
    before = ledger.Entry.objects.count(), Delivery.objects.filter(signed_at=None).count()
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == code
    assert (ledger.Entry.objects.count(), Delivery.objects.filter(signed_at=None).count()) == before


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (NOTICE, ["各乡镇党委、政府", "县法院、县供电公司", "县委、县政府各有关部门"]),
        ("关于公布清单的通知\n\n县司法局：\n  经县政府同意，现将清单印发给你们。\n", ["县司法局"]),
        ("示例县方案\n1.有关单位：\n公布清单。（责任单位：县司法局）\n", []),
        ("文号:\n时效:\n\n各乡镇政府:\n现印发给你们。\n", ["各乡镇政府"]),
        ("", []),
    ],
)
def test_the_head_of_a_notice_says_whom_it_is_addressed_to(text, names):
    assert recipients_of(text) == names


def test_publishing_delivers_to_whoever_has_a_task_and_to_whoever_is_addressed(edition):
    assert got(edition) == {
        "sfj": "task",
        "fgj": "task",
        **dict.fromkeys([*TOWNSHIPS, "fy", "gdgs"], "addressed"),
    }
    assert queries.addressees_on(edition, ON).unnamed == ["县委、县政府各有关部门"]
    owed = of(edition, "fy").obligation
    # 3 working days after Monday 30 March 2026
    assert (owed.kind, owed.due_date, owed.title) == (
        "plan_tasks.sign_for",
        date(2026, 4, 2),
        "签收《示例县专项行动方案》通知（第1版）",
    )


def test_a_unit_reads_and_then_signs(edition, li_qiang, wang_min, wu):
    delivery = of(edition, "sfj")
    refused("plan_tasks.open_before_signing", lambda: sign(delivery, li_qiang))
    refused("plan_tasks.delivered_to_another", lambda: look(delivery, wang_min))
    refused("plan_tasks.delivered_to_another", lambda: sign(delivery, wu))
    look(delivery, li_qiang)
    look(delivery, li_qiang, later=2)
    signed = sign(delivery, li_qiang, later=1)
    assert (signed.opened_at, signed.opened_by, signed.signed_by) == (AT, li_qiang.person, li_qiang.person)
    assert signed.signed_at == AT + timedelta(hours=1)
    assert of(edition, "sfj").obligation.state == work.Obligation.State.FULFILLED
    refused("plan_tasks.already_signed", lambda: sign(delivery, li_qiang))
    assert queries.signed_of(edition) == queries.Signed(delivered=7, opened=1, signed=1)
    (cell,) = queries.signed_on_time_rate(["sfj"], [month(2026, 4)])
    assert cell.value.value == 1


def look(delivery, by, later=0):
    return operations.open_delivery(delivery_id=delivery.pk, by=by, at=AT + timedelta(hours=later))


def sign(delivery, by, later=0):
    return operations.sign_delivery(delivery_id=delivery.pk, by=by, at=AT + timedelta(hours=later))


def test_a_post_without_signing_reads_and_cannot_sign(publish_text, sun):
    edition = publish_text(NOTICE.replace("县司法局", "县市场监管局"))
    delivery = of(edition, "scjgj")
    look(delivery, sun)
    refused("plan_tasks.not_your_post", lambda: sign(delivery, sun))


def test_a_new_edition_is_delivered_again_and_takes_the_unsigned_back(edition, publish_text, li_qiang):
    look(of(edition, "sfj"), li_qiang)
    sign(of(edition, "sfj"), li_qiang)
    second = publish_text(NOTICE.replace("公布办事指南", "编制并公布办事指南"))
    assert set(got(second)) == {"sfj", "fgj", "fy", "gdgs", *TOWNSHIPS}
    assert of(edition, "sfj").obligation.state == "fulfilled"
    unsigned = of(edition, "fgj")
    assert (unsigned.obligation.state, unsigned.obligation.evidence) == ("cancelled", "新版方案已经送达，请签收新版。")
    shen = testing.actor_of("shen", unit="fgj")
    look(unsigned, shen)
    refused("plan_tasks.delivery_taken_back", lambda: sign(unsigned, shen))


def test_who_joins_gets_the_notice_and_the_heir_of_a_closed_unit_too(edition, zhou):
    group = org.group("xzzf")
    org.GroupMember.objects.create(group=group, unit=org.unit("gyyq"), valid_from=ON)
    org.Unit.objects.filter(code="gdgs").update(valid_to=ON, successor=org.unit("gxj"))
    operations.follow_groups(by=zhou, on=ON, at=AT)
    assert {code: why for code, why in got(edition).items() if code in {"gyyq", "gxj"}} == {
        "gyyq": "addressed",
        "gxj": "heir",
    }
    assert of(edition, "gdgs").obligation.evidence == "该单位已撤并，由承接单位签收。"
    operations.follow_groups(by=zhou, on=ON, at=AT)
    assert len(got(edition)) == 8


def test_the_bureau_delivers_to_those_whom_the_head_does_not_name(edition, zhou, li_qiang):
    def deliver(units, by=zhou, edition_id=edition.pk):
        return operations.deliver_to(edition_id=edition_id, unit_codes=units, by=by, on=ON, at=AT)

    assert deliver(["zfw", "sfj"]) == 1
    assert got(edition)["zfw"] == "added"
    assert deliver(["zfw"]) == 0
    refused("plan_tasks.nobody_chosen", lambda: deliver(["wqb"]))  # abolished in 2020
    refused("plan_tasks.nobody_chosen", lambda: deliver([]))
    refused("plan_tasks.not_your_post", lambda: deliver(["zfw"], by=li_qiang))
    with pytest.raises(NotFound):
        deliver(["zfw"], edition_id=0)


def test_delivering_to_many_units_costs_as_many_statements_as_to_few(publish_text):
    def statements(head: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as done:
            publish_text(NOTICE.replace("各乡镇党委、政府", head), code="of-" + str(len(head)))
        return len(done)

    few, many = statements("各乡镇政府"), statements("各乡镇政府，县直各部门")
    assert many - few <= 2  # the members of one group more


def test_the_list_of_the_unread_costs_the_same_for_every_number_of_units(edition, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        rows = queries.delivery_rows(queries.deliveries_of(edition), ON + timedelta(days=30))
    shown = {row.unit_code: (row.state, row.lamp is None, row.remaining is None) for row in rows}
    assert shown["sfj"] == ("未签收", False, False)
    assert shown["fy"] == ("未签收", True, True)  # only a status word of a court


class TestPages:
    def test_the_bureau_sees_who_has_not_signed_and_takes_the_list_along(self, edition, log_in):
        client = log_in("zhou")
        assert "通知签收情况" in client.get("/workbench/").content.decode()
        page = client.get("/plans/special-2026/deliveries/?shown=unsigned").content.decode()
        assert "县委、县政府各有关部门" in page
        assert "东湖镇政府" in page
        answer = client.get("/plans/special-2026/deliveries/?format=xlsx")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert len(sheet) == 8
        done = client.post("/plans/special-2026/deliveries/more/", {"units": ["zfw"]}, follow=True)
        assert "已向1个单位补送通知" in done.content.decode()

    def test_a_unit_finds_it_on_the_workbench_opens_it_and_signs(self, edition, log_in):
        client = log_in("li_qiang")
        address = f"/workbench/deliveries/{of(edition, 'sfj').pk}/"
        workbench = client.get("/workbench/").content.decode()
        assert "通知待签收" in workbench
        assert address in workbench
        assert address in client.get("/workbench/units/sfj/").content.decode()
        page = client.get(address).content.decode()
        assert "本单位承担的任务" in page
        assert "签收这份通知" in page
        assert "已签收" in client.post(f"{address}sign/", follow=True).content.decode()

    def test_others_see_neither_the_list_nor_the_copy(self, edition, client, log_in):
        assert client.get("/plans/special-2026/deliveries/").status_code in {302, 404, 409}
        assert log_in("wang_min").get(f"/workbench/deliveries/{of(edition, 'sfj').pk}/").status_code == 409
