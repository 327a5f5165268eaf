"""An applicant's own cases: the list, one with its history, what it waits for from the applicant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingshang.casework.cases.models import Case, CaseMaterial, Draft, Upload
from yingshang.casework.cases.queries.one import whole
from yingshang.casework.cases.rules import Given
from yingshang.kernel import clock, procedures, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue

WAITING = ("correcting", "informed")  # states in which the applicant is to correct
MOST_WAITING = 20


def own_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases of the party the actor acts for, latest first; empty for who acts for none."""
    rows = whole().order_by("-pk")
    return rows.filter(applicant__public_id=actor.party) if actor.party else rows.none()


def own_case(actor: Actor, number: str) -> Case:
    """Return one case of the actor's party. Raises NotFound, also for somebody else's. Queries: 1."""
    case = own_cases(actor).filter(number=number).first()
    if case is None:
        raise NotFound("这件办件")
    return case


def own_upload(actor: Actor, public_id: UUID) -> Upload:
    """Return an upload for a draft or case of the actor's party. Raises NotFound. Queries: 1."""
    rows = Upload.objects.select_related("draft", "case")
    mine = Q(draft__applicant__public_id=actor.party) | Q(case__applicant__public_id=actor.party)
    row = rows.filter(mine, public_id=public_id).first() if actor.party else None
    if row is None:
        raise NotFound("这个文件")
    return row


@dataclass(frozen=True)
class Wanted:
    """Something that a case waits for from the applicant. why: the defect, or that it was to come later.

    due: the last day, None where none is set. obligation: the duty, for its lamp. files: uploaded, not handed in yet.
    """

    key: str
    title: str
    why: str
    remedy: str
    due: date | None
    obligation: work.Obligation | None
    files: tuple[Upload, ...]

    @property
    def is_ready(self) -> bool:
        return bool(self.files) and all(file.is_whole for file in self.files)


def corrections_wanted(case: Case) -> tuple[Wanted, ...]:
    """Return what the one correction notice names, while the case waits for it. Queries: at most 3."""
    notice = getattr(case, "correction_notice", None)
    if case.state not in WAITING or notice is None:
        return ()
    titles = {one.key: one.title for one in catalogue.version(case.version_id).content.materials}
    files, owed = _files(case), _owed(case)
    obligation = owed[0] if owed else None
    due = obligation.due_date if obligation else None
    return tuple(
        Wanted(
            key=defect.get("material", ""),
            title=titles.get(defect.get("material", ""), "申请表"),
            why=defect.get("what", ""),
            remedy=defect.get("remedy", ""),
            due=due,
            obligation=obligation,
            files=files.get(defect.get("material", ""), ()),
        )
        for defect in notice.defects
    )


def supplies_wanted(case: Case) -> tuple[Wanted, ...]:
    """Return the materials that were to come later and have not come. Queries: at most 3."""
    given: dict[str, CaseMaterial] = {}
    for row in CaseMaterial.objects.filter(case=case).order_by("pk"):
        given[row.key] = row
    waiting = [row for row in given.values() if row.given == Given.LATER]
    if not waiting or not case.is_open:
        return ()
    owed = {one.key: one for one in _owed(case)}
    files = _files(case)
    return tuple(
        Wanted(
            key=row.key,
            title=row.title,
            why="受理时说好以后补交",
            remedy="",
            due=duty.due_date if duty else None,
            obligation=duty,
            files=files.get(row.key, ()),
        )
        for row in waiting
        for duty in [owed.get(f"supply-{row.key}")]
    )


def waiting_cases(actor: Actor) -> list[tuple[Case, str]]:
    """Return the open cases that wait for the applicant, with ``correct`` or ``supply``. Queries: 2."""
    owed = work.Obligation.objects.filter(
        dossier=OuterRef("dossier"), kind="work.material", state=work.Obligation.State.OPEN
    )
    rows = own_cases(actor).filter(is_open=True).filter(Q(state__in=WAITING) | Exists(owed))[:MOST_WAITING]
    return [(case, "correct" if case.state in WAITING else "supply") for case in rows]


def materials_wanted(where: Draft | Case) -> frozenset[str]:
    """Return the keys of materials for which a file may come now."""
    if isinstance(where, Case):
        return frozenset(one.key for one in (*corrections_wanted(where), *supplies_wanted(where)))
    version = catalogue.version(where.version_id)
    return frozenset(one.key for one in catalogue.materials_for(version, where.situation) if one.form.electronic)


def history_of(case: Case) -> list[dict[str, Any]]:
    """Return what was done, oldest first, as the timeline draws it: no officer is named. Queries: 1."""
    definition = procedures.frozen(case.dossier.procedure) if case.dossier.procedure else None
    rows: list[dict[str, Any]] = []
    for move in work.moves_of(case.dossier):
        if move.branch and move.kind == work.Move.Kind.OPEN:
            continue
        title = definition.title_of_move(move.do, move.from_state) if definition else move.do
        if move.kind == work.Move.Kind.OPEN:
            title = "提交申请"
        if move.kind in (work.Move.Kind.PAUSE, work.Move.Kind.RESUME, work.Move.Kind.EXTEND):
            title = f"{move.get_kind_display()}：{title}"
        text = f"从{move.counts_as_of:%Y年%m月%d日}起算" if move.counts_as_of else ""
        rows.append({"title": title, "at": move.at.astimezone(clock.BEIJING), "text": text, "state": "done"})
    return rows


def state_words(case: Case) -> str:
    """Return where a case stands, in the words of its procedure. No query when the case came from ``own_cases``."""
    procedure = case.dossier.procedure
    return procedures.frozen(procedure).title_of(case.state) if procedure else case.state


def papers_of(case: Case) -> list[CaseMaterial]:
    """Return what was handed in, oldest first, with the documents. Queries: 1."""
    return list(CaseMaterial.objects.filter(case=case).select_related("document").order_by("pk"))


def verdicts_of(case: Case) -> dict[str, int]:
    """Return how many materials an officer found to fit and how many to need correction, in words. Queries: 1."""
    latest = {paper.key: paper for paper in CaseMaterial.objects.filter(case=case).order_by("pk")}
    found = Counter(paper.get_verdict_display() for paper in latest.values() if paper.verdict)
    return dict(found)


def lamps_of(cases: Iterable[Case], on: date) -> dict[int, work.Lamp]:
    """Return the lamp of what is next due in each open case. Queries: 1 for all, and those of the lamps."""
    by_dossier = {case.dossier_id: case.pk for case in cases if case.is_open}
    owed = work.Obligation.objects.filter(dossier__in=by_dossier, state=work.Obligation.State.OPEN)
    first: dict[int, work.Obligation] = {}
    for one in owed.select_related("clock__limit").order_by("due_order", "pk"):
        if one.dossier_id is not None:
            first.setdefault(by_dossier[one.dossier_id], one)
    lit = work.lamps(first.values(), on)
    return {case: lit[one.pk] for case, one in first.items()}


def _owed(case: Case) -> list[work.Obligation]:
    """Return what the applicant owes in a case."""
    return list(
        work.Obligation.objects.filter(
            dossier=case.dossier_id, party=case.applicant_id, state=work.Obligation.State.OPEN
        ).order_by("due_order", "pk")
    )


def _files(case: Case) -> dict[str, tuple[Upload, ...]]:
    found: dict[str, list[Upload]] = {}
    for upload in Upload.objects.filter(case=case).order_by("pk"):
        found.setdefault(upload.material, []).append(upload)
    return {key: tuple(files) for key, files in found.items()}
