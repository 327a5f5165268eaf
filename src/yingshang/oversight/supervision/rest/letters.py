"""Letters, answers and reviews over the API."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.queries.letters import ANSWER_FIRST, LATEST_FIRST
from yingshang.oversight.supervision.rest.routing import router
from yingshang.oversight.supervision.rest.schemas import (
    SupervisionAnswerIn,
    SupervisionAnswerOut,
    SupervisionCircularOut,
    SupervisionDecisionIn,
    SupervisionDraftIn,
    SupervisionLetterDetailOut,
    SupervisionLetterOut,
    SupervisionObjectionIn,
    SupervisionObjectionOut,
    SupervisionReasonIn,
    SupervisionTalkIn,
    circular_out,
    letter_detail_out,
    letter_out,
)


@router.get("/letters", response=rest.answers(rest.PageOf[SupervisionLetterOut]), summary="督办文书")
def letters(request: rest.ActorRequest, unit: rest.Code = "", after: rest.Mark = "") -> Any:
    """List letters, the latest first."""
    access.permit(request.actor, "supervision.see_work")
    return _listed(page_after(queries.letters_found(unit=unit), after, order=LATEST_FIRST))


@router.get("/inbox", response=rest.answers(rest.PageOf[SupervisionLetterOut]), summary="本单位督办文书")
def inbox(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the letters of one's unit, what must be answered first at the top."""
    if not request.actor.unit:
        raise NotFound("本单位督办文书")
    return _listed(page_after(queries.inbox(org.unit(request.actor.unit)), after, order=ANSWER_FIRST))


@router.get("/letters/{letter_id}", response=rest.answers(SupervisionLetterDetailOut), summary="一份督办文书")
def letter(request: rest.ActorRequest, letter_id: rest.Id) -> Any:
    """Show a letter with its answers and its review."""
    return _detail(request, letter_id)


@router.post(
    "/letters/{letter_id}/answer", response=rest.answers(SupervisionAnswerOut, status=201), summary="答复督办文书"
)
def answer(request: rest.ActorRequest, letter_id: rest.Id, body: SupervisionAnswerIn) -> Any:
    """Answer a letter that asks for no evidence."""
    given = operations.answer_letter(
        letter_id=letter_id,
        text=body.text,
        promised_on=body.promised_on,
        evidence=None,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, given)


@router.post("/answers/{answer_id}/accept", response=rest.answers(SupervisionAnswerOut), summary="接受答复")
def accept_answer(request: rest.ActorRequest, answer_id: rest.Id) -> Any:
    """Accept an answer."""
    return operations.accept_answer(answer_id=answer_id, by=request.actor, at=clock.now())


@router.post("/answers/{answer_id}/return", response=rest.answers(SupervisionAnswerOut), summary="退回答复")
def return_answer(request: rest.ActorRequest, answer_id: rest.Id, body: SupervisionReasonIn) -> Any:
    """Return an answer."""
    return operations.return_answer(answer_id=answer_id, reason=body.reason, by=request.actor, at=clock.now())


@router.post(
    "/letters/{letter_id}/objection", response=rest.answers(SupervisionObjectionOut, status=201), summary="申请复核"
)
def object_to_letter(request: rest.ActorRequest, letter_id: rest.Id, body: SupervisionObjectionIn) -> Any:
    """Ask for a review."""
    asked = operations.object_to_letter(
        letter_id=letter_id, text=body.text, evidence=None, by=request.actor, at=clock.now()
    )
    return rest.Status(201, asked)


@router.post("/objections/{objection_id}/decide", response=rest.answers(SupervisionObjectionOut), summary="决定复核")
def decide_objection(request: rest.ActorRequest, objection_id: rest.Id, body: SupervisionDecisionIn) -> Any:
    """Decide a review; yes: the objection is upheld."""
    return operations.decide_objection(
        objection_id=objection_id,
        upheld=body.decision == "yes",
        reason=body.reason,
        by=request.actor,
        at=clock.now(),
    )


@router.post("/letters/{letter_id}/draft", response=rest.answers(SupervisionLetterDetailOut), summary="修改督办文书")
def redraft(request: rest.ActorRequest, letter_id: rest.Id, body: SupervisionDraftIn) -> Any:
    """Change the wording of a letter that waits."""
    operations.redraft_letter(letter_id=letter_id, **body.model_dump(), by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/decide", response=rest.answers(SupervisionLetterDetailOut), summary="审批督办文书")
def decide(request: rest.ActorRequest, letter_id: rest.Id, body: SupervisionDecisionIn) -> Any:
    """Read or approve a letter that waits."""
    agrees = body.decision == "yes"
    operations.decide_letter(letter_id=letter_id, agrees=agrees, reason=body.reason, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/talk", response=rest.answers(SupervisionLetterDetailOut), summary="记录约谈")
def record_talk(request: rest.ActorRequest, letter_id: rest.Id, body: SupervisionTalkIn) -> Any:
    """Record a talk."""
    operations.record_talk(letter_id=letter_id, **body.model_dump(), scan=None, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/correct", response=rest.answers(SupervisionLetterDetailOut), summary="签发更正通知")
def issue_correction(request: rest.ActorRequest, letter_id: rest.Id) -> Any:
    """Issue a correction."""
    operations.issue_correction(letter_id=letter_id, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/papers", response=rest.answers(SupervisionLetterDetailOut), summary="生成文书文件")
def render_letter(request: rest.ActorRequest, letter_id: rest.Id) -> Any:
    """Make the papers of a letter."""
    operations.render_letter(letter_id=letter_id, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/seal", response=rest.answers(SupervisionLetterDetailOut), summary="给督办文书盖章")
def seal_letter(request: rest.ActorRequest, letter_id: rest.Id) -> Any:
    """Put the seal on a letter."""
    operations.seal_letter(letter_id=letter_id, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.post("/letters/{letter_id}/publish", response=rest.answers(SupervisionLetterDetailOut), summary="公开通报")
def publish_circular(request: rest.ActorRequest, letter_id: rest.Id) -> Any:
    """Make the public part of a circular public."""
    operations.publish_circular(letter_id=letter_id, by=request.actor, at=clock.now())
    return _detail(request, letter_id)


@router.get("/circulars", response=rest.answers(rest.PageOf[SupervisionCircularOut]), summary="公开的督办通报")
def circulars(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the circulars that were made public; for everybody."""
    return rest.page_of(page_after(queries.public_circulars(), after, order=LATEST_FIRST), circular_out)


def _listed(page: Any) -> dict[str, Any]:
    rows = queries.letter_rows(page.rows, clock.today())
    return {"rows": [letter_out(row) for row in rows], "next": page.next_mark}


def _detail(request: rest.ActorRequest, letter_id: int) -> dict[str, Any]:
    today = clock.today()
    seen = queries.letter_seen(letter_id, request.actor, today)
    return letter_detail_out(seen, queries.letter_rows([seen.letter], today)[0])
