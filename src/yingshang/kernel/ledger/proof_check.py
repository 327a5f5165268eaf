"""Answering a person who brings a proof file: does it hold, and does the ledger still agree?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from yingshang.kernel.ledger.checkpointing import latest
from yingshang.kernel.ledger.proving import root_at
from yingshang.kernel.ledger.reading import sentence
from yingshang.kernel.ledger.tree import head
from yingshang.methods.merkle import NoteProblem, ProofFile, ProofProblem, Verifier

LARGEST_FILE = 200_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell. holds: True only if the proof holds and the ledger still says the same."""

    holds: bool
    title: str
    text: str


def check(text: str) -> Answer:
    """Return the answer to a proof file, in plain Chinese. Anything malformed is an answer too, never an error."""
    newest = latest()
    if newest is None:
        return Answer(False, "还不能核对", "本账本还没有签发过检查点，请过一分钟再试。")
    try:
        proof = ProofFile.parse(text)
    except ProofProblem:
        return Answer(False, "这不是证明文件", "文件不完整，或者不是从存证记录页面下载的证明文件。请重新下载。")
    try:
        signed = proof.holds(trusted=[Verifier.parse(newest.key)])
    except NoteProblem:
        return Answer(False, "签名不对", "文件里的检查点不是本账本签发的，或者被改动过。这个文件不能证明任何事。")
    except ProofProblem:
        return Answer(False, "内容与证明不符", "签名是真的，但文件里的记录不在签名所指的账本里：记录或者路径被改动过。")
    if signed.size > head().size or root_at(signed.size) != signed.root:
        return Answer(
            False,
            "账本与这份证明不一致",
            f"证明本身是真的：账本签过{signed.size}条记录，其中包含这一条。但账本现在的内容与当时不同，说明记录被改写过。"
            "请保存好这个文件，并向监督部门反映。",
        )
    return Answer(True, "证明成立", f"这条记录是账本的第{proof.index}号，至今没有被改动：{_said(proof.extra)}")


def _said(entry: bytes) -> str:
    try:
        content = json.loads(entry)
        at = content["at"][:19].replace("T", " ")
        return f"“{sentence(content['kind'], content['facts'])}”，记录时间（UTC）{at}。"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "文件没有附上记录的内容。"
