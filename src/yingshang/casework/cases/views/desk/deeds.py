"""The deeds of the desk: what each is called, what it asks for, which operation does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms import deeds as asked
from yingshang.casework.cases.models import Case, Commitment
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.queries import possible
from yingshang.casework.cases.rules import Given
from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials import api as credentials


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One attempt at a deed: who, when, on which version of the case, with which answers."""

    case: Case
    by: Actor
    at: datetime
    data: Mapping[str, Any]
    version: int | None
    key: str

    @property
    def frame(self) -> dict[str, Any]:
        """What every operation takes."""
        return {"case_id": self.case.pk, "by": self.by, "at": self.at}

    @property
    def guarded(self) -> dict[str, Any]:
        """What every move takes besides: the version the page showed, the name of the attempt."""
        return self.frame | {"expected_version": self.version, "retry_key": self.key}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One deed. paper: the kind issued with it. When it stands open is said in ``queries/possible.py``.

    hard: it cannot be undone and goes out to people. form: of a case and what was posted.
    """

    name: str
    title: str | Lazy
    run: Callable[[Doing], Any]
    form: Callable[[Case, Any], forms.Form]
    paper: str = ""
    hard: bool = False
    hint: str | Lazy = ""


def _plain(form: type[forms.Form]) -> Callable[[Case, Any], forms.Form]:
    return lambda _case, posted: form(posted)


def _with_remedy(_case: Case, posted: Any) -> forms.Form:
    return asked.Reasons(posted, initial={"remedy": queries.remedy_words(clock.today())})


def _tolerant(case: Case, posted: Any) -> forms.Form:
    version = catalogue.version(case.version_id)
    rows = [
        (material.key, f"{material.title}（{material.tolerable_days}个工作日内补交）")
        for material in catalogue.materials_for(version, case.situation)
        if material.tolerable_days is not None
    ]
    promised = list(case.commitments.filter(kind=Commitment.Kind.LATER))
    words = promised[0].text if promised else "本人承诺按期补交以上材料，材料真实有效；逾期未补的，接受终止办理。"
    initial = {"missing": [promise.material for promise in promised], "promise": words}
    return asked.AcceptTolerantly(posted, tolerable=rows, initial=initial)


def _pause(case: Case, posted: Any) -> forms.Form:
    return asked.Pause(posted, pauses=possible.pauses_of(case))


def _resume(case: Case, posted: Any) -> forms.Form:
    standing = possible.standing_pauses(case)
    return asked.Resume(posted, pauses=[row for row in possible.pauses_of(case) if row[0] in standing])


def _checks(case: Case, posted: Any) -> forms.Form:
    return asked.Check(posted, promises=[(str(row.pk), row.text[:120]) for row in possible.unchecked(case)])


def _repairs(case: Case, posted: Any) -> forms.Form:
    return asked.Repair(posted, promises=[(str(row.pk), row.text[:120]) for row in possible.broken(case)])


def _corrected(case: Case, posted: Any) -> forms.Form:
    told = {each.get("material", "") for each in case.correction_notice.defects}
    materials = catalogue.version(case.version_id).content.materials
    rows = [(material.key, material.title) for material in materials if material.key in told]
    form = asked.PapersIn(posted, materials=rows)
    form.fields["keys"].required = bool(rows)
    return form


def _supplied(case: Case, posted: Any) -> forms.Form:
    return asked.PapersIn(posted, materials=list(possible.owed_materials(case).items()))


def _license(case: Case, posted: Any) -> forms.Form:
    printed = credentials.fields_to_print(operations.credential_kind(case), clock.today())
    return asked.License(posted, printed=printed, values=operations.printed_fields(case))


def _papers(doing: Doing) -> list[Paper]:
    return [Paper(key=key, given=Given.PAPER) for key in doing.data["keys"]]


def _yes(text: str) -> bool:
    return text == "yes"


def _commitment(doing: Doing) -> dict[str, Any]:
    return {"commitment_id": int(doing.data["commitment"]), "by": doing.by, "at": doing.at}


def _decided(*, granted: bool) -> Callable[[Doing], Any]:
    return lambda d: operations.decide(granted=granted, **d.data, **d.guarded)


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            name="accept",
            title=_("受理"),
            form=_plain(asked.Accept),
            run=lambda d: operations.accept(**d.data, **d.guarded),
            paper="accepted",
        ),
        Deed(
            name="accept-tolerantly",
            title=_("容缺受理"),
            form=_tolerant,
            run=lambda d: operations.accept_tolerantly(**d.data, **d.guarded),
            paper="tolerant",
            hint=_("主要材料齐全，只缺次要材料，申请人书面承诺补交的，可以先受理。"),
        ),
        Deed(
            name="accept-on-commitment",
            title=_("凭承诺当场决定"),
            form=_plain(asked.Promise),
            run=lambda d: operations.accept_on_commitment(**d.data, **d.guarded),
            paper="granted",
            hard=True,
        ),
        Deed(
            name="decline",
            title=_("不予受理"),
            form=_with_remedy,
            run=lambda d: operations.decline(**d.data, **d.guarded),
            paper="declined",
            hard=True,
        ),
        Deed(
            name="not-needed",
            title=_("不需要办理"),
            form=_plain(asked.Reason),
            run=lambda d: operations.not_needed(**d.data, **d.guarded),
            paper="not_needed",
            hard=True,
        ),
        Deed(
            name="corrected",
            title=_("收到补正的纸质材料"),
            form=_corrected,
            run=lambda d: operations.correct(papers=_papers(d), at_the_window=True, **d.guarded),
        ),
        Deed(
            name="supplied",
            title=_("收到补交的纸质材料"),
            form=_supplied,
            run=lambda d: operations.supply(papers=_papers(d), at_the_window=True, **d.frame, retry_key=d.key),
        ),
        Deed(
            name="advance",
            title=_("转入下一环节"),
            form=_plain(asked.Opinion),
            run=lambda d: operations.advance(**d.data, **d.guarded),
        ),
        Deed(
            name="stop-clock",
            title=_("启动特别程序"),
            form=_pause,
            run=lambda d: operations.stop_clock(**d.data, **d.frame),
            hint=_("听证、检验、检测、鉴定、专家评审等的时间不计算在期限内，要把所需时间书面告知申请人。"),
        ),
        Deed(
            name="resume",
            title=_("结束特别程序"),
            form=_resume,
            run=lambda d: operations.resume(**d.data, **d.frame),
        ),
        Deed(
            name="ask-extension",
            title=_("申请延长期限"),
            form=_plain(asked.Reason),
            run=lambda d: operations.ask_extension(**d.data, **d.frame),
            hint=_("只能延长一次，由本单位负责人批准，理由要告知申请人。"),
        ),
        Deed(
            name="approve-extension",
            title=_("审批延长申请"),
            form=_plain(asked.Approval),
            run=lambda d: operations.approve_extension(
                request_id=possible.open_request(d.case).pk,
                approved=_yes(d.data["approved"]),
                answer=d.data["answer"],
                by=d.by,
                at=d.at,
            ),
        ),
        Deed(
            name="letter",
            title=_("以函代证"),
            form=_plain(asked.LetterForm),
            run=lambda d: operations.issue_letter(**d.data, **d.frame),
            paper="letter",
        ),
        Deed(
            name="grant",
            title=_("准予"),
            form=_plain(asked.Grant),
            run=_decided(granted=True),
            paper="granted",
            hard=True,
        ),
        Deed(
            name="refuse",
            title=_("不予"),
            form=_with_remedy,
            run=_decided(granted=False),
            paper="refused",
            hard=True,
        ),
        Deed(
            name="charge",
            title=_("按清单收费"),
            form=_plain(asked.Confirm),
            run=lambda d: operations.charge_fees(**d.frame),
            hint=_("只收收费清单上这种情形要收的，按下限计算；申请人会看到应缴的金额。"),
        ),
        Deed(
            name="license",
            title=_("颁发证照"),
            form=_license,
            run=lambda d: operations.issue_credential(
                fields={key: value for key, value in d.data.items() if value}, **d.frame
            ),
            hint=_("请核对证照上要印的内容。颁发的是盖电子印章的PDF，申请人马上可以下载，任何人可以核验。"),
            hard=True,
        ),
        Deed(
            name="deliver",
            title=_("送达"),
            form=_plain(asked.Deliver),
            run=lambda d: operations.deliver(**d.data, **d.guarded),
            paper="delivery",
        ),
        Deed(
            name="publish",
            title=_("公开决定"),
            form=_plain(asked.Confirm),
            run=lambda d: operations.publish_decision(**d.frame),
            hint=_("准予的许可决定在规定的工作日内向社会公开；自然人的姓名只公开一部分。"),
        ),
        Deed(
            name="check",
            title=_("核查承诺"),
            form=_checks,
            run=lambda d: operations.check_commitment(
                kept=_yes(d.data["kept"]), finding=d.data["finding"], **_commitment(d)
            ),
            hint=_("查出不实的，要撤销决定，申请人在信用修复前不能再用承诺方式。"),
        ),
        Deed(
            name="repair",
            title=_("登记信用修复"),
            form=_repairs,
            run=lambda d: operations.repair_promise(on=d.data["on"], **_commitment(d)),
        ),
        Deed(
            name="explain",
            title=_("公开说明超期原因"),
            form=_plain(asked.Overdue),
            run=lambda d: operations.explain_overdue(
                explanation_id=possible.open_explanation(d.case).pk,
                reason=d.data["reason"],
                by=d.by,
                at=d.at,
                expected_on=d.data["expected_on"],
            ),
            hard=True,
        ),
        Deed(
            name="withdraw",
            title=_("登记申请人撤回"),
            form=_plain(asked.Reason),
            run=lambda d: operations.withdraw(**d.data, **d.guarded),
            hint=_("申请人到窗口书面撤回的，在这里登记。"),
        ),
        Deed(
            name="revoke",
            title=_("撤销决定"),
            form=_with_remedy,
            run=lambda d: operations.revoke(**d.data, **d.guarded),
            paper="revoked",
            hard=True,
        ),
    )
}
"""By name, in the order of the page. The correction notice has a page of its own: ``views/desk/correcting.py``."""
