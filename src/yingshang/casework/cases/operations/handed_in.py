"""What is handed in: looked at before the case is made, kept with it afterwards."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case, CaseMaterial, Channel, Commitment
from yingshang.casework.cases.rules import Asked, Given, Offer, faults_of
from yingshang.kernel import documents, forms, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.catalogue import api as catalogue

SELF_SERVICE = frozenset({Channel.COMPUTER, Channel.MOBILE, Channel.KIOSK, Channel.OTHER})
"""Channels where a page can say at once what is missing."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One material as it is handed in.

    given: see ``rules.Given``. document: of a file that was kept before.
    source: where a held or shared one is held. promise: text that was promised
    in its place, or for handing it in later.
    """

    key: str
    given: Given
    document: uuid.UUID | None = None
    source: str = ""
    copies: int = 1
    promise: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """All that is handed in at once. received_at, paper_no and entered_late_because: of what came in on paper."""

    version: int
    applicant: Party
    answers: Mapping[str, Any]
    situation: Mapping[str, str]
    papers: Sequence[Paper]
    channel: Channel
    prefilled: int
    place: str
    promise: str
    received_at: datetime | None = None
    paper_no: str = ""
    entered_late_because: str = ""


def version_taking(pk: int, day: date) -> catalogue.Version:
    """Return the version that was filled in, if it takes cases that come in on a day.

    Raises NotFound, what the catalogue answers for an item that has ended, and
    Refusal ``cases.version_changed`` where another version holds by now.
    """
    version = catalogue.version(pk)
    in_force = version.effective_from <= day and (version.effective_to is None or day <= version.effective_to)
    if in_force and (version.ended_on is None or day < version.ended_on):
        return version
    stopped = catalogue.takes_new_cases(version.item_code, day)
    if stopped is not None:
        raise stopped
    raise Refusal(
        "cases.version_changed",
        f"“{version.title}”的办事指南已经更新，您填写的是第{version.number}版。",
        "已填写的内容都还在，请按新的指南核对后再提交。",
    )


def acting_unit(version: catalogue.Version, day: date, place: str) -> org.Unit:
    """Return the unit that handles a case that comes in on a day, by delegation and one seal."""
    return catalogue.acting_body(version, day=day, place=place)


def check(version: catalogue.Version, sent: Sent, *, by: Actor, day: date) -> dict[str, str]:
    """Raise the refusal that says everything that does not fit, before anything is stored.

    Returns, for each paper that need not be handed in, where it is held.
    """
    self_service = sent.channel in SELF_SERVICE
    if self_service and version.content.form:
        _refuse_answers(version, sent.answers)
    asked = [_asked(version, material) for material in catalogue.materials_for(version, sent.situation)]
    faults = faults_of(asked, [Offer(paper.key, paper.given) for paper in sent.papers], complete=self_service)
    if faults:
        raise Refusal(
            "cases.papers_do_not_fit",
            "".join(said for _, said in faults),
            "请按办事指南补齐或改正材料后再提交；已填写的内容不会丢失。",
            source="《优化营商环境条例》第三十五条",
        )
    refuse_strange_files(sent.papers, applicant=sent.applicant, by=by)
    promised = sent.promise or any(paper.given in (Given.COMMITTED, Given.LATER) for paper in sent.papers)
    if promised:
        refuse_promises_of(sent.applicant)
    return _held_where(version, sent, day)


def refuse_strange_files(papers: Sequence[Paper], *, applicant: Party, by: Actor) -> None:
    """Raise Refusal ``cases.file_not_yours`` for a file that neither the applicant nor who acts now has kept."""
    wanted = {paper.document for paper in papers if paper.document is not None}
    if not wanted:
        return
    kept = documents.Document.objects.filter(pk__in=wanted).values_list("pk", "party", "kept_by")
    known = {pk for pk, party, person in kept if party == str(applicant.public_id) or person == by.person}
    if wanted - known:
        raise Refusal("cases.file_not_yours", "有一份文件不是为这件申请上传的。", "请重新上传这份材料。")


def refuse_promises_of(applicant: Party) -> None:
    """Raise Refusal ``cases.no_promises_now`` for an applicant who broke a promise that is not repaired yet."""
    refusal = queries.promises_refused([applicant.pk])[applicant.pk]
    if refusal is not None:
        raise refusal


def keep(
    case: Case, version: catalogue.Version, sent: Sent, held: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Keep what was handed in with the case: at most two statements."""
    titles = {material.key: material.title for material in version.content.materials}
    papers = [replace(paper, source=held.get(paper.key, paper.source)) for paper in sent.papers]
    rows = [material_row(case, paper, titles[paper.key], 1, by=by, at=at) for paper in papers]
    if rows:
        CaseMaterial.objects.bulk_create(rows)
    promises = [
        (Commitment.Kind.CERTIFICATE if paper.given == Given.COMMITTED else Commitment.Kind.LATER, paper.key, promise)
        for paper in sent.papers
        if paper.given in (Given.COMMITTED, Given.LATER)
        for promise in [paper.promise or _promise_of(version, paper.key, titles[paper.key])]
    ]
    if sent.promise:
        promises.append((Commitment.Kind.LICENSE, "", sent.promise))
    if promises:
        Commitment.objects.bulk_create(promise_row(case, *each, by=by, at=at) for each in promises)


def material_row(case: Case, paper: Paper, title: str, handed: int, *, by: Actor, at: datetime) -> CaseMaterial:
    """Return the unsaved row of one material. handed: 1 with the application, 2 corrected, 3 supplied later."""
    return CaseMaterial(
        case=case,
        key=paper.key,
        title=title,
        given=paper.given.value,
        document_id=paper.document,
        source=paper.source,
        copies=paper.copies,
        round=handed,
        given_at=at,
        given_by=by.person,
    )


def promise_row(case: Case, kind: Commitment.Kind, key: str, text: str, *, by: Actor, at: datetime) -> Commitment:
    """Return the unsaved row of one promise, with the digest of exactly what was promised."""
    return Commitment(
        case=case,
        applicant=case.applicant,
        kind=kind,
        material=key,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        promised_at=at,
        promised_by=by.person,
    )


def _refuse_answers(version: catalogue.Version, answers: Mapping[str, Any]) -> None:
    faults = forms.judge(version.content.form, answers)
    if faults:
        raise Refusal(
            "cases.answers_do_not_fit",
            "".join(fault.what for fault in faults[:5]),
            "请改正后再提交；已填写的内容不会丢失。",
        )


def _held_where(version: catalogue.Version, sent: Sent, day: date) -> dict[str, str]:
    """Return where each paper that is said to be held is held. Raises Refusal ``cases.not_held``. No query for none."""
    materials = {material.key: material for material in version.content.materials}
    found = {}
    for paper in sent.papers:
        if paper.given == Given.HELD:
            material = materials[paper.key]
            where = queries.held_where(sent.applicant, material.held, day)
            if not where:
                raise Refusal(
                    "cases.not_held", f"没有查到您的“{material.title}”，不能免交。", "请上传这份材料，或者到窗口提交。"
                )
            found[paper.key] = where
    return found


def _asked(version: catalogue.Version, material: catalogue.Material) -> Asked:
    choices, may = version.content.choices, {Given.PAPER}
    if material.form.electronic:
        may.add(Given.FILE)
    if material.held:
        may.add(Given.HELD)
    if material.source_kind == "shared":
        may.add(Given.SHARED)
    if material.source_kind == "generated":
        may.add(Given.GENERATED)
    if material.commit_allowed and choices.commitment != "none":
        may.add(Given.COMMITTED)
    if choices.tolerant and material.tolerable_days is not None:
        may.add(Given.LATER)
    # What the office fetches or makes from the form is never asked of the applicant.
    required = material.required and material.source_kind not in ("shared", "generated")
    return Asked(material.key, material.title, required, frozenset(may))


def _promise_of(version: catalogue.Version, key: str, title: str) -> str:
    text = next((m.commit_text for m in version.content.materials if m.key == key), "")
    return text or f"本人承诺按规定提供《{title}》，内容真实；不实的，承担相应责任。"
