"""Chapter 1: a notice comes in, a unit plans its part, a stage slips, the ladder, the answer, the public page."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from yingshang.kernel import org, work
from yingshang.oversight.plan_tasks import operations as plan
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Delivery, Duty
from yingshang.oversight.plan_tasks.rules import Goal, GoalKind, StagePlan
from yingshang.oversight.supervision import operations as supervision
from yingshang.oversight.supervision.operations import Upload as Paper
from yingshang.site.story.scene import Act, Chapter, Scene

PLAN = "story"
TASK = "编制涉企证明事项取消清单，向社会公布。"
NOTICE = """关于印发《{county}优化营商环境专项行动方案（演示）》的通知

演示发〔{year}〕1号

县司法局，县市场监管局，县发改局：
现将《{county}优化营商环境专项行动方案（演示）》印发给你们，请认真贯彻执行。

{county}优化营商环境领导小组办公室（演示）
{year}年{month}月{day}日

{county}优化营商环境专项行动方案（演示）

一、优化政务服务（总牵头单位：县营商环境建设监督局）
1.{task}（责任单位：县司法局）
"""
PAPER = b"%PDF-1.4\n% demo\n%%EOF\n"
STARTED, FINISHED, PROMISED = 8, 15, 27
"""Working days of the story: the first stage begins, should be done, and is promised at last."""


def bring_in_the_notice(scene: Scene) -> str:
    day = scene.on
    text = NOTICE.format(county=org.county().name, year=day.year, month=day.month, day=day.day, task=TASK)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.txt"
        path.write_text(text, encoding="utf-8")
        reading = plan.read_notice(path=path, file_name="专项行动方案（演示）.txt", by=scene.by, at=scene.at)
    plan.keep_findings(reading_id=reading.pk, by=scene.by, at=scene.at)
    plan.confirm_reading(reading_id=reading.pk, by=scene.by, at=scene.at)
    edition = plan.publish_edition(reading_id=reading.pk, plan_code=PLAN, by=scene.by, on=day, at=scene.at)
    signed = queries.signed_of(edition)
    return f"导入并发布通知“{edition.notice_title}”，同时送达{signed.delivered}个单位，要求签收。"


def open_and_sign(scene: Scene) -> str:
    waiting = _delivery(scene.act.unit)
    plan.open_delivery(delivery_id=waiting.pk, by=scene.by, at=scene.at)
    signed = plan.sign_delivery(delivery_id=waiting.pk, by=scene.by, at=scene.at)
    due = signed.obligation.due_date
    late = due is not None and scene.on > due
    return f"打开通知并签收，{'比签收期限晚了' if late else '在签收期限之内'}。"


def look_who_has_not_read(scene: Scene) -> str:
    rows = queries.delivery_rows(queries.deliveries_of(queries.edition_in_force(PLAN)), scene.on)
    unread = [row.unit_name for row in rows if not row.signed_at]
    return f"查看签收情况：{len(rows) - len(unread)}个单位已签收，{'、'.join(unread)}还没有打开通知，请抓紧。"


def file_a_vague_sub_plan(scene: Scene) -> str:
    begun = plan.start_work_plan(obligation_id=_duty().obligation_id, by=scene.by, on=scene.on, at=scene.at)
    draft = queries.edition_in_hand(begun)
    assert draft is not None  # just begun
    words, source = "清单经局务会通过", "会议纪要"
    stage = StagePlan(
        0,
        "梳理证明事项",
        Goal(GoalKind.YES_NO, words, source),
        scene.workday(STARTED),
        scene.workday(FINISHED),
        "法制股",
    )
    plan.write_stage(edition_id=draft.pk, stage=stage, by=scene.by, at=scene.at)
    scene.kept["edition"] = draft.pk
    filing = plan.file_edition(edition_id=draft.pk, by=scene.by, on=scene.on, at=scene.at)
    scene.kept["filing"] = filing.pk
    return f"报备第1项任务的子方案：1个阶段，{stage.finish_on:%Y-%m-%d}前完成。"


def return_it(scene: Scene) -> str:
    reasons = "只有梳理，没有公布。请补上向社会公布的阶段和时间。"
    plan.return_filing(filing_id=scene.kept["filing"], reasons=reasons, by=scene.by, on=scene.on, at=scene.at)
    return f"退回子方案：{reasons}"


def file_it_again(scene: Scene) -> str:
    edition = queries.edition_with(scene.kept["edition"])
    first = queries.stages_of(edition)[0]
    published = StagePlan(
        0,
        "公布取消清单",
        Goal(GoalKind.DATE, "清单在政府网站公布", "网页地址", target_date=scene.workday(PROMISED + 10)),
        scene.workday(FINISHED + 1),
        scene.workday(PROMISED + 10),
        "法制股",
    )
    added = plan.write_stage(edition_id=edition.pk, stage=published, by=scene.by, at=scene.at)
    plan.set_dependencies(stage_id=added.pk, follows=[first.pk], by=scene.by, at=scene.at)
    filing = plan.file_edition(edition_id=edition.pk, by=scene.by, on=scene.on, at=scene.at)
    scene.kept["filing"] = filing.pk
    return "补上公布阶段后再次报备：先梳理，再公布。"


def accept_it(scene: Scene) -> str:
    edition = plan.accept_filing(filing_id=scene.kept["filing"], by=scene.by, on=scene.on, at=scene.at)
    stages = queries.stages_of(edition)
    scene.kept["stage"] = stages[0].pk
    return f"备案子方案，{len(stages)}个阶段从今天起计时。"


def sign_the_letter(scene: Scene) -> str:
    letter = plan.sign_letter(
        edition_id=queries.edition_with(scene.kept["edition"]).pk, by=scene.by, on=scene.on, at=scene.at
    )
    return f"以主要负责人身份签署责任书{letter.number}，盖章存档。"


def make_the_digest(scene: Scene) -> str:
    digest = supervision.sweep_and_make(on=scene.on, by=scene.by, at=scene.at)
    scene.kept["digest"] = digest.pk
    lamp = work.lamp(_stage_duty(scene), scene.on)
    color = {"yellow": "黄灯", "red": "红灯"}.get(lamp.color, "")
    return f"汇总当日督办清单：“梳理证明事项”到期没有销号，亮{color}。"


def confirm_the_digest(scene: Scene) -> str:
    letters = supervision.confirm_digest(digest_id=scene.kept["digest"], by=scene.by, at=scene.at)
    letter = next(each for each in letters if each.bearer.code == "sfj")
    scene.kept.setdefault("letters", []).append(letter.pk)
    return f"核对后确认清单，发出{letter.get_kind_display()}{letter.no}。"


def answer(scene: Scene) -> str:
    promised, text = scene.workday(PROMISED), "部分乡镇报送不齐，已派人上门核对。"
    for letter_id in scene.kept["letters"]:
        paper = Paper(io.BytesIO(PAPER), "核对进展.pdf", "application/pdf")
        given = supervision.answer_letter(
            letter_id=letter_id, text=text, promised_on=promised, evidence=paper, by=scene.by, at=scene.at
        )
        scene.kept["answer"] = given.pk
    return f"答复督办单，补答催办通知：{text}承诺{promised:%Y-%m-%d}前完成。"


def accept_the_answer(scene: Scene) -> str:
    supervision.accept_answer(answer_id=scene.kept["answer"], by=scene.by, at=scene.at)
    return "认可答复，承诺日之前不再升级；事情没办完，灯照亮。"


def see_it_red(scene: Scene) -> str:
    work.sweep_overdue(scene.at)
    lamp = work.lamp(_stage_duty(scene), scene.on)
    return f"“梳理证明事项”{'转为红灯' if lamp.color == 'red' else '仍未销号'}，记入十二个月的亮灯历史。"


def ask_for_sign_off(scene: Scene) -> str:
    paper = plan.Upload(stream=io.BytesIO(PAPER), name="会议纪要.pdf", media_type="application/pdf")
    told = plan.Told(words="清单经局务会通过", upload=paper)
    plan.ask_sign_off(stage_id=scene.kept["stage"], told=told, by=scene.by, on=scene.on, at=scene.at)
    return "完成梳理，附会议纪要申请销号。"


def sign_off(scene: Scene) -> str:
    plan.sign_off_stage(stage_id=scene.kept["stage"], words="清单属实", by=scene.by, on=scene.on, at=scene.at)
    ended = supervision.settle(on=scene.on, by=scene.by, at=scene.at)
    return f"核对后销号，{ended.ended}件督办随之办结；这个月的红灯留在历史里，不会抹掉。"


def look_at_the_public_page(scene: Scene) -> str:
    edition = queries.edition_in_force(PLAN)
    tallies = queries.tallies_of(edition).values()
    owed, done = sum(each.owed for each in tallies), sum(each.fulfilled for each in tallies)
    signed = queries.signed_of(edition)
    return f"打开公开页面 /plans/{PLAN}/：通知已由{signed.signed}个单位签收，应报{owed}件、已报{done}件。"


def _delivery(unit: str) -> Delivery:
    return Delivery.objects.get(edition=queries.edition_in_force(PLAN), unit__code=unit)


def _duty() -> Duty:
    return Duty.objects.select_related("obligation").get(task__edition__plan__code=PLAN, unit__code="sfj")


def _stage_duty(scene: Scene) -> work.Obligation:
    obligation = queries.stage_with(scene.kept["stage"]).obligation
    assert obligation is not None  # an accepted stage is owed
    return work.Obligation.objects.select_related("clock").get(pk=obligation.pk)


CHAPTER = Chapter(
    "plan_at_work",
    "方案落地：从通知到销号",
    [
        Act(0, "zhou", "ysj", bring_in_the_notice),
        Act(1, "li_qiang", "sfj", open_and_sign, 10),
        Act(1, "wang_min", "scjgj", open_and_sign, 15),
        Act(4, "zhou", "ysj", look_who_has_not_read),
        Act(4, "shen", "fgj", open_and_sign, 11),
        Act(5, "li_qiang", "sfj", file_a_vague_sub_plan),
        Act(6, "zhou", "ysj", return_it),
        Act(7, "li_qiang", "sfj", file_it_again),
        Act(8, "zhou", "ysj", accept_it),
        Act(9, "jiang", "sfj", sign_the_letter),
        Act(16, "", "", make_the_digest, 8),
        Act(16, "zhou", "ysj", confirm_the_digest),
        Act(20, "", "", make_the_digest, 8),
        Act(20, "zhou", "ysj", confirm_the_digest),
        Act(21, "li_qiang", "sfj", answer),
        Act(21, "zhou", "ysj", accept_the_answer, 15),
        Act(26, "", "", see_it_red, 8),
        Act(26, "li_qiang", "sfj", ask_for_sign_off, 16),
        Act(27, "zhou", "ysj", sign_off),
        Act(27, "wu", "", look_at_the_public_page, 12),
    ],
)
