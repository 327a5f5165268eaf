"""Commissioning a third party, its statements of interest, and the edition."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from yingshang.kernel import access, ledger, org, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.methods.county_files import DataProblem
from yingshang.oversight.evaluation.models import Evaluation, Interest
from yingshang.oversight.evaluation.operations.stages import for_work, locked

MOST_EDITION_BYTES = 1_000_000
PROCEDURE = "evaluation"


@transaction.atomic
def commission(
    *,
    code: str,
    title: str,
    year: int,
    place: str,
    evaluator: str,
    contract_no: str,
    contract_from: date,
    contract_to: date,
    by: Actor,
    at: datetime,
    is_demo: bool = False,
) -> Evaluation:
    """Commission a third party with an evaluation and return it, standing in its design.

    evaluator: code of the third party's unit. Raises what the policy refuses,
    NotFound for an unknown unit, Refusal ``evaluation.not_independent``,
    ``evaluation.contract_dates`` and ``evaluation.code_taken``. Records
    ``evaluation.commissioned``.
    """
    access.permit(by, "evaluation.commission")
    unit = org.unit(evaluator)
    if unit.code == by.unit or unit.kind != org.Unit.Kind.ENTERPRISE:
        raise Refusal(
            "evaluation.not_independent",
            f"{unit.short_name}不是独立的第三方机构。",
            "请委托不承担评价指标的第三方机构。",
            source="方案第35项",
        )
    if contract_to < contract_from:
        raise Refusal("evaluation.contract_dates", "合同终止日早于开始日。", "请核对合同的起止日期。")
    if Evaluation.objects.filter(code=code).exists():
        raise _code_taken(code)
    dossier = work.open_dossier(
        kind="evaluation.evaluation", title=title, procedure=PROCEDURE, lead_unit=unit, by=by, at=at
    )
    evaluation = Evaluation(
        code=code,
        title=title,
        year=year,
        place=place,
        evaluator=unit,
        contract_no=contract_no,
        contract_from=contract_from,
        contract_to=contract_to,
        dossier=dossier,
        is_demo=is_demo,
    )
    try:
        with transaction.atomic():
            evaluation.save(force_insert=True)
    except IntegrityError:
        raise _code_taken(code) from None
    facts = {"title": title, "evaluator": unit.short_name}
    ledger.record("evaluation.commissioned", subject=f"evaluation:{code}", by=by, at=at, facts=facts)
    return evaluation


def _code_taken(code: str) -> Refusal:
    return Refusal("evaluation.code_taken", f"编号“{code}”已经用过了。", "请换一个编号。")


@transaction.atomic
def state_interest(*, evaluation_id: int, has_conflict: bool, text: str, by: Actor, at: datetime) -> Interest:
    """State whether oneself has a conflict of interest, and return the statement; the last one counts.

    Raises NotFound, what the policy refuses, Refusal
    ``evaluation.conflict_without_text``. Records ``evaluation.interest_stated``.
    """
    evaluation = locked(evaluation_id)
    access.permit(by, "evaluation.see_working_papers", evaluation)
    if has_conflict and not text.strip():
        raise Refusal("evaluation.conflict_without_text", "有利益冲突，却没有说明。", "请写明与谁、有什么关系。")
    person = org.Person.objects.get(pseudonym=by.person)
    stated = Interest.objects.create(
        evaluation=evaluation, person=by.person, name=person.name, has_conflict=has_conflict, text=text.strip(), at=at
    )
    ledger.record("evaluation.interest_stated", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})
    return stated


@transaction.atomic
def take_edition(*, evaluation_id: int, content: bytes, by: Actor, at: datetime) -> Evaluation:
    """Take an edition (edition/1, YAML) for the evaluation and return it; again replaces it while designing.

    Raises as ``for_work`` does; Refusal ``evaluation.edition_wrong`` with line
    and key of the first fault. Records ``evaluation.edition_taken``.
    """
    evaluation = for_work(evaluation_id, by, at, "designing")
    edition = read_edition(content)
    evaluation.edition_key, evaluation.edition_method = edition.key, edition.method
    evaluation.edition_text = content.decode("utf-8")
    evaluation.edition_digest = hashlib.sha256(content).hexdigest()
    evaluation.save(update_fields=["edition_key", "edition_method", "edition_text", "edition_digest"])
    facts = {"title": evaluation.title, "edition": edition.key, "digest": evaluation.edition_digest}
    ledger.record("evaluation.edition_taken", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return evaluation


def read_edition(content: bytes) -> scoring.Edition:
    """Return the edition in a file's bytes. Raises Refusal ``evaluation.edition_wrong``."""
    if len(content) > MOST_EDITION_BYTES:
        raise Refusal("evaluation.edition_wrong", "指标版本文件超过1MB。", "请核对是不是选错了文件。")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edition.yaml"
        file.write_bytes(content)
        try:
            return scoring.read(file)
        except DataProblem as problem:
            raise Refusal(
                "evaluation.edition_wrong", f"指标版本不能用：{problem.in_chinese}", "请改正文件以后再上传。"
            ) from None
