"""Listed supervision and typical cases: proposed, approved, public, ended by somebody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from yingshang.kernel import clock, disclosure, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.testing import actor_of
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Listing, TypicalCase

pytestmark = pytest.mark.mission("R4b")

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def qin(example_county):
    return actor_of("qin", unit="ysj")


@pytest.fixture
def chu(example_county):
    return actor_of("chu", unit="ysj")


def propose(by, **changed):
    given = {
        "title": "拖欠工程款",
        "reason": "三年未付",
        "level": "county",
        "unit": "zjj",
        "deadline": date(2026, 4, 30),
    }
    return operations.propose_listing(by=by, at=AT, **given | changed)


def draft(by, kind="exposure", **changed):
    given = {"title": "窗口空岗", "unit": "scjgj", "story": "3号窗口两次无人。", "evidence": "示营检〔2026〕1号"}
    return operations.draft_case(kind=kind, by=by, at=AT, **given | changed)


def everything():
    duties = list(work.Obligation.objects.order_by("pk").values("pk", "state"))
    listings = list(Listing.objects.order_by("pk").values("pk", "state"))
    cases = list(TypicalCase.objects.order_by("pk").values("pk", "state"))
    return (ledger.Entry.objects.count(), duties, listings, cases)


def refused(code, deed, error=Refusal):
    before = everything()
    with pytest.raises(error) as raised:
        deed()
    if code:
        assert raised.value.code == code
    assert everything() == before


class TestListing:
    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("supervision.level_unknown", {"level": "world"}),
            ("supervision.only_counts_of_unit", {"unit": "fy"}),
            ("supervision.unit_closed", {"unit": "wqb"}),
            ("supervision.day_is_past", {"deadline": date(2026, 3, 29)}),
            ("supervision.reason_missing", {"reason": " "}),
        ],
    )
    def test_what_does_not_fit_is_not_proposed(self, zhou, code, changed):
        refused(code, lambda: propose(zhou, **changed))

    def test_it_is_public_from_the_approval_and_ends_when_somebody_else_has_looked(
        self, zhou, qin, chu, wu, example_county
    ):
        listing = propose(zhou)
        with pytest.raises(NotFound):
            queries.listing_seen(listing.pk, wu)
        shen = actor_of("shen", unit="fgj")
        zjj = shen.__class__(person="p-zjj", name="住建", unit="zjj", actions=shen.actions)
        decide = {"listing_id": listing.pk, "is_approved": True, "reason": "同意", "at": AT}
        refused("supervision.not_your_post", lambda: operations.decide_listing(by=qin, **decide))
        listed = operations.decide_listing(by=chu, **decide)
        assert (listed.duty.due_date, listed.duty.origin) == (date(2026, 4, 30), f"listing:{listing.pk}")
        assert queries.listing_seen(listing.pk, wu).pk == listing.pk
        given = {"listing_id": listing.pk, "at": AT}
        refused(
            "supervision.not_your_unit", lambda: operations.report_listing(text="x", is_done=True, by=shen, **given)
        )
        operations.report_listing(text="付了一半", is_done=False, by=zjj, **given)
        operations.report_listing(text="付清", is_done=True, by=zjj, **given)
        refused("supervision.own_draft", lambda: operations.verify_listing(is_done=True, seen="看了", by=zhou, **given))
        back = operations.verify_listing(is_done=False, seen="还差一笔", by=qin, **given)
        assert (back.state, back.duty.state) == ("listed", "open")
        operations.report_listing(text="全部付清", is_done=True, by=zjj, **given)
        off = operations.verify_listing(is_done=True, seen="核对了凭证", by=qin, **given)
        off.duty.refresh_from_db()
        assert (off.state, off.duty.state) == ("off", "fulfilled")

    def test_one_about_a_late_duty_never_starts_a_second_chase(self, zhou, chu):
        duty = work.owe(
            kind="plan_tasks.carry_out", title="完成任务", unit="zjj", due_date=date(2026, 3, 2), by=zhou, at=AT
        )
        listing = propose(zhou, obligation_id=duty.pk)
        listed = operations.decide_listing(listing_id=listing.pk, is_approved=True, reason="", by=chu, at=AT)
        assert listed.duty.origin.startswith("supervision:")
        refused("supervision.listed_already", lambda: propose(zhou, obligation_id=duty.pk))
        refused("", lambda: propose(zhou, obligation_id=duty.pk, unit="scjgj"), NotFound)

    def test_what_the_head_does_not_approve_stays_unknown(self, zhou, chu, wu):
        listing = propose(zhou)
        given = {"listing_id": listing.pk, "is_approved": False, "by": chu, "at": AT}
        refused("supervision.reason_missing", lambda: operations.decide_listing(reason=" ", **given))
        assert operations.decide_listing(reason="先发督办函", **given).state == "refused"
        assert not queries.listings_public().exists()
        refused("supervision.listing_stands_elsewhere", lambda: operations.decide_listing(reason="x", **given))


class TestCases:
    def test_an_exposed_unit_is_heard_before_the_head_approves(self, zhou, qin, chu, wang_min):
        case = draft(zhou)
        refused("supervision.own_draft", lambda: operations.review_case(case_id=case.pk, by=zhou, at=AT))
        reviewed = operations.review_case(case_id=case.pk, by=qin, at=AT)
        assert (reviewed.hearing.unit.code, reviewed.hearing.due_date) == ("scjgj", date(2026, 4, 7))
        refused("supervision.unit_not_heard", lambda: operations.publish_case(case_id=case.pk, by=chu, at=AT))
        operations.hear_unit(case_id=case.pk, statement="已整改，没有异议。", by=wang_min, at=AT)
        public = operations.publish_case(case_id=case.pk, by=chu, at=AT)
        shown = dict(public.disclosure.shown)
        assert "已整改，没有异议。" in shown.values()
        withdrawn = operations.drop_case(case_id=case.pk, reason="事实有出入", by=chu, at=AT)
        assert withdrawn.state == "withdrawn"
        assert disclosure.Withdrawal.objects.get(of=public.disclosure).reason == "事实有出入"
        refused(
            "supervision.case_stands_elsewhere",
            lambda: operations.drop_case(case_id=case.pk, reason="x", by=chu, at=AT),
        )

    def test_a_commendation_needs_a_second_person_and_the_head(self, zhou, qin, chu, li_qiang):
        case = draft(zhou, "commendation", title="一窗通办")
        refused("supervision.case_stands_elsewhere", lambda: operations.publish_case(case_id=case.pk, by=chu, at=AT))
        operations.review_case(case_id=case.pk, by=qin, at=AT)
        refused("supervision.not_your_post", lambda: operations.publish_case(case_id=case.pk, by=li_qiang, at=AT))
        assert operations.publish_case(case_id=case.pk, by=chu, at=AT).state == "published"
        assert queries.cases_public("commendation").count() == 1

    @pytest.mark.parametrize(
        ("code", "changed"),
        [("supervision.evidence_missing", {"evidence": " "}), ("supervision.only_counts_of_unit", {"unit": "fy"})],
    )
    def test_a_case_without_evidence_or_about_a_court_is_not_drafted(self, zhou, code, changed):
        refused(code, lambda: draft(zhou, **changed))


def test_the_pages_of_both_from_desk_to_public(example_county):
    def face(key: str) -> Client:
        client = Client()
        if key:
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    bureau, second, head, unit, citizen = (face(key) for key in ("zhou", "qin", "chu", "wang_min", ""))
    later = (clock.today() + timedelta(days=30)).isoformat()
    form = {"title": "许可证积压", "reason": "积压两百件", "level": "county", "unit": "scjgj", "deadline": later}
    bureau.post("/workbench/listed/propose/", form)
    listing = Listing.objects.get()
    public, desk = f"/supervision/listed/{listing.pk}/", f"/workbench/listed/{listing.pk}"
    assert citizen.get(public).status_code == 404
    assert "许可证积压" in head.get("/supervision/listed/").content.decode()
    assert head.post(f"{desk}/decide/", {"choice": "yes", "words": "同意"}).status_code == 302
    assert "许可证积压" in citizen.get("/supervision/listed/").content.decode()
    unit.post(f"{desk}/report/", {"choice": "yes", "words": "已清零"})
    assert "已清零" in citizen.get(public).content.decode()
    assert second.post(f"{desk}/verify/", {"choice": "yes", "words": "抽看了台账"}).status_code == 302
    assert "已摘牌" in citizen.get(public).content.decode()
    assert citizen.get("/supervision/listed/?format=xlsx").status_code == 200

    case = {"kind": "exposure", "title": "窗口空岗", "unit": "scjgj", "story": "两次无人", "evidence": "检查一号"}
    bureau.post("/workbench/typical-cases/draft/", case)
    made = TypicalCase.objects.get()
    address = f"/workbench/typical-cases/{made.pk}/"
    assert unit.get(address).status_code == 404
    second.post(f"{address}review/")
    assert "陈述意见" in unit.get(address).content.decode()
    unit.post(f"{address}hear/", {"words": "没有异议"})
    assert "批准，向社会公开" in head.get(address).content.decode()
    head.post(f"{address}publish/")
    assert "窗口空岗" in citizen.get("/supervision/cases/").content.decode()
    assert citizen.get("/api/v1/supervision/cases").json()[0]["statement"] == "没有异议"
    head.post(f"{address}drop/", {"words": "事实有出入"})
    assert "窗口空岗" not in citizen.get("/supervision/cases/").content.decode()
