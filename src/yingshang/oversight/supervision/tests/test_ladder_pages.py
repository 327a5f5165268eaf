"""The pages of the ladder: the supervisor's morning, the unit's inbox, the citizen's list."""

from datetime import date, timedelta

import pytest

from yingshang.kernel import clock, documents, org, work
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.supervision import operations
from yingshang.oversight.supervision.models import Answer, Digest, DigestItem, Letter


@pytest.fixture
def late_now(example_county):
    """Duties of two units that are red today; the county's own plan, whatever the day, is left out."""
    work.Obligation.objects.update(is_watched=False)
    at, due = clock.now() - timedelta(days=90), clock.today() - timedelta(days=30)
    owed = [("完成第1项任务", "scjgj"), ("完成第2项任务", "scjgj"), ("完成第3项任务", "sfj")]
    return [
        work.owe(kind="plan_tasks.carry_out", title=title, unit=unit, due_date=due, source="第1项", by=SYSTEM, at=at)
        for title, unit in owed
    ]


@pytest.fixture
def browse(client):
    """A browser that logs in as anybody of the cast."""

    def as_face(face):
        client.post(f"/demo/{org.demo_pseudonym(face)}/")
        return client

    return as_face


def text_of(answer):
    return answer.content.decode()


def test_the_supervisor_looks_holds_back_and_confirms_and_the_unit_answers(
    browse, late_now, django_assert_max_num_queries
):
    zhou = browse("zhou")
    assert "督办没有启动" not in text_of(zhou.get("/workbench/supervision/"))
    page = text_of(zhou.post("/workbench/supervision/digests/make/", follow=True))
    assert "县市场监管局" in page and "催办通知：2件" in page and "确认清单，发出2份文书" in page
    with django_assert_max_num_queries(40):
        zhou.get("/workbench/supervision/")
    item = DigestItem.objects.get(obligation=late_now[1])
    assert zhou.post(f"/workbench/supervision/items/{item.pk}/", {"reason": ""}).status_code == 422
    zhou.post(
        f"/workbench/supervision/items/{item.pk}/", {"reason": "本周验收", "until": clock.today() + timedelta(days=9)}
    )
    assert "已暂缓" in text_of(zhou.get("/workbench/supervision/"))
    zhou.post(f"/workbench/supervision/items/{item.pk}/put-back/")
    digest = Digest.objects.get()
    done = zhou.post(f"/workbench/supervision/digests/{digest.pk}/confirm/", follow=True)
    assert "发出2份文书" in text_of(done)
    letter = Letter.objects.get(unit__code="scjgj")
    assert letter.pdf.media_type == "application/pdf"
    assert {one.unit.code for one in documents.models.Delivery.objects.filter(document=letter.pdf)} == {"scjgj"}
    assert zhou.get("/workbench/supervision/letters/?format=xlsx").status_code == 200
    assert zhou.get("/workbench/supervision/matters/?format=xlsx").status_code == 200
    matter = letter.climbs.first().supervision
    assert "第1级" in text_of(zhou.get(f"/workbench/supervision/matters/{matter.pk}/"))

    wang = browse("wang_min")
    assert letter.no in text_of(wang.get("/workbench/"))
    assert letter.no in text_of(wang.get("/workbench/letters/"))
    assert letter.no in text_of(wang.get("/workbench/unit/scjgj/"))
    paper = wang.get(f"/documents/{letter.pdf_id}/file")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert wang.get(f"/workbench/letters/{Letter.objects.get(unit__code='sfj').pk}/").status_code == 404
    assert wang.get("/workbench/supervision/").status_code == 409
    assert wang.post(f"/workbench/letters/{letter.pk}/answer/", {"text": ""}).status_code == 422
    answered = wang.post(f"/workbench/letters/{letter.pk}/answer/", {"text": "下周完成。"}, follow=True)
    assert "答复已按期提交" in text_of(answered)
    assert "没有待答复的督办文书" in text_of(wang.get("/workbench/unit/scjgj/"))
    assert "30日内决定" in text_of(
        wang.post(f"/workbench/letters/{letter.pk}/object/", {"text": "有一件已办结。"}, follow=True)
    )
    zhou = browse("zhou")
    assert zhou.post(f"/workbench/letters/{letter.pk}/review/", {"decision": "no"}).status_code == 422
    returned = {"decision": "no", "reason": "没有写日期"}
    assert "没有写日期" in text_of(zhou.post(f"/workbench/letters/{letter.pk}/review/", returned, follow=True))
    assert Answer.objects.get().state == "returned"
    qin = browse("qin")
    decided = {"decision": "yes", "reason": "经查属实"}
    assert "更正通知待签发" in text_of(qin.post(f"/workbench/letters/{letter.pk}/objection/", decided, follow=True))
    correction = Letter.objects.get(kind="correction")
    zhou = browse("zhou")
    assert "示营更" in text_of(zhou.post(f"/workbench/letters/{correction.pk}/correct/", follow=True))
    assert "划去" in text_of(zhou.get(f"/workbench/letters/{letter.pk}/"))


def test_a_circular_is_read_approved_issued_sealed_and_only_then_public(browse, bureau, late):
    for month, day in [(3, 16), (3, 20), (3, 30)]:
        bureau.send(month, day)
    bureau.approve(bureau.send(4, 8)[0], 4, 8)
    [circular] = bureau.send(4, 24)
    address = f"/workbench/letters/{circular.pk}"
    zhou = browse("zhou")
    words = {"opening": "现予通报。", "demand": "请整改。", "public_text": "县市场监管局一件事项超期未办结。"}
    assert "已保存" in text_of(zhou.post(f"{address}/draft/", words, follow=True))
    assert zhou.post(f"{address}/decide/", {"decision": "yes"}).status_code == 409
    assert "等待下一步审批" in text_of(browse("qin").post(f"{address}/decide/", {"decision": "yes"}, follow=True))
    chu = browse("chu")
    assert "已发出" in text_of(chu.post(f"{address}/decide/", {"decision": "yes"}, follow=True))
    assert "已盖章" in text_of(chu.post(f"{address}/seal/", follow=True))
    assert "还没有公开的通报" in text_of(chu.get("/supervision/circulars/"))
    assert "公开部分已公开" in text_of(browse("zhou").post(f"{address}/publish/", follow=True))
    public = browse("wu")
    assert "关于县市场监管局有关事项办理情况的通报" in text_of(public.get("/supervision/circulars/"))
    circular.refresh_from_db()
    shown = text_of(public.get(f"/disclosures/{circular.disclosure_id}/"))
    assert "县市场监管局一件事项超期未办结。" in shown and "完成第1项任务" not in shown


def test_without_an_authority_the_page_says_that_nothing_has_started(browse, example_county):
    from yingshang.oversight.supervision.models import Authority

    Authority.objects.update(ended_on=date(2026, 1, 1), ended_by="test", ended_reason="test")
    zhou = browse("zhou")
    assert "督办没有启动" in text_of(zhou.get("/workbench/"))
    assert "第七条" in text_of(zhou.get("/workbench/supervision/"))
    assert zhou.post("/workbench/supervision/digests/make/").status_code == 409
    assert operations.send_waiting(at=clock.now()) == (0, 0)
