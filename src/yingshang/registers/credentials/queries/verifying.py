"""Does this credential hold? Asked by a stranger who has its code or its file; asking changes and records nothing."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yingshang.kernel import clock, documents
from yingshang.methods.identifiers import cleaned, masks
from yingshang.registers.credentials import rules
from yingshang.registers.credentials.models import Credential, StateChange

LARGEST_FILE = 10 << 20  # bytes; a sealed certificate has some 60,000
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", "－": ""})


class Verdict(StrEnum):
    """The answer: what a credential is worth, or why the question has none."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPLACED = "replaced"
    RENEWED = "renewed"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"
    CHANGED = "changed"
    OTHER_SEAL = "other_seal"


@dataclass(frozen=True)
class Shown:
    """What a stranger sees of a credential: enough to compare with the paper, and no more."""

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


@dataclass(frozen=True)
class Answer:
    """The answer in words. holds: it is genuine and in force today. credential: None where nothing was found."""

    verdict: Verdict
    holds: bool
    title: str
    text: str
    credential: Shown | None = None


def by_code(code: str, number: str, on: date) -> Answer:
    """Return the answer to a verification code, and to a number where one was typed beside it.

    A wrong code and a wrong number are answered alike. Queries: at most 2.
    """
    typed = cleaned(code).translate(MISREAD)
    found = _rows().filter(code=typed).first() if len(typed) == 16 else None
    if found is None or (number.strip() and cleaned(number) != cleaned(found.number)):
        return _without(Verdict.UNKNOWN)
    return _about(found, on)


def by_digest(digest: str, on: date) -> Answer:
    """Return the answer to the SHA-256 of a file, for programs that keep the file to themselves. Queries: at most 2.

    A digest that is not known may be of a changed file or of a strange one.
    """
    found = _rows().filter(document__digest=digest.strip().lower()).first()
    return _about(found, on) if found is not None else _without(Verdict.UNKNOWN)


def by_file(content: bytes, on: date) -> Answer:
    """Return the answer to a file that somebody hands in; it is not kept. Queries: at most 3."""
    digest = hashlib.sha256(content).hexdigest()
    found = _rows().filter(document__digest=digest).first()
    if found is not None:
        return _about(found, on)
    seals = documents.check_seals(io.BytesIO(content))
    if any(not seal.intact or (seal.trusted and not seal.whole) for seal in seals):
        return _without(Verdict.CHANGED)
    if not any(seal.trusted for seal in seals):
        return _without(Verdict.NOT_OURS)
    # Our seal holds, yet these are not the bytes of a credential: of another paper of ours, or a copy that was touched.
    kept = documents.Document.objects.filter(digest=digest).exists()
    return _without(Verdict.OTHER_SEAL if kept else Verdict.CHANGED)


def _rows() -> QuerySet[Credential]:
    return Credential.objects.select_related("unit", "holder", "document")


def _about(one: Credential, on: date) -> Answer:
    verdict = Verdict(rules.worth_on(one.state, one.valid_from, one.valid_to, on))
    change = None
    if one.ended_on is not None:
        change = StateChange.objects.filter(credential=one, state=one.state).order_by("-pk").first()
    title, text = _words(one)[verdict]
    shown = Shown(
        title=one.title,
        number=one.number,
        version=one.version,
        identifier=one.identifier,
        holder=rules.masked_holder(one.holder_name, is_person=one.holder.kind == "person", mask_person=masks.person),
        unit=one.unit.name,
        issued_on=clock.beijing_date(one.issued_at),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        ended_on=one.ended_on,
        digest=one.document.digest,
        entry=one.entry,
        ended_entry=change.entry if change else None,
    )
    return Answer(verdict, verdict == Verdict.IN_FORCE, title, text, shown)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _words(one: Credential) -> dict[Verdict, tuple[str, str]]:
    said = {"end": _day(one.ended_on), "first": _day(one.valid_from), "last": _day(one.valid_to)}
    return {
        Verdict.IN_FORCE: (
            _("是真的，现在有效"),
            _("这本证照是颁发机构发的，今天仍然有效。请核对下面的名称和编号与手里的一致。"),
        ),
        Verdict.NOT_YET: (_("是真的，还没有到生效的日子"), _("这本证照从%(first)s起才有效。") % said),
        Verdict.EXPIRED: (_("是真的，但是已经过期"), _("这本证照在%(last)s到期，没有查到延续。现在不能用。") % said),
        Verdict.REPLACED: (
            _("是真的，但是已经换了新证"),
            _("这一本在%(end)s换发了新的，这一本不能再用。请持证人出示新的一本。") % said,
        ),
        Verdict.RENEWED: (
            _("是真的，但是已经换了新证"),
            _("这一本在%(end)s延续并换了新的，这一本不能再用。请持证人出示新的一本。") % said,
        ),
        Verdict.REVOKED: (_("是真的，但是已经被撤销"), _("这本证照在%(end)s被颁发机构撤销，从那天起不能用。") % said),
        Verdict.CANCELLED: (_("是真的，但是已经注销"), _("这本证照在%(end)s注销，从那天起不能用。") % said),
    }


def _without(verdict: Verdict) -> Answer:
    title, text = {
        Verdict.UNKNOWN: (
            _("没有查到"),
            _(
                "没有和这个核验码、编号对得上的证照。请照着证照上的二维码或者核验码再试一次；还是查不到的，这本证照不是本县颁发的。"
            ),
        ),
        Verdict.NOT_OURS: (
            _("不是本县颁发的证照文件"),
            _("这个文件上没有本县的电子印章。打印以后再扫描的文件也没有电子印章，请改用证照上的二维码核验。"),
        ),
        Verdict.CHANGED: (
            _("文件被改动过，不能用"),
            _("这个文件盖过电子印章，但是现在的内容和盖章时不一样。请持证人从“我的证照”重新下载原件。"),
        ),
        Verdict.OTHER_SEAL: (
            _("印章是真的，但这不是证照"),
            _("这个文件盖了本县的电子印章，盖章以后没有被改动，但它是别的文书，不是证照。"),
        ),
    }[verdict]
    return Answer(verdict, False, title, text)
