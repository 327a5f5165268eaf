"""The ledger for programs that prefer JSON: the checkpoint, an entry's proof, continuity."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.checkpointing import latest
from yingshang.kernel.ledger.keys import origin
from yingshang.kernel.ledger.proving import consistency, prove, root_at
from yingshang.kernel.ledger.reading import tell
from yingshang.kernel.web import rest

router = rest.Router()

Size = Annotated[int, Field(ge=0, le=2**53 - 1, description="记录条数")]


class CheckpointOut(Schema):
    """A signed statement of size and root. Hashes are base64, as in the note."""

    origin: str
    size: int
    root: str
    note: str = Field(description="签名的原文，C2SP tlog-checkpoint")
    key: str = Field(description="验证公钥，C2SP signed-note")
    at: datetime


class EntryOut(Schema):
    """An entry: the sentence for people, the content for programs."""

    id: UUID
    kind: str
    sentence: str
    subject: str
    at: datetime
    index: int | None = Field(description="在账本中的序号，从0起；尚未编号时为空")
    is_signed: bool = Field(description="最新检查点是否已包含这条记录")
    content: str = Field(description="计入哈希的原文")


class ProofOut(Schema):
    """An inclusion proof (RFC 6962 section 2.1.1)."""

    index: int
    hashes: list[str]
    checkpoint: str
    content: str


class ConsistencyOut(Schema):
    """A consistency proof (RFC 6962 section 2.1.2)."""

    old: int
    new: int
    old_root: str
    new_root: str
    hashes: list[str]


@router.get("/checkpoint", response=rest.answers(CheckpointOut), summary="最新的检查点")
def newest_checkpoint(request: rest.ActorRequest) -> dict[str, Any]:
    """Return the newest signed checkpoint."""
    newest = latest()
    if newest is None:
        raise NotFound("检查点")
    return {
        "origin": origin(),
        "size": newest.size,
        "root": _spelled(bytes(newest.root)),
        "note": newest.note,
        "key": newest.key,
        "at": newest.at,
    }


@router.get("/entries/{entry_id}", response=rest.answers(EntryOut), summary="一条存证记录")
def one_entry(request: rest.ActorRequest, entry_id: UUID) -> Any:
    """Return an entry as it was recorded."""
    return tell(entry_id)


@router.get("/entries/{entry_id}/proof", response=rest.answers(ProofOut), summary="一条记录的存在证明")
def proof_of_entry(request: rest.ActorRequest, entry_id: UUID) -> dict[str, Any]:
    """Return the proof that the newest signed tree includes the entry."""
    proof = prove(entry_id)
    return {
        "index": proof.index,
        "hashes": [_spelled(one) for one in proof.hashes],
        "checkpoint": proof.checkpoint,
        "content": proof.extra.decode(),
    }


@router.get("/consistency", response=rest.answers(ConsistencyOut), summary="账本的延续证明")
def continuity(request: rest.ActorRequest, old: Size, new: Size) -> dict[str, Any]:
    """Return the proof that the tree of ``new`` records only adds to the tree of ``old`` records."""
    hashes = consistency(old, new)
    return {
        "old": old,
        "new": new,
        "old_root": _spelled(root_at(old)),
        "new_root": _spelled(root_at(new)),
        "hashes": [_spelled(one) for one in hashes],
    }


def _spelled(hashed: bytes) -> str:
    return base64.b64encode(hashed).decode()
