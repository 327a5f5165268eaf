"""Chapter 2: a plan is drawn under the sealed draw, one visit is paid, and every visit that must not be is stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yingshang.conduct.inspections import api as inspections
from yingshang.conduct.inspections.api import Crew, Inspector, Target, Visit
from yingshang.kernel import draws, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.methods import draw as method
from yingshang.site.story.scene import Act, Chapter, Scene

DIGITS = "27182818284590452353"
ITEM, UNLISTED = "X06", "X99"
RATIOS = {"A": "5/100", "B": "20/100", "C": "60/100", "D": "1/1"}
"""Five visits for seven inspectors: nobody waits for a second turn before all had a first, so each has one."""
VISITED = 2
"""Working day of the story on which the drawn visits are paid."""


def harassed() -> inspections.Target:
    """Return the enterprise of the demo whose owner has a face of her own: the unlawful visits go there."""
    return inspections.Target.objects.get(is_demo=True, party__isnull=False)


def draft_the_plan(scene: Scene) -> str:
    year = scene.workday(VISITED).year
    plan = inspections.draft_plan(year=year, by=scene.by, at=scene.at)
    task = inspections.Task(
        title="餐饮经营抽查（演示）",
        items=[ITEM],
        tags=["food"],
        ratios=RATIOS,
        first=max(scene.on, date(year, 1, 1)),
        last=date(year, 12, 31),
    )
    line = inspections.add_line(plan_id=plan.pk, task=task, by=scene.by, at=scene.at)
    inspections.submit_plan(plan_id=plan.pk, by=scene.by, at=scene.at)
    scene.kept |= {"plan": plan.pk, "line": line.pk}
    return "拟订年度抽查计划，报主要负责人批准。"


def approve_the_plan(scene: Scene) -> str:
    inspections.decide_plan(plan_id=scene.kept["plan"], approve=True, by=scene.by, at=scene.at)
    return "批准计划。计划是谁拟订的，谁不能批准。"


def publish_the_plan(scene: Scene) -> str:
    inspections.publish_plan(plan_id=scene.kept["plan"], by=scene.by, at=scene.at)
    return f"公示计划，人人可以看：/inspections/plans/{scene.kept['plan']}/。"


def seal_the_draw(scene: Scene) -> str:
    batch = inspections.seal_batch(
        line_id=scene.kept["line"],
        visits_from=scene.workday(VISITED),
        visits_to=scene.workday(VISITED),
        by=scene.by,
        at=scene.at,
    )
    scene.kept |= {"batch": batch.pk, "serial": int(batch.serial)}
    return (
        f"封存第{batch.serial}号摇号：{sum(batch.pool_counts.values())}户的名录、比例和规则先定死，随机数还没有产生。"
    )


def sign_the_ledger(scene: Scene) -> str:
    signed = ledger.checkpoint(at=scene.at)
    return f"账本签名，共{signed.size}条；从此改一个字都看得出来。"


def throw_the_dice(scene: Scene) -> str:
    draws.add_dice(serial=scene.kept["serial"], digits=DIGITS, by=scene.by, at=scene.at)
    return f"当众掷二十颗骰子：{DIGITS}。"


def witness_the_dice(scene: Scene) -> str:
    draws.confirm_dice(serial=scene.kept["serial"], digits=DIGITS, by=scene.by, at=scene.at)
    return "在现场见证，核对数字无误。"


def draw_and_plan(scene: Scene) -> str:
    draws.run(serial=scene.kept["serial"], by=scene.by, at=scene.at)
    taken = inspections.take_over(batch_id=scene.kept["batch"], by=scene.by, at=scene.at)
    mine = inspections.visits_of_inspector(scene.by, scene.on).filter(batch=scene.kept["batch"])
    scene.kept["visit"] = mine[0].public_id
    return f"抽取，{taken.planned}户各安排一次检查，检查人员也是抽出来的。"


def come_too_early(scene: Scene) -> str:
    visit = _visit(scene)
    return _stopped(lambda: _scan(scene, visit.target.code), "提前上门")


def knock_at_the_wrong_door(scene: Scene) -> str:
    other = Target.objects.exclude(pk=_visit(scene).target_id).order_by("code")[0]
    return _stopped(lambda: _scan(scene, other.code), "走进另一家企业")


def inspect(scene: Scene) -> str:
    visit = _visit(scene)
    _scan(scene, visit.target.code)
    points = inspections.points_of([item.item_code for item in inspections.items_of(visit)], visit.planned_on)
    marks = [inspections.Marked(each.item, each.place, each.question, True) for each in points]
    sheet = inspections.Sheet(scheme="b", codes=["1"], marks=marks)
    inspections.record_visit(public_id=visit.public_id, sheet=sheet, attempt="story", by=scene.by, at=scene.at)
    return f"扫{visit.target.name}的企业码入企，查了{len(points)}项，都符合。"


def publish_the_result(scene: Scene) -> str:
    visit = inspections.publish_results(public_id=scene.kept["visit"], by=scene.by, at=scene.at)
    return f"公示{visit.target.name}的检查结果。"


def inspect_what_is_not_published(scene: Scene) -> str:
    return _stopped(
        lambda: inspections.plan_visit(
            kind=Visit.Kind.ROUTINE,
            target=harassed(),
            items=[UNLISTED],
            lead_unit=org.unit(scene.act.unit),
            crew=_crew(scene),
            planned_on=scene.on,
            by=scene.by,
            at=scene.at,
        ),
        "安排检查没有公布的事项",
    )


def inspect_without_approval(scene: Scene) -> str:
    permission = inspections.ask_permission(
        target_code=harassed().code, kind="case", items=[ITEM], cause="other", reason="看看。", by=scene.by, at=scene.at
    )
    crew = [inspector.pk for inspector, _ in _crew(scene)]
    return _stopped(
        lambda: inspections.arrange_visit(
            permission_id=permission.pk, inspectors=crew, planned_on=scene.on, by=scene.by, at=scene.at
        ),
        "没等批准就安排检查",
    )


def raise_the_alarm(scene: Scene) -> str:
    alarm = inspections.raise_alarm(
        code=harassed().code,
        unit="scjgj",
        what="有人不扫码、不出示通知书就要查后厨。",
        happened_on=scene.on,
        by=scene.by,
        at=scene.at,
    )
    scene.kept["alarm"] = alarm.pk
    return f"在企业码页面反映：{alarm.what}{alarm.unit.short_name}须在期限内说明，监督部门同时看到。"


def explain_it(scene: Scene) -> str:
    said = "经查属实，检查没有批准，已责令纠正并向企业道歉。"
    inspections.explain_alarm(alarm_id=scene.kept["alarm"], explanation=said, by=scene.by, at=scene.at)
    return f"说明：{said}"


def look_at_what_was_stopped(scene: Scene) -> str:
    stopped = inspections.stops_about("")
    waiting = [each for each in inspections.alarms_about("") if each.explained_at is None]
    return (
        f"查看被制止的检查{len(stopped)}次，每次都记着谁、什么时候、违反哪一条；企业反映还有{len(waiting)}件没有说明。"
    )


def reveal_the_draw(scene: Scene) -> str:
    draws.reveal(serial=scene.kept["serial"], by=scene.by, at=scene.at)
    return f"公布第{scene.kept['serial']}号摇号的全部文件。"


def verify_it_oneself(scene: Scene) -> str:
    file = draws.published(scene.kept["serial"])
    signed = ledger.latest()
    assert signed is not None  # signed in the act before
    scene.kept["found"] = method.verify(file, key=signed.key)
    broken = file.replace(DIGITS.encode(), (DIGITS[:-1] + "8").encode())
    scene.kept["fraud"] = method.verify(broken, key=signed.key)
    verdict = "对得上，没有人动过手脚" if not scene.kept["found"] else scene.kept["found"][0].said
    return f"下载文件自己核验：{verdict}。把骰子改一个数字再验：{scene.kept['fraud'][0].said}"


def _visit(scene: Scene) -> Visit:
    return inspections.visit_with(scene.kept["visit"])


def _scan(scene: Scene, code: str) -> Visit:
    return inspections.start_visit(public_id=scene.kept["visit"], code=code, by=scene.by, at=scene.at)


def _crew(scene: Scene) -> list[tuple[Inspector, str]]:
    found = inspections.inspectors_on(scene.on, units=[scene.act.unit]).select_related("unit")[:2]
    return list(zip(found, (Crew.Role.LEAD, Crew.Role.COMPANION), strict=True))


def _stopped(deed: Callable[[], object], what: str) -> str:
    try:
        deed()
    except Refusal as refused:
        return f"{what}，被系统制止：{refused.reason}（{refused.source}）"
    raise AssertionError(f"nothing stopped: {what}")


CHAPTER = Chapter(
    "draws_and_inspections",
    "公开摇号，阳光检查",
    [
        Act(0, "han", "scjgj", draft_the_plan),
        Act(0, "wei", "scjgj", approve_the_plan, 10),
        Act(0, "wang_min", "scjgj", publish_the_plan, 11),
        Act(0, "wang_min", "scjgj", seal_the_draw, 14),
        Act(0, "", "", sign_the_ledger, 15),
        Act(0, "wang_min", "scjgj", throw_the_dice, 16),
        Act(0, "jiang", "sfj", witness_the_dice, 17),
        Act(0, "wang_min", "scjgj", draw_and_plan, 18),
        Act(1, "wang_min", "scjgj", come_too_early),
        Act(2, "wang_min", "scjgj", knock_at_the_wrong_door),
        Act(2, "wang_min", "scjgj", inspect, 10),
        Act(3, "wang_min", "scjgj", publish_the_result),
        Act(3, "han", "scjgj", inspect_what_is_not_published, 10),
        Act(3, "han", "scjgj", inspect_without_approval, 11),
        Act(3, "fan", "", raise_the_alarm, 15),
        Act(4, "wei", "scjgj", explain_it),
        Act(4, "zhou", "ysj", look_at_what_was_stopped, 10),
        Act(5, "wang_min", "scjgj", reveal_the_draw),
        Act(5, "", "", sign_the_ledger, 10),
        Act(5, "wu", "", verify_it_oneself, 11),
    ],
)
