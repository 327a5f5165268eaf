"""The one correction notice, the correction, and what is supplied after a tolerant acceptance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.casework.cases.models import Case, CaseMaterial, CorrectionNotice
from yingshang.casework.cases.operations.filings import attempt_refusal, is_filing
from yingshang.casework.cases.operations.handed_in import Paper, material_row, refuse_strange_files
from yingshang.casework.cases.operations.judging import judge_by_notice
from yingshang.casework.cases.operations.moving import As, moved, was_done
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, forms, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue

CORRECTED, SUPPLIED = 2, 3


def ask_to_correct(
    *,
    case_id: int,
    defects: Sequence[Mapping[str, str]],
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Tell the applicant once everything to be corrected (一次性告知补正), and return the case.

    defects: ``[{"material": key or "", "what": …, "remedy": …}]``: all of
    them, for there is no second notice. Of a filing only what is on its list
    may be asked for; more is refused and kept as an attempt. What the notice
    says of each material is kept beside it.
    Raises also Refusal ``cases.defects_missing``, ``cases.material_not_on_the_list``,
    ``cases.corrected_before``. Records ``cases.correction_asked``.
    """
    told = [_defect(each) for each in defects]
    case = found(case_id)
    if is_filing(case) and (strange := _strange(case, told)):
        # Outside the transaction of the deed: the attempt stays although the deed is refused.
        attempt_refusal(case_id=case_id, kind="beyond_list", what="、".join(strange), by=by, at=at)
    return _asked(case_id, told, As(by=by, at=at, expected_version=expected_version, retry_key=retry_key))


@transaction.atomic
def _asked(case_id: int, told: list[dict[str, str]], as_: As) -> Case:
    case = found(case_id)
    access.permit(as_.by, "cases.ask_to_correct", case)
    if was_done(case, as_.retry_key):
        return case
    _refuse_defects(case, told)
    asked = moved(case, "ask_to_correct", as_, {"defects": [each["what"] for each in told]})
    CorrectionNotice.objects.create(case=case, defects=told, told_at=as_.at, told_by=as_.by.person)
    judge_by_notice(case, told)
    facts = {"defects": len(told)}
    ledger.record("cases.correction_asked", subject=f"case:{case.pk}", by=as_.by, at=as_.at, facts=facts)
    return asked


@transaction.atomic
def correct(
    *,
    case_id: int,
    papers: Sequence[Paper],
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    at_the_window: bool = False,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Hand in the correction (补正) and return the case; the notice period begins anew.

    answers: of the whole form, where it was to be corrected. at_the_window:
    the applicant came for it. Raises also Refusal ``cases.answers_do_not_fit``,
    ``cases.file_not_yours``. Records ``work.moved``.
    """
    case = found(case_id)
    access.permit(by, "cases.correct", case)
    if was_done(case, retry_key):
        return case
    refuse_strange_files(papers, applicant=case.applicant, by=by)
    if answers is not None:
        _refuse_answers(case, answers)
    moved(case, "correct", As(by=by, at=at, expected_version=expected_version, retry_key=retry_key))
    keep_later(case, papers, CORRECTED, by=by, at=at)
    CorrectionNotice.objects.filter(case=case).update(corrected_at=at)
    changed = {"answers": dict(answers)} if answers is not None else {}
    _update(case, visited=at_the_window, **changed)
    return found(case_id)


@transaction.atomic
def supply(
    *,
    case_id: int,
    papers: Sequence[Paper],
    by: Actor,
    at: datetime,
    at_the_window: bool = False,
    retry_key: str = "",
) -> Case:
    """Hand in what was missing at a tolerant acceptance (补交) and return the case; its duties are fulfilled.

    Raises also Refusal ``cases.nothing_owed`` for a material that is not owed
    (any more), ``cases.file_not_yours``. Records ``work.moved``.
    """
    case = found(case_id)
    access.permit(by, "cases.supply", case)
    if was_done(case, retry_key):
        return case
    owed = _owed(case)
    strange = [paper.key for paper in papers if f"supply-{paper.key}" not in owed]
    if strange or not papers:
        raise Refusal(
            "cases.nothing_owed",
            "这些材料不在待补交之列，或者已经补交。",
            f"待补交的有：{'、'.join(owed.values()) or '没有'}。",
        )
    refuse_strange_files(papers, applicant=case.applicant, by=by)
    duties = [f"supply-{paper.key}" for paper in papers]
    moved(case, "supply", As(by=by, at=at, retry_key=retry_key), duties=duties)
    keep_later(case, papers, SUPPLIED, by=by, at=at)
    _update(case, visited=at_the_window)
    return found(case_id)


def keep_later(case: Case, papers: Sequence[Paper], handed: int, *, by: Actor, at: datetime) -> None:
    """Keep what came in after the application."""
    titles = {material.key: material.title for material in catalogue.version(case.version_id).content.materials}
    rows = [material_row(case, paper, titles.get(paper.key, paper.key), handed, by=by, at=at) for paper in papers]
    CaseMaterial.objects.bulk_create(rows)


def _update(case: Case, *, visited: bool, **changed: Any) -> None:
    if visited:
        changed["visits"] = case.visits + 1
    if changed:
        Case.objects.filter(pk=case.pk).update(**changed)


def _owed(case: Case) -> dict[str, str]:
    rows = work.Obligation.objects.filter(
        dossier=case.dossier_id, kind="work.material", state=work.Obligation.State.OPEN
    )
    return {key: title.rpartition("：")[2] for key, title in rows.values_list("key", "title")}


def _defect(each: Mapping[str, str]) -> dict[str, str]:
    return {name: str(each.get(name, "")).strip()[:400] for name in ("material", "what", "remedy")}


def _refuse_defects(case: Case, told: Sequence[Mapping[str, str]]) -> None:
    if not told or not all(each["what"] for each in told):
        raise Refusal(
            "cases.defects_missing",
            "补正通知要一次写明需要补正的全部内容。",
            "请逐项写明缺什么、怎样补；之后不能再次要求补正。",
            source="《行政许可法》第三十二条第一款第四项",
        )
    if strange := _strange(case, told):
        raise Refusal(
            "cases.material_not_on_the_list",
            f"事项的材料清单里没有“{'、'.join(strange)}”，不能要求申请人提供。",
            "只能就清单里的材料和申请表要求补正。",
            source="《优化营商环境条例》第三十五条",
        )


def _strange(case: Case, told: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the materials asked for that the item does not ask for in this situation. Queries: 1."""
    version = catalogue.version(case.version_id)
    asked = {material.key for material in catalogue.materials_for(version, case.situation)}
    return [each["material"] for each in told if each["material"] and each["material"] not in asked]


def _refuse_answers(case: Case, answers: Mapping[str, Any]) -> None:
    form = catalogue.version(case.version_id).content.form
    faults = forms.judge(form, answers) if form else []
    if faults:
        raise Refusal(
            "cases.answers_do_not_fit",
            "".join(fault.what for fault in faults[:5]),
            "请改正后再提交；已填写的内容不会丢失。",
        )
