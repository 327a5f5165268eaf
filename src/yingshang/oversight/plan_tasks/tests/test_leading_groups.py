"""The leading group and its special groups: who sits there, who takes over, and what they look after."""

from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import LeadingGroup, Seat

pytestmark = pytest.mark.mission("R1")

PLAN = "example-2026-1"
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def leading(example_county):
    return LeadingGroup.objects.get(plan__code=PLAN, code="ldxz")


def members(group, on=ON):
    rows = queries.seat_rows(queries.leading_group(PLAN, group.code).seats.all(), on)
    return [(row.role, row.unit_code, row.names, row.is_over) for row in rows]


def seat(group, by, **more):
    parts = {"role": "member", "unit_code": "fgj", "post": "unit-head", "since": ON, "source": "示组发〔2026〕3号"}
    return operations.seat_member(group_id=group.pk, by=by, at=AT, **(parts | more))


def seat_of(group, unit):
    return Seat.objects.get(group=group, unit__code=unit, role="member")


def refused(code, deed):
    before = ledger.Entry.objects.count(), list(Seat.objects.values_list("pk", "valid_to"))
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == code
    assert (ledger.Entry.objects.count(), list(Seat.objects.values_list("pk", "valid_to"))) == before


def test_the_county_says_what_the_notice_says_and_demo_people_sit_there(leading):
    assert members(leading) == [
        ("组长", "ldxz", "唐宁（演示）", False),
        ("副组长", "ysj", "褚明（演示）", False),
        ("成员", "sfj", "蒋丽（演示）", False),
        ("办公室", "ysj", "周正（演示）", False),
    ]
    rows = queries.group_rows(queries.leading_groups(PLAN), queries.edition_in_force(PLAN), ON)
    assert [(row.title, row.tasks) for row in rows] == [
        ("优化营商环境领导小组", 4),
        ("政务服务专项组", 2),
        ("监管执法专项组", 2),
    ]


def test_a_seat_that_goes_with_a_post_follows_its_holder(leading):
    head = org.Appointment.objects.get(post__unit__code="sfj", post__code="unit-head")
    successor = org.Person.objects.get(pseudonym=org.demo_pseudonym("li_qiang"))
    org.Appointment.objects.filter(pk=head.pk).update(valid_to=ON)
    org.Appointment.objects.create(person=successor, post=head.post, valid_from=ON)
    assert ("成员", "sfj", "李强（演示）", False) in members(leading)


def test_the_bureau_seats_a_member_and_nobody_sits_twice(leading, zhou, li_qiang):
    refused("plan_tasks.not_your_post", lambda: seat(leading, li_qiang))
    refused("plan_tasks.post_or_person", lambda: seat(leading, zhou, person="demo-x"))
    refused("plan_tasks.post_or_person", lambda: seat(leading, zhou, role="chair"))
    refused("plan_tasks.source_missing", lambda: seat(leading, zhou, source=" "))
    refused("plan_tasks.unit_not_standing", lambda: seat(leading, zhou, unit_code="wqb"))
    refused("plan_tasks.not_in_that_unit", lambda: seat(leading, zhou, post="nobody"))
    refused("plan_tasks.leader_seated", lambda: seat(leading, zhou, role="leader"))
    stranger = org.demo_pseudonym("li_qiang")
    refused("plan_tasks.not_in_that_unit", lambda: seat(leading, zhou, post="", person=stranger))
    seat(leading, zhou)
    assert ("成员", "fgj", "沈洋（演示）", False) in members(leading)
    refused("plan_tasks.seated_already", lambda: seat(leading, zhou))
    for unknown in ({"unit_code": "nowhere"}, {"post": "", "person": "nobody"}):
        with pytest.raises(NotFound):
            seat(leading, zhou, **unknown)


def test_who_leaves_stays_in_the_history_and_the_successor_names_the_seat(leading, zhou):
    before = seat_of(leading, "sfj")

    def leave(gone=ON, reason="工作调动"):
        return operations.unseat_member(seat_id=before.pk, last_day_gone=gone, reason=reason, by=zhou, at=AT)

    refused("plan_tasks.leaves_before_coming", lambda: leave(date(2026, 1, 1)))
    refused("plan_tasks.reason_missing", lambda: leave(reason=""))
    after = operations.hand_over_seat(
        seat_id=before.pk,
        unit_code="zjj",
        post="unit-head",
        since=ON,
        source="示组发〔2026〕4号",
        reason="分工调整",
        by=zhou,
        at=AT,
    )
    assert (after.role, after.follows_id, after.valid_from) == ("member", before.pk, ON)
    refused("plan_tasks.seat_over", leave)
    rows = queries.seat_rows(queries.leading_group(PLAN, "ldxz").seats.all(), ON)
    assert [(row.unit_code, row.until, row.end_reason) for row in rows if row.is_over] == [("sfj", ON, "分工调整")]


def test_a_group_looks_after_sections_of_the_plan(leading, zhou):
    special = LeadingGroup.objects.get(code="jgzf")

    def describe(sections):
        return operations.describe_group(group_id=special.pk, duties="统筹检查", sections=sections, by=zhou, at=AT)

    refused("plan_tasks.no_such_section", lambda: describe([9]))
    describe([2, 1])
    found = queries.leading_group(PLAN, "jgzf")
    assert [task.place for task in queries.tasks_of_group(found, queries.edition_in_force(PLAN))] == [1, 2, 3, 4]


def test_the_pages(leading, client, log_in):
    listed = client.get(f"/plans/{PLAN}/groups/").content.decode()
    assert "政务服务专项组" in listed
    page = client.get(f"/plans/{PLAN}/groups/ldxz/").content.decode()
    assert "唐宁（演示）" in page
    assert "增加成员" not in page
    assert client.get(f"/plans/{PLAN}/groups/nothing/").status_code == 404
    bureau = log_in("zhou")
    assert "本单位所在的小组" in bureau.get("/workbench/").content.decode()
    form = {"role": "member", "unit": "fgj", "since": "2026-10-09", "source": "示组发〔2026〕3号"}
    address = f"/plans/{PLAN}/groups/ldxz/seat/"
    assert "二者选一" in bureau.post(address, form).content.decode()
    assert "没有这位在任人员" in bureau.post(address, form | {"name": "李强"}).content.decode()
    assert "沈洋（演示）" in bureau.post(address, form | {"name": "沈洋"}, follow=True).content.decode()
    seated = Seat.objects.get(unit__code="fgj")
    over = {"unit": "zjj", "post": "unit-head", "since": "2026-11-02", "source": "示组发〔2026〕4号", "reason": "调整"}
    done = bureau.post(f"/workbench/seats/{seated.pk}/hand-over/", over, follow=True).content.decode()
    assert "已移交" in done
    gone = {"last_day_gone": "2026-11-09", "reason": "撤销"}
    after = Seat.objects.get(unit__code="zjj")
    assert "已登记离任" in bureau.post(f"/workbench/seats/{after.pk}/leave/", gone, follow=True).content.decode()
    told = {"duties": "一\n二", "sections": ["1"]}
    assert "已保存" in bureau.post(f"/plans/{PLAN}/groups/jgzf/describe/", told, follow=True).content.decode()
    assert log_in("li_qiang").get(address).status_code == 409


def test_the_list_of_groups_costs_the_same_for_every_number_of_members(leading, django_assert_max_num_queries):
    edition = queries.edition_in_force(PLAN)
    with django_assert_max_num_queries(10):
        queries.group_rows(queries.leading_groups(PLAN), edition, ON)
