"""Chapters 3 and 4: a food license applied for on a phone, and an application that nobody answered."""

from __future__ import annotations

import io
from uuid import UUID

from yingshang.casework.cases import api as cases
from yingshang.kernel import typesetting, work
from yingshang.registers.catalogue import api as catalogue
from yingshang.site.story.scene import Act, Chapter, Scene

BASIC = "230131001001"
"""食品经营许可（新办）in the basic catalogue: every county implements it under a code of its own."""
SITUATION = {"business": "restaurant", "cold-dishes": "no"}
ANSWERS = {
    "shop_name": "金穗餐饮店（演示）",
    "name": "金穗餐饮店（演示）",
    "credit_code": "92230127MA00000157",
    "legal_representative": "樊丽（演示）",
    "address": "中央大街8号（演示）",
    "mobile": "13800000000",
    "area": 60,
    "staff": 4,
    "format": "餐饮服务经营者",
    "scope": "热食类食品制售",
}
PLAN = "floor-plan"
UNANSWERED = 6
"""Working day of the story on which five working days have passed without a notice."""


def item(scene: Scene) -> catalogue.Version:
    """Return the county's food license, as it holds on the day of the act."""
    (found,) = catalogue.versions(catalogue.published(scene.on).filter(item__basic__code=BASIC))
    return found


def picture(title: str) -> bytes:
    """Return a small PDF, as somebody would have photographed or scanned it."""
    return typesetting.pdf(typesetting.Form(title=title, body=[typesetting.Paragraph("演示文件")], note="演示"))


def upload(scene: Scene, key: str, title: str, *, draft: UUID | None = None, case: str = "") -> None:
    content = picture(title)
    cases.take(
        stream=io.BytesIO(content),
        material=key,
        name=f"{title}.pdf",
        size=len(content),
        media_type="application/pdf",
        by=scene.by,
        at=scene.at,
        draft=draft,
        case=case,
    )


def apply(scene: Scene) -> cases.Case:
    """Apply on a phone, question by question, as the pages do."""
    of = item(scene)
    draft = cases.start_draft(item=of.item_code, by=scene.by, at=scene.at).public_id
    for question in catalogue.situations(of):
        answer = SITUATION[question.key]
        cases.answer_question(draft=draft, question=question.key, answer=answer, by=scene.by, at=scene.at)
    asked = {key: value for key, value in ANSWERS.items() if key in of.content.form["properties"]}
    cases.fill_in(draft=draft, values=asked, by=scene.by, at=scene.at)
    for material in catalogue.materials_for(of, SITUATION):
        if material.commit_allowed:
            cases.choose_way(draft=draft, material=material.key, way="committed", by=scene.by, at=scene.at)
        elif material.source_kind in {"self", "issued"}:
            upload(scene, material.key, material.title, draft=draft)
    return cases.hand_in(draft=draft, declared=True, channel="mobile", by=scene.by, at=scene.at)


def apply_on_a_phone(scene: Scene) -> str:
    case = apply(scene)
    scene.kept |= {"case": case.pk, "number": case.number}
    return f"用手机申请食品经营许可，营业执照不用交，回执{case.number}。"


def tell_once(scene: Scene) -> str:
    defects = [{"material": PLAN, "what": "没有标明卫生间的位置", "remedy": "在图上补画卫生间"}]
    cases.ask_to_correct(case_id=scene.kept["case"], defects=defects, by=scene.by, at=scene.at)
    return "一次告知要补正的全部内容：平面图上没有标卫生间。以后不能再要求补正。"


def correct(scene: Scene) -> str:
    upload(scene, PLAN, "经营场所平面图（补正）", case=scene.kept["number"])
    cases.hand_in_correction(number=scene.kept["number"], answers=None, by=scene.by, at=scene.at)
    return "补交平面图。"


def accept(scene: Scene) -> str:
    case = cases.accept(case_id=scene.kept["case"], by=scene.by, at=scene.at)
    case.refresh_from_db()
    return f"受理，承诺{case.due_date:%m月%d日}以前办结。"


def examine(scene: Scene) -> str:
    steps = len(item(scene).content.steps)
    for _ in range(steps + 1):  # into each step, and out of the last one
        cases.advance(case_id=scene.kept["case"], by=scene.by, at=scene.at)
    return "书面审查、现场核查都合格，提交决定。"


def grant(scene: Scene) -> str:
    cases.decide(case_id=scene.kept["case"], granted=True, content="热食类食品制售", by=scene.by, at=scene.at)
    issued = cases.issue_credential(case_id=scene.kept["case"], by=scene.by, at=scene.at)
    scene.kept["license"] = issued.number
    return f"准予许可，颁发盖了电子印章的许可证{issued.number}，任何人都能核验：/credentials/verify/。"


def deliver(scene: Scene) -> str:
    cases.deliver(case_id=scene.kept["case"], how="online", by=scene.by, at=scene.at)
    return "送达，申请人在手机上下载。"


def publish(scene: Scene) -> str:
    cases.publish_decision(case_id=scene.kept["case"], by=scene.by, at=scene.at)
    return "公开许可决定。"


def wait(scene: Scene) -> str:
    case = apply(scene)
    scene.kept |= {"case": case.pk, "number": case.number}
    return f"申请食品经营许可，回执{case.number}。单位一直没有答复。"


def deem(scene: Scene) -> str:
    work.sweep_overdue(scene.at)
    case = cases.Case.objects.get(pk=scene.kept["case"])
    received = scene.workday(0)
    return f"五个工作日没有告知补正，从{received:%m月%d日}收到之日起视为受理，{case.due_date:%m月%d日}以前必须办结。"


LICENSE = Chapter(
    name="license",
    title="手机上办一张食品经营许可证",
    acts=[
        Act(0, "fan", "", apply_on_a_phone),
        Act(1, "han", "scjgj", tell_once),
        Act(2, "fan", "", correct, hour=20),
        Act(3, "han", "scjgj", accept),
        Act(4, "luo", "scjgj", examine),
        Act(5, "sun", "scjgj", grant),
        Act(5, "han", "scjgj", deliver, hour=10),
        Act(6, "wang_min", "scjgj", publish),
    ],
)
DEEMED = Chapter(
    name="deemed",
    title="没有人答复的申请，视为受理",
    acts=[Act(0, "fan", "", wait), Act(UNANSWERED, "", "", deem, hour=6)],
)
