"""The desk of the unit that acts, by what people see: list, case, deeds, papers, many at once, paper applications."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, CasePaper, SavedFilter
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.tests.factories import CHIEF, HELD, hand_in
from yingshang.kernel import clock, documents, org, parties, procedures, typesetting, work
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import Actor

DESK = "/workbench/cases/"


@pytest.fixture
def seats(example_county: Any) -> dict[str, Client]:
    """韩雪梅 at the window, 孙立 chief representative, 卫国 the head; 李强 of another unit, 吴桐 of none."""
    clients = {key: Client() for key in ("han", "sun", "wei", "li_qiang", "wu", "wang_min")}
    for key, client in clients.items():
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return clients


def words(answer: Any) -> str:
    """What people read on a page, without the markup."""
    text = re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style).*?</\1>", "", answer.content.decode()))
    return re.sub(r"\s+", "", text)


def hidden(answer: Any) -> dict[str, str]:
    """The version and the attempt that a page bears."""
    return dict(re.findall(r'name="(version|attempt)" value="([^"]*)"', answer.content.decode()))


def now_in(by: Actor, **more: Any) -> Case:
    return hand_in(by, at=clock.now(), **more)


def test_the_list_shows_the_most_urgent_first_in_a_fixed_number_of_queries(
    seats: dict[str, Client], zhao: Actor, django_assert_max_num_queries: Any
) -> None:
    first, second = now_in(zhao), now_in(zhao)
    operations.accept(case_id=first.pk, by=CHIEF, at=clock.now())
    with django_assert_max_num_queries(30) as few:
        shown = seats["han"].get(DESK)
    text = words(shown)
    assert text.index(second.number) < text.index(first.number), "the notice is due before the decision"
    for seen in ("赵兰（演示）", "1已接件", "3已受理", "个工作日", "起算", "最急的一件"):
        assert seen in text
    for _ in range(6):
        now_in(zhao)
    with django_assert_max_num_queries(len(few)):
        assert seats["han"].get(DESK).status_code == 200
    assert first.number in words(seats["han"].get(DESK, {"state": "review"}))
    assert second.number not in words(seats["han"].get(DESK, {"state": "review"}))
    assert "没有符合条件的办件" in words(seats["han"].get(DESK, {"due": "late"}))
    assert words(seats["han"].get(DESK, {"mine": "on", "tolerated": "on"}))
    assert seats["han"].get(DESK, {"format": "xlsx"}).headers["Content-Type"].endswith("sheet")
    assert first.number not in words(seats["li_qiang"].get(DESK))
    assert seats["wu"].get(DESK).status_code == 404
    for number in (first.number, "20260101-0000-0000"):
        assert seats["li_qiang"].get(f"{DESK}{number}/").status_code == 404
        assert seats["wu"].get(f"{DESK}{number}/").status_code == 404
    assert second.number in words(seats["han"].get("/workbench/"))


def test_a_scanned_receipt_opens_the_case_and_a_wrong_one_says_so(seats: dict[str, Client], zhao: Actor) -> None:
    case = now_in(zhao)
    answer = seats["han"].get(f"{DESK}scan/", {"q": f"https://example.test/status/?number={case.number}"})
    assert answer.headers["Location"] == f"{DESK}{case.number}/"
    wrong = seats["han"].get(f"{DESK}scan/", {"q": "20260101-0000-0000"})
    assert (wrong.status_code, "没有找到这件办件" in words(wrong)) == (404, True)
    assert seats["li_qiang"].get(f"{DESK}scan/", {"q": case.number}).status_code == 404
    assert seats["han"].get(f"{DESK}next/").headers["Location"] == f"{DESK}{case.number}/"
    assert seats["han"].get(f"{DESK}next/", {"behind": case.pk}, follow=True).redirect_chain[-1][0] == DESK


def test_a_filter_is_kept_shared_and_forgotten_by_its_maker_only(seats: dict[str, Client], zhao: Actor) -> None:
    seats["han"].post(f"{DESK}filters/", {"query": "state=submitted&x=1", "name": "待受理的", "is_shared": "on"})
    row = SavedFilter.objects.get()
    assert row.query == {"state": "submitted"}
    assert "待受理的" in words(seats["sun"].get(DESK))
    assert "待受理的" not in words(seats["li_qiang"].get(DESK))
    assert seats["sun"].post(f"{DESK}filters/{row.pk}/forget/").status_code == 404
    assert seats["han"].post(f"{DESK}filters/", {"query": "", "name": " "}).status_code == 409
    seats["han"].post(f"{DESK}filters/{row.pk}/forget/")
    assert not SavedFilter.objects.exists()


def test_the_case_page_explains_the_clock_checks_the_papers_and_prints_refusals(
    seats: dict[str, Client], zhao: Actor, django_assert_max_num_queries: Any
) -> None:
    case = now_in(zhao, papers=[Paper(key="floor-plan", given=Given.LATER), HELD])
    address = f"{DESK}{case.number}/"
    with django_assert_max_num_queries(60):
        text = words(seats["han"].get(address))
    for seen in (
        "期限是怎么算的",
        "起算的当天不算",
        "依据：",
        "申请人说好以后补交",
        "县市场监管局登记",
        "东湖小馆",
        "收件",
    ):
        assert seen in text
    assert "您的岗位不能办理“受理”" in words(seats["wang_min"].get(address))
    head = words(seats["han"].get(f"{address}do/accept-on-commitment/"))
    assert "现在不能办理" in head or "岗位" in head
    assert seats["han"].get(f"{address}do/nothing/").status_code == 404
    off = seats["han"].post(f"{DESK}keys/", {"back": "https://elsewhere.test/"})
    assert off.headers["Location"] == DESK
    assert "desk.js" not in seats["han"].get(address).content.decode()


def test_a_correction_is_previewed_told_once_and_its_notice_is_kept_for_the_applicant(
    seats: dict[str, Client], zhao: Actor
) -> None:
    case = now_in(zhao)
    address = f"{DESK}{case.number}/correction/"
    page, beside = seats["han"].get(address), seats["sun"].get(address)
    assert "常用语" in words(page)
    sent = hidden(page) | {"phrase-floor-plan": "《经营场所平面图》缺页或者看不清。", "what-form": "面积写错了"}
    empty = seats["han"].post(address, hidden(page))
    assert (empty.status_code, "需要补正的全部内容" in words(empty)) == (409, True)
    seen = seats["han"].post(f"{address}preview/", sent)
    assert seen.content.startswith(b"%PDF")
    assert Case.objects.get().state == "submitted"
    assert "已一次性告知补正" in words(seats["han"].post(address, sent, follow=True))
    case = Case.objects.get()
    assert [each["what"] for each in case.correction_notice.defects] == [
        "《经营场所平面图》缺页或者看不清。",
        "面积写错了",
    ]
    judged = list(case.materials.order_by("pk").values_list("key", "verdict", "remark"))
    assert judged == [
        ("floor-plan", "defect", "《经营场所平面图》缺页或者看不清。"),
        *((key, "fits", "") for key, _, _ in judged[1:]),
    ]
    assert "需补正：《经营场所平面图》缺页或者看不清。" in words(seats["han"].get(f"{DESK}{case.number}/"))
    asked = Client().post("/status/", {"number": case.number, "secret": queries.secret_of(case.number)})
    assert "需补正1" in words(asked) and "看不清" not in words(asked)
    paper = CasePaper.objects.get(case=case, kind="correction")
    assert (paper.document.party, paper.document.unit.code) == (zhao.party, "scjgj")
    entries = Entry.objects.count()
    again = seats["sun"].post(address, hidden(beside) | {"what-form": "还有一处"})
    assert again.status_code == 409
    assert "还有一处" in again.content.decode(), "nothing typed is lost"
    assert (Entry.objects.count(), CasePaper.objects.count()) == (entries, 1)
    taken = seats["han"].get(f"{DESK}{case.number}/do/corrected/")
    done = hidden(taken) | {"keys": "floor-plan"}
    seats["han"].post(f"{DESK}{case.number}/do/corrected/", done)
    assert "只能告知一次" not in words(seats["han"].get(address)), "it was told once"


def test_of_two_clerks_the_second_sees_who_was_first_and_keeps_what_was_typed(
    seats: dict[str, Client], zhao: Actor
) -> None:
    case = now_in(zhao)
    address = f"{DESK}{case.number}/do/"
    accept, decline = seats["han"].get(f"{address}accept/"), seats["sun"].get(f"{address}decline/")
    seats["han"].post(f"{address}accept/", hidden(accept))
    typed = hidden(decline) | {"reason": "不属于本单位职权范围", "remedy": "可以复议"}
    second = seats["sun"].post(f"{address}decline/", typed)
    text = words(second)
    assert second.status_code == 409
    for seen in ("韩雪梅", "受理", "不属于本单位职权范围", "刚才有人先办理了这件"):
        assert seen in text
    assert Case.objects.get().state == "accepted"
    assert CasePaper.objects.get().kind == "accepted"
    twice = seats["han"].post(f"{address}accept/", hidden(accept), follow=True)
    assert (twice.status_code, CasePaper.objects.count()) == (200, 1)


def test_a_case_goes_from_the_window_to_the_decision_with_its_papers(seats: dict[str, Client], zhao: Actor) -> None:
    case = now_in(zhao)
    address = f"{DESK}{case.number}/do/"

    def do(who: str, deed: str, **sent: str) -> str:
        page = seats[who].get(f"{address}{deed}/")
        assert page.status_code == 200, words(page)
        return words(seats[who].post(f"{address}{deed}/", hidden(page) | sent, follow=True))

    assert "已办理：受理" in do("han", "accept")
    assert {*case.materials.values_list("verdict", flat=True)} == {"fits"}
    do("sun", "stop-clock", key=_first_pause(case), notice="已书面告知，预计五个工作日")
    paused = words(seats["sun"].get(f"{DESK}{case.number}/"))
    assert "停止计时" in paused
    do("sun", "resume", key=_first_pause(case), on=(clock.today() + timedelta(days=1)).isoformat())
    assert "已办理" in do("sun", "ask-extension", reason="需要专家复核")
    assert "已办理" in do("wei", "approve-extension", approved="yes", answer="同意")
    while Case.objects.get().state != "deciding":
        do("sun", "advance", opinion="符合要求")
    faulty = seats["sun"].post(f"{address}refuse/", {"reason": "", "remedy": ""})
    assert (faulty.status_code, "请填写理由" in words(faulty)) == (422, True)
    do("sun", "grant", content="热食类食品制售")
    assert "证照还没有颁发" in words(seats["han"].post(f"{address}deliver/", {"how": "window"}))
    shown = words(seats["sun"].get(f"{DESK}{case.number}/"))
    for seen in ("受理通知书（PDF）", "准予决定书（PDF）", "颁发证照", "延长"):
        assert seen in shown
    assert "请核对证照上要印的内容" in words(seats["sun"].get(f"{address}license/"))
    revoked = do("wei", "revoke", reason="以欺骗手段取得", remedy="可以复议")
    assert "撤销决定书（PDF）" in revoked


def _first_pause(case: Case) -> str:
    return next(iter(procedures.frozen(case.dossier.procedure).pauses))


def test_several_are_accepted_at_once_each_by_itself_and_what_was_refused_is_said(
    seats: dict[str, Client], zhao: Actor
) -> None:
    cases = [now_in(zhao) for _ in range(3)]
    numbers = [case.number for case in cases]
    address = f"{DESK}many/accept/"
    assert (seats["han"].post(address, {"numbers": numbers}).status_code) == 422
    preview = words(seats["han"].post(address, {"numbers": numbers, "reason": "逐件核对齐全"}))
    assert "批量受理：3件" in preview
    assert Case.objects.filter(state="submitted").count() == 3
    refused = words(seats["wang_min"].post(address, {"numbers": numbers, "reason": "齐全", "sure": "1"}))
    assert "办成0件，共3件" in refused
    assert "您的岗位不能办理“受理”" in refused
    done = words(seats["han"].post(address, {"numbers": numbers[:2], "reason": "逐件核对齐全", "sure": "1"}))
    assert "办成2件，共2件" in done
    assert CasePaper.objects.filter(kind="accepted").count() == 2
    assert Entry.objects.filter(kind="cases.done_together").count() == 2
    assert seats["han"].get(f"{DESK}many/decide/").status_code == 404
    assert "没有可以这样办理" in words(seats["han"].get(f"{DESK}many/deliver/"))


def test_a_paper_application_keeps_its_true_day_of_receipt(seats: dict[str, Client]) -> None:
    assert "食品经营许可" in words(seats["han"].get(f"{DESK}enter/"))
    address = f"{DESK}enter/food-business/"
    assert seats["wei"].get(address).status_code == 404
    page = seats["han"].get(address)
    received = clock.today() - timedelta(days=1)
    sent = hidden(page) | {
        "kind": "person",
        "name": "钱六（演示）",
        "code": "11010519491231002X",
        "channel": "window",
        "received_on": received.isoformat(),
        "received_time": "09:30",
        "paper_no": "窗收第7号",
        "situation-business": "shop",
        "paper-floor-plan": "1",
        "f.shop_name": "西湖小馆（演示）",
    }
    wrong = seats["han"].post(address, sent | {"code": "110105194912310021"})
    assert (wrong.status_code, "校验位对不上" in words(wrong)) == (422, True)
    assert "西湖小馆" in wrong.content.decode(), "nothing typed is lost"
    late = seats["han"].post(address, sent)
    assert (late.status_code, "补录要写明" in words(late)) == (422, True)
    assert "已收件" in words(seats["han"].post(address, sent | {"because": "当天停电"}, follow=True))
    case = Case.objects.get()
    assert clock.beijing_date(case.received_at) == received
    limits = work.Obligation.objects.filter(dossier=case.dossier_id, clock__isnull=False)
    assert {one.clock.started_on for one in limits.select_related("clock") if one.clock} == {received}
    assert (case.paper_no, case.answers["shop_name"]) == ("窗收第7号", "西湖小馆（演示）")
    assert seats["han"].get(f"{DESK}scan/", {"q": "窗收第7号"}).headers["Location"].endswith(f"{case.number}/")
    other = hidden(seats["han"].get(address))
    same = sent | {"because": "当天停电", "paper_no": "", "name": "别的人"} | other
    assert "已经登记在另一个名称下" in words(seats["han"].post(address, same))


def test_the_papers_are_seen_beside_the_checklist_and_only_by_those_who_may(
    seats: dict[str, Client], zhao: Actor
) -> None:
    kept = documents.keep(
        io.BytesIO(typesetting.pdf(typesetting.Form(title="平面图"))),
        name="平面图.pdf",
        media_type="application/pdf",
        subject="draft:1",
        by=zhao,
        at=clock.now(),
        audience=operations.audience_of_files(parties.party(zhao.party), "scjgj"),
    )
    case = now_in(zhao, papers=[Paper(key="floor-plan", given=Given.FILE, document=kept.pk), HELD])
    address = f"{DESK}{case.number}/"
    assert "看平面图.pdf" in words(seats["han"].get(address))
    picture = seats["han"].get(f"{address}look/{kept.pk}/1.png")
    assert picture.content.startswith(b"\x89PNG")
    assert seats["han"].get(f"{address}look/{kept.pk}/2.png").status_code == 404
    assert seats["li_qiang"].get(f"{address}look/{kept.pk}/1.png").status_code == 404
    opened = Entry.objects.filter(kind="documents.opened", subject=f"document:{kept.pk}")
    assert opened.count() == 2, "every look is recorded, also one behind the last page"


def test_the_figures_of_the_unit_stand_beside_their_drawing(
    seats: dict[str, Client], zhao: Actor, django_assert_max_num_queries: Any
) -> None:
    now_in(zhao)
    with django_assert_max_num_queries(45):
        shown = seats["han"].get(f"{DESK}measures/")
    for seen in ("按时办结率", "用时中位数", "补正率", "食品经营许可"):
        assert seen in words(shown)
    assert "<svg" in shown.content.decode()
    for month in ("0001-01", "9999-12", "x"):
        assert seats["han"].get(f"{DESK}measures/", {"month": month}).status_code == 200
    assert seats["han"].get(f"{DESK}measures/", {"format": "xlsx"}).status_code == 200
    assert seats["wu"].get(f"{DESK}measures/").status_code == 404
