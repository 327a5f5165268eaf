"""What an applicant hands in after the application: the correction, and materials that were to come later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case, Upload
from yingshang.casework.cases.operations.correcting import correct, supply
from yingshang.casework.cases.operations.handed_in import Paper
from yingshang.casework.cases.operations.handing_in import forget_uploads, keep_upload
from yingshang.casework.cases.operations.submitting import audience_of_files
from yingshang.casework.cases.queries import Wanted
from yingshang.casework.cases.rules import Given
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def hand_in_correction(*, number: str, answers: Mapping[str, Any] | None, by: Actor, at: datetime) -> Case:
    """Hand in the correction: a file for each material named in the notice, and the form where that was named.

    Sent again it does nothing twice. Raises NotFound for somebody else's case,
    Refusal ``cases.correction_incomplete``, and what ``correct`` raises.
    """
    case = queries.own_case(by, number)
    wanted = queries.corrections_wanted(case)
    if not wanted:
        raise Refusal("cases.nothing_to_correct", "这件办件现在没有要补正的。", "请刷新页面，看最新的进展。")
    missing = [one.title for one in wanted if one.key and not one.is_ready]
    if missing:
        raise Refusal(
            "cases.correction_incomplete",
            f"还没有上传：{'、'.join(missing)}。",
            "补正只有一次，请把通知里列的都补齐再提交；只能交纸质的，请带到窗口。",
        )
    papers, uploads = _papers(case, [one for one in wanted if one.key], by, at)
    corrected = correct(
        case_id=case.pk, papers=papers, answers=answers, by=by, at=at, retry_key=f"correct-{case.correction_notice.pk}"
    )
    forget_uploads(uploads)
    return corrected


@transaction.atomic
def hand_in_supplies(*, number: str, keys: Collection[str], by: Actor, at: datetime) -> Case:
    """Hand in materials that were to come later, those whose files are there.

    keys: of the materials meant. Raises NotFound for somebody else's case,
    Refusal ``cases.nothing_uploaded``, and what ``supply`` raises.
    """
    case = queries.own_case(by, number)
    ready = [one for one in queries.supplies_wanted(case) if one.key in keys and one.is_ready]
    if not ready:
        raise Refusal("cases.nothing_uploaded", "还没有上传要补交的材料。", "请先选择文件，等它传完再提交。")
    papers, uploads = _papers(case, ready, by, at)
    supplied = supply(case_id=case.pk, papers=papers, by=by, at=at)
    forget_uploads(uploads)
    return supplied


def _papers(case: Case, wanted: list[Wanted], by: Actor, at: datetime) -> tuple[list[Paper], list[Upload]]:
    readers = audience_of_files(case.applicant, case.unit.code)
    uploads = list({file.pk: file for one in wanted for file in one.files}.values())
    subject = f"dossier:{case.dossier_id}"
    papers = [
        Paper(
            key=file.material,
            given=Given.FILE,
            document=keep_upload(file, subject=subject, readers=readers, by=by, at=at),
        )
        for file in uploads
    ]
    return papers, uploads
