"""The procedure that each version of an item brings along (procedure/1): what the officer wrote, made to run.

States and moves bear the same names in every item, so that who works with
cases (``casework/cases``) need not know any item. What differs comes from the
content: the steps, the limits, what may come later, which pauses there are.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yingshang.registers.catalogue.rules import procedure_clocks, procedure_scenarios
from yingshang.registers.catalogue.rules.elements import Content, Material, Step

CLERKS = ["window-clerk", "chief-representative"]
DECIDERS = ["chief-representative", "unit-head"]
APPLICANT_OR_CLERK = ["applicant", "window-clerk"]
REASONS = {"reason": "理由", "remedy": "救济途径"}

STATES = {
    "submitted": "已提交，待受理",
    "correcting": "待补正",
    "accepted": "已受理",
    "deciding": "待决定",
    "granted": "已准予，待送达",
    "delivered": "已送达",
    "refused": "不予许可",
    "declined": "不予受理",
    "not_needed": "不受理（不需要办理）",
    "withdrawn": "申请人撤回",
    "lapsed": "逾期未补，已终止",
    "revoked": "已撤销",
}
FILING_STATES = {"received": "已备案", "informed": "已告知补齐", "delivered": "已归档", "withdrawn": "已撤回"}
FINAL = {
    "delivered": "granted",
    "refused": "refused",
    "declined": "refused",
    "not_needed": "done",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
    "revoked": "revoked",
}


def procedure_of(
    content: Content, *, item: str, version: int, effective: tuple[date, date | None], item_code: str = ""
) -> dict[str, Any]:
    """Return the procedure of one version of an item, as ``procedures.definition_of`` reads it.

    item: the item's slug; the procedure's id is ``item-<slug>``. effective:
    first and last day. Which unit acts is named when a case begins, so that
    delegation and one seal need no other procedure. It brings scenarios of
    its own; whoever publishes it lets them run.
    """
    filing = content.kind == "filing"
    data = {
        "schema": "procedure/1",
        "id": f"item-{item}",
        "title": content.title,
        "kind": {"license": "license", "filing": "filing"}.get(content.kind, "other"),
        "version": version,
        "effective": {"from": effective[0], "to": effective[1]},
        "lead_unit": None,
        "item_code": item_code or None,
        "sources": procedure_clocks.sources(content),
        "materials": _materials(content),
        **(_filing() if filing else _application(content)),
    }
    return data | {"scenarios": procedure_scenarios.scenarios(content)}


def review_states(content: Content) -> list[tuple[str, Step]]:
    """Return the states of the steps that the officer named, ``step-1`` …, in their order."""
    return [(f"step-{place}", step) for place, step in enumerate(content.steps, start=1)]


def _filing() -> dict[str, Any]:
    """A filing takes effect when it comes in. It may be told what is still missing; nobody refuses it."""
    return {
        "takes_effect": "received",
        "states": FILING_STATES,
        "start": "received",
        "final": {"delivered": "done", "withdrawn": "withdrawn"},
        "limits": procedure_clocks.filing_limits(),
        "moves": [
            _move(
                "ask_to_correct",
                "一次性告知补齐",
                "received",
                "informed",
                CLERKS,
                needs={"defects": "需要补齐的全部内容"},
            ),
            _move("correct", "补齐", "informed", "received", APPLICANT_OR_CLERK),
            _move("deliver", "核对归档", "received", "delivered", [*CLERKS, "reviewer"]),
            _move("deem_accepted", "期满未提出，视为核对无误", "received", "delivered", ["clock"]),
            _move("withdraw", "撤回备案", ["received", "informed"], "withdrawn", APPLICANT_OR_CLERK),
        ],
    }


def _application(content: Content) -> dict[str, Any]:
    steps = review_states(content)
    states = {
        "submitted": STATES["submitted"],
        "correcting": STATES["correcting"],
        "accepted": STATES["accepted"],
        **{state: step.title for state, step in steps},
        **{state: title for state, title in STATES.items() if state not in ("submitted", "correcting", "accepted")},
    }
    if content.kind != "license":
        states["refused"] = "不予办理"
    late = _may_come_later(content)
    final = dict(FINAL)
    if not late:
        del states["lapsed"], final["lapsed"]
    return {
        "states": states,
        "start": "submitted",
        "final": final,
        "limits": procedure_clocks.limits(content),
        "duties": [_supply_duty(material) for material in late],
        "moves": [*_moves_at_the_window(content), *_moves_while_open(content), *_moves_of_the_decision(content)],
        "branches": [_branch(state, step) for state, step in steps if step.unit],
        "joins": [
            {
                "key": f"{state}-in",
                "title": f"{step.title}：意见已到",
                "waits_for": [f"{state}-at"],
                "from": state,
                "to": _after(content, state),
            }
            for state, step in steps
            if step.unit
        ],
        "pauses": procedure_clocks.pauses(content),
    }


def _moves_at_the_window(content: Content) -> list[dict[str, Any]]:
    """What can become of an application before it is accepted (《行政许可法》第三十二条)."""
    late = _may_come_later(content)
    moves = [
        _move("accept", "受理", "submitted", "accepted", CLERKS),
        _move("deem_accepted", "期满未告知，视为受理", "submitted", "accepted", ["clock"]),
        _move(
            "ask_to_correct",
            "一次性告知补正",
            "submitted",
            "correcting",
            CLERKS,
            needs={"defects": "需要补正的全部内容"},
            when=["not_corrected_before"],
        ),
        _move("correct", "补正", "correcting", "submitted", APPLICANT_OR_CLERK),
        _move("decline", "不予受理", "submitted", "declined", CLERKS, needs=REASONS),
        _move("not_needed", "不需要办理，不受理", "submitted", "not_needed", CLERKS, needs={"reason": "理由"}),
    ]
    if late:
        duties = [f"supply-{material.key}" for material in late]
        moves.append(
            _move(
                "accept_tolerantly",
                "容缺受理",
                "submitted",
                "accepted",
                CLERKS,
                needs={"promise": "申请人的容缺受理承诺"},
                when=["keeps_promises"],
                opens=duties,
            )
        )
    if content.choices.commitment == "license":
        moves.append(
            _move(
                "accept_on_commitment",
                "凭告知承诺当场决定",
                "submitted",
                "granted",
                DECIDERS,
                needs={"promise": "申请人的承诺书"},
                when=["keeps_promises"],
            )
        )
    return moves


def _moves_while_open(content: Content) -> list[dict[str, Any]]:
    """The steps one after the other; and what may happen during any of them."""
    steps = review_states(content)
    before = ["accepted", *(state for state, _ in steps)]
    moves = []
    for state in before:
        step = dict(steps).get(state)
        if step is None or not step.unit:
            moves.append(_move("advance", _advance_title(content, state), state, _after(content, state), _posts(step)))
        else:
            moves.append(
                _move("advance", f"{step.title}：提出意见", f"{state}-asked", f"{state}-answered", _posts(step))
            )
    open_states = [*before, "deciding"]
    moves.append(
        _move("withdraw", "撤回申请", ["submitted", "correcting", *open_states], "withdrawn", APPLICANT_OR_CLERK)
    )
    late = _may_come_later(content)
    if late:
        duties = [f"supply-{material.key}" for material in late]
        # A step that waits for another unit is not entered anew by a paper that comes in: it would ask that unit twice.
        quiet = [state for state in open_states if not (step_of := dict(steps).get(state)) or not step_of.unit]
        moves += [_move("supply", "收到补交材料", s, s, APPLICANT_OR_CLERK, fulfills=duties) for s in quiet]
        moves.append(_move("lapse", "逾期未补，终止", open_states, "lapsed", ["clock"]))
    return moves


def _moves_of_the_decision(content: Content) -> list[dict[str, Any]]:
    begins = ["accepted", "deciding"] if content.choices.instant else ["deciding"]
    checks = ["all_materials_in", "no_open_pause"]
    return [
        _move("grant", "准予", begins, "granted", DECIDERS, when=checks),
        _move(
            "refuse",
            STATES["refused"] if content.kind == "license" else "不予办理",
            begins,
            "refused",
            DECIDERS,
            needs=REASONS,
            when=["no_open_pause"],
        ),
        _move("deliver", "送达", "granted", "delivered", CLERKS),
        _move("revoke", "撤销", "granted", "revoked", ["unit-head"], needs=REASONS),
        _move("revoke", "撤销", "delivered", "revoked", ["unit-head"], needs=REASONS) | {"afterwards": True},
    ]


def _advance_title(content: Content, state: str) -> str:
    after = _after(content, state)
    following = dict(review_states(content)).get(after)
    return f"转入“{following.title}”" if following else "提请决定"


def _after(content: Content, state: str) -> str:
    """Return the state behind ``accepted`` or behind a step."""
    order = ["accepted", *(name for name, _ in review_states(content)), "deciding"]
    return order[order.index(state) + 1]


def _posts(step: Step | None) -> list[str]:
    """Whoever the officer named, or the chief representative for them; out of ``accepted``, the window too."""
    if step is None:
        return ["window-clerk", "reviewer", "chief-representative"]
    return list(dict.fromkeys([step.post, "chief-representative"]))


def _branch(state: str, step: Step) -> dict[str, Any]:
    """A step of another unit: it is asked, it answers, and the case goes on."""
    return {
        "key": f"{state}-at",
        "title": step.title,
        "during": state,
        "unit": step.unit,
        "states": {f"{state}-asked": f"{step.title}：待提出意见", f"{state}-answered": f"{step.title}：已提出意见"},
        "start": f"{state}-asked",
        "final": [f"{state}-answered"],
    }


def _may_come_later(content: Content) -> list[Material]:
    if not content.choices.tolerant:
        return []
    return [material for material in content.materials if material.tolerable_days is not None]


def _materials(content: Content) -> list[dict[str, Any]]:
    late = {material.key for material in _may_come_later(content)} if content.kind != "filing" else set()
    bases = {basis.key for basis in content.basics.bases}
    return [
        {
            "key": material.key,
            "title": material.title,
            "required": material.required,
            "source": material.basis if material.basis in bases else None,
        }
        | ({"tolerable_days": procedure_clocks.tolerable_days(content, material)} if material.key in late else {})
        for material in content.materials
    ]


def _supply_duty(material: Material) -> dict[str, Any]:
    return {
        "key": f"supply-{material.key}",
        "title": f"补交{material.title}",
        "borne_by": "applicant",
        "material": material.key,
        "limit": "TOL.SUPPLY",
        "on_miss": "lapse",
    }


def _move(do: str, title: str, begins: str | list[str], to: str, by: list[str], **more: Any) -> dict[str, Any]:
    return {"do": do, "title": title, "from": begins, "to": to, "by": by, **more}
