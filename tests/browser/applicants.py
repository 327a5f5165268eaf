"""What an applicant's pages need before they can be visited: a draft, cases that wait, one that came through."""

from __future__ import annotations

SHOP = {"shop_name": "东湖小馆（演示）", "address": "东湖路8号", "area": 60}


def apply_wu() -> None:
    """Let 吴桐 begin one application, and hand in others: one to be corrected, one with a material to come later."""
    from yingshang.casework.cases import operations
    from yingshang.casework.cases.operations import Paper
    from yingshang.casework.cases.rules import Given
    from yingshang.casework.cases.tests.factories import CHIEF, CLERK, REVIEWER
    from yingshang.kernel import clock, parties
    from yingshang.kernel.testing import actor_of
    from yingshang.registers.catalogue import api as catalogue

    today, now = clock.today(), clock.now()
    wu = actor_of("wu", on=today)
    draft = operations.start_draft(item="food-business", by=wu, at=now)
    operations.answer_question(draft=draft.public_id, question="business", answer="restaurant", by=wu, at=now)

    def handed_in(plan: Given, attempt: str) -> int:
        papers = [Paper(key="floor-plan", given=plan), Paper(key="business-license", given=Given.SHARED, source="登记")]
        return operations.submit(
            version=catalogue.version_on("food-business", today).pk,
            applicant=parties.party(wu.party),
            answers=SHOP,
            situation={"business": "shop"},
            papers=papers,
            channel="mobile",
            by=wu,
            at=now,
            idempotency_key=attempt,
        ).pk

    through = handed_in(Given.PAPER, "walk-3")
    operations.accept(case_id=through, by=CLERK, at=now)
    for _ in range(3):
        operations.advance(case_id=through, by=REVIEWER, at=now)
    operations.decide(case_id=through, granted=True, content="准予经营", by=CHIEF, at=now)
    defects = [{"material": "floor-plan", "what": "没有标出操作间", "remedy": "请标出后重新上传。"}]
    defects.append({"material": "", "what": "经营面积写错了", "remedy": "请按租赁合同填写。"})
    operations.ask_to_correct(case_id=handed_in(Given.PAPER, "walk-1"), defects=defects, by=CLERK, at=now)
    later = handed_in(Given.LATER, "walk-2")
    operations.accept_tolerantly(case_id=later, missing=["floor-plan"], promise="按期补交", by=CLERK, at=now)
