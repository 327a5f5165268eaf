"""Credentials over the API: verifying for everybody, one's own for holders, the desk for issuing units."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock, org, parties
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import Pace, rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.credentials import operations, queries
from yingshang.registers.credentials.models import Credential, Release
from yingshang.registers.credentials.queries.verifying import Verdict, by_code, by_digest
from yingshang.registers.credentials.rules import length_words

router = rest.Router()
PACE = Pace("credentials.verify")

Digest = Annotated[str, Field(pattern="^[0-9a-fA-F]{64}$", description="SHA-256")]
Word = Annotated[str, Field(max_length=60)]
Values = Annotated[
    dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=300)]], Field(max_length=40)
]


class CredentialKindOut(Schema):
    """A kind of credential, with the catalogue fields of GB/T 36902."""

    code: str
    title: str
    group: str
    type_code: str
    is_type_code_demo: bool
    fields: list[dict[str, Any]]
    holders: list[str]
    validity: str
    is_renewable: bool
    issuers: str
    source: str


class CredentialShownOut(Schema):
    """What a stranger sees of a credential; the holder's name is masked."""

    title: str
    number: str
    version: int
    identifier: str
    holder: str
    unit: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    ended_on: date | None
    digest: str
    entry: UUID
    ended_entry: UUID | None


class CredentialVerdictOut(Schema):
    """The answer. holds: genuine and in force today."""

    verdict: str
    holds: bool
    title: str
    text: str
    credential: CredentialShownOut | None


class CredentialOut(Schema):
    """A credential as its holder and its issuer see it."""

    id: UUID
    kind: str
    title: str
    number: str
    version: int
    identifier: str
    holder: UUID
    holder_name: str
    unit: str
    fields: dict[str, str]
    valid_from: date
    valid_to: date | None
    state: str
    ended_on: date | None
    document: UUID
    replaced_by: UUID | None


class CredentialChangeOut(Schema):
    """One step in the life of a credential."""

    version: int
    state: str
    on: date
    reason: str
    basis: str
    entry: UUID


class CredentialHistoryOut(CredentialOut):
    """A credential with what became of all its versions."""

    history: list[CredentialChangeOut]


class TemplateReleaseOut(Schema):
    """A template that was proposed, and released once ``is_released``."""

    id: int
    kind: str
    template: str
    is_released: bool


class CredentialIn(rest.Bounded):
    """A credential to issue. holder: public id of the party; number, title and the end may be left to the kind."""

    kind: rest.Code
    holder: UUID
    number: Word = ""
    title: Word = ""
    fields: Values
    valid_from: date
    valid_to: date | None = None
    dossier_id: rest.Id | None = None


class CredentialRenewalIn(rest.Bounded):
    """A renewal. applied_on: the day the application came in; fields: those that changed."""

    applied_on: date
    valid_to: date | None = None
    fields: Values = Field(default_factory=dict)


class CredentialReplacementIn(rest.Bounded):
    """A replacement. cause: lost, damaged or changed; fields: those that changed."""

    cause: rest.Code
    fields: Values = Field(default_factory=dict)


class CredentialEndIn(rest.Bounded):
    """Why a credential is taken away, and the text it rests on."""

    reason: Annotated[str, Field(max_length=400)]
    basis: Annotated[str, Field(max_length=200)]


@router.get("/kinds", response=rest.answers(list[CredentialKindOut]))
def kinds(request: rest.ActorRequest) -> Any:
    """List the kinds of credentials and who issues them."""
    issuers = queries.issuers_by_kind(clock.today())
    plain = ("code", "title", "group", "type_code", "is_type_code_demo", "fields", "holders", "is_renewable", "source")
    return [
        {name: getattr(kind, name) for name in plain}
        | {"validity": length_words(kind.validity), "issuers": issuers.get(kind.code, "")}
        for kind in queries.kinds_on(clock.today())
    ]


@router.get("/verify", response=rest.answers(CredentialVerdictOut))
def verify(request: rest.ActorRequest, code: Word, number: Word = "") -> Any:
    """Say whether the credential with this verification code holds; tries that find nothing are counted."""
    if (slower := PACE.refused(request)) is not None:
        return slower
    answer = by_code(code, number, clock.today())
    if answer.verdict == Verdict.UNKNOWN:
        PACE.count(request)
    return asdict(answer)


@router.get("/verify/file", response=rest.answers(CredentialVerdictOut))
def verify_digest(request: rest.ActorRequest, digest: Digest) -> Any:
    """Say whether the credential whose file has this SHA-256 holds: the file stays with whoever asks."""
    if (slower := PACE.refused(request)) is not None:
        return slower
    answer = by_digest(digest, clock.today())
    if answer.verdict == Verdict.UNKNOWN:
        PACE.count(request)
    return asdict(answer)


@router.get("/mine", response=rest.answers(rest.PageOf[CredentialOut]))
def mine(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the credentials of the party acted for, the latest first."""
    return rest.page_of(page_after(queries.of_holder(request.actor), after, order=queries.LATEST_FIRST), _credential)


@router.get("/mine/{credential_id}", response=rest.answers(CredentialHistoryOut))
def mine_one(request: rest.ActorRequest, credential_id: UUID) -> Any:
    """Show one's own credential with its history."""
    one = queries.credential(credential_id)
    if access.may(request.actor, "credentials.see_own", one) is not None:
        raise NotFound("这本证照")
    return _with_history(one)


@router.get("/issued", response=rest.answers(rest.PageOf[CredentialOut]))
def issued(
    request: rest.ActorRequest, state: rest.Code = "", kind: rest.Code = "", number: Word = "", after: rest.Mark = ""
) -> Any:
    """List what the unit acted for issued, the latest first."""
    rows = queries.issued_by(request.actor, state=state, kind=kind, number=number)
    return rest.page_of(page_after(rows, after, order=queries.LATEST_FIRST), _credential)


@router.get("/issued/{credential_id}", response=rest.answers(CredentialHistoryOut))
def issued_one(request: rest.ActorRequest, credential_id: UUID) -> Any:
    """Show a credential that the unit issued, with its history."""
    return _with_history(_seen(request, credential_id))


@router.post("/issued", response=rest.answers(CredentialOut, status=201))
def issue(request: rest.ActorRequest, body: CredentialIn) -> Any:
    """Issue a credential; a retry returns what was issued."""
    made = operations.issue(
        **body.dict(exclude={"holder"}),
        holder=parties.party(body.holder),
        unit=_own_unit(request),
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _credential(queries.credential(made.pk)))


@router.post("/issued/{credential_id}/renew", response=rest.answers(CredentialOut, status=201))
def renew(request: rest.ActorRequest, credential_id: UUID, body: CredentialRenewalIn) -> Any:
    """Renew a credential; answers with its new version."""
    one = _seen(request, credential_id)
    made = operations.renew(credential_id=one.pk, by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, _credential(queries.credential(made.pk)))


@router.post("/issued/{credential_id}/replace", response=rest.answers(CredentialOut, status=201))
def replace(request: rest.ActorRequest, credential_id: UUID, body: CredentialReplacementIn) -> Any:
    """Put a new version in the place of one that was lost, damaged or changed."""
    one = _seen(request, credential_id)
    made = operations.replace(credential_id=one.pk, by=request.actor, at=clock.now(), **body.dict())
    return rest.Status(201, _credential(queries.credential(made.pk)))


@router.post("/issued/{credential_id}/revoke", response=rest.answers(CredentialOut))
def revoke(request: rest.ActorRequest, credential_id: UUID, body: CredentialEndIn) -> Any:
    """Revoke a credential; public at once."""
    one = _seen(request, credential_id)
    operations.revoke(credential_id=one.pk, by=request.actor, at=clock.now(), **body.dict())
    return _credential(queries.credential(one.pk))


@router.post("/issued/{credential_id}/cancel", response=rest.answers(CredentialOut))
def cancel(request: rest.ActorRequest, credential_id: UUID, body: CredentialEndIn) -> Any:
    """Cancel a credential; public at once."""
    one = _seen(request, credential_id)
    operations.cancel(credential_id=one.pk, by=request.actor, at=clock.now(), **body.dict())
    return _credential(queries.credential(one.pk))


@router.get("/templates", response=rest.answers(list[TemplateReleaseOut]))
def templates(request: rest.ActorRequest) -> Any:
    """List the templates that the unit proposed and released, the latest first."""
    return [_release(each) for each in queries.releases_of(_own_unit(request))[:500]]


@router.post("/templates/{kind}/propose", response=rest.answers(TemplateReleaseOut, status=201))
def propose(request: rest.ActorRequest, kind: rest.Code) -> Any:
    """Propose the present template of a kind for use by the unit."""
    unit = _own_unit(request)
    made = operations.propose_template(kind=kind, unit=unit.code, by=request.actor, at=clock.now())
    return rest.Status(201, _release(made))


@router.post("/templates/releases/{release_id}", response=rest.answers(TemplateReleaseOut))
def release(request: rest.ActorRequest, release_id: rest.Id) -> Any:
    """Release a proposed template as the second person."""
    return _release(operations.release_template(release_id=release_id, by=request.actor, at=clock.now()))


def _own_unit(request: rest.ActorRequest) -> org.Unit:
    if not request.actor.unit:
        raise NotFound("您的单位")
    return org.unit(request.actor.unit)


def _seen(request: rest.ActorRequest, credential_id: UUID) -> Credential:
    one = queries.credential(credential_id)
    if access.may(request.actor, "credentials.see_issued", one) is not None:
        raise NotFound("这本证照")
    return one


def _credential(one: Credential) -> dict[str, Any]:
    newer = one.replaced_by.pk if hasattr(one, "replaced_by") else None
    plain = ("id", "title", "number", "version", "identifier", "holder_name", "fields", "valid_from", "valid_to")
    return {name: getattr(one, name) for name in (*plain, "state", "ended_on")} | {
        "kind": one.kind.code,
        "holder": one.holder.public_id,
        "unit": one.unit.code,
        "document": one.document_id,
        "replaced_by": newer,
    }


def _with_history(one: Credential) -> dict[str, Any]:
    steps = [
        {"version": each.credential.version}
        | {name: getattr(each, name) for name in ("state", "on", "reason", "basis", "entry")}
        for each in queries.history(one)
    ]
    return _credential(one) | {"history": steps}


def _release(each: Release) -> dict[str, Any]:
    return {
        "id": each.pk,
        "kind": each.kind.code,
        "template": each.template,
        "is_released": each.released_at is not None,
    }
