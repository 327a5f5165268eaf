"""Plan, code and result before the reveal: encrypted under a key of the data folder, behind row-level security.

Whoever has the database alone (a dump, a report, the administrator's SQL)
finds sizes and times. Whoever has the data folder as well can read it: see
docs/adr/0006. The key is never in the database and never in its backup file.
"""

from __future__ import annotations

import json
import os
import secrets
import zlib
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from yingshang.kernel.audience import reading_as
from yingshang.kernel.draws.models import Draw, Sealed, Step
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import draw as method

KEY_BYTES, NONCE_BYTES, ONLY_ME = 32, 12, 0o600


def put_away(draw: Draw, kind: Sealed.Kind, content: bytes, *, number: int = 0) -> None:
    """Seal content of a draw, in the transaction of the deed; each kind and number once."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(_key(draw)).encrypt(nonce, zlib.compress(content), _label(draw, kind, number))
    Sealed.objects.create(draw=draw, kind=kind, number=number, unit_code=draw.unit.code, content=nonce + closed)


def take_out(draw: Draw, kind: Sealed.Kind, *, number: int = 0) -> bytes:
    """Return what was sealed. The caller has permitted it. Raises NotFound, and Refusal
    ``draws.key_is_lost`` when the key is gone or another.

    Queries: 4.
    """
    with reading_as(SYSTEM, {"ys.draws_unit": draw.unit.code}):
        closed = Sealed.objects.filter(draw=draw, kind=kind, number=number).values_list("content", flat=True).first()
    if closed is None:
        raise NotFound("这份封存的内容")
    nonce, body = bytes(closed[:NONCE_BYTES]), bytes(closed[NONCE_BYTES:])
    try:
        return zlib.decompress(AESGCM(_key()).decrypt(nonce, body, _label(draw, kind, number)))
    except InvalidTag:
        raise _lost() from None


def sealed_plan(plan: method.Plan, salt: bytes) -> bytes:
    """Return what is put away of a plan: its sections, what opens its conflicts, and the salt of its digests."""
    kept = {"sections": plan.sections(), "openings": plan.openings(), "salt": salt.hex()}
    return method.canonical(kept)


def open_plan(draw: Draw) -> tuple[method.Plan, bytes]:
    """Return the sealed plan of a draw and the salt of its digests. The caller has permitted it."""
    kept = json.loads(take_out(draw, Sealed.Kind.PLAN))
    return method.Plan.of(kept["sections"], kept["openings"]), bytes.fromhex(kept["salt"])


def open_code(draw: Draw) -> bytes:
    """Return the one-time code of a draw. The caller has permitted it."""
    return method.chain(take_out(draw, Sealed.Kind.CODE))[-2]


def _lost() -> Refusal:
    return Refusal(
        "draws.key_is_lost",
        "打开封存方案的密钥（keys/draws.key）不在数据文件夹里，或者不是当初那一把。",
        "请系统管理员从备份里把它放回去；确实找不回的，由有权的人员作废这次摇号并公开理由。",
    )


def _label(draw: Draw, kind: Sealed.Kind, number: int) -> bytes:
    return f"yingshang draw {draw.serial} {kind} {number}".encode()


def _key(make_for: Draw | None = None) -> bytes:
    """Return the key; made for the first draw, mode 0600. Of two processes that come first at once, one makes it."""
    file = Path(settings.YS_DATA_DIR) / "keys" / "draws.key"
    if file.exists():
        kept = file.read_bytes()
        if len(kept) != KEY_BYTES:
            raise _lost()
        return kept
    sealed_before = Draw.objects.exclude(pk=make_for.pk if make_for else 0).exclude(revealed__isnull=False)
    if make_for is None or sealed_before.exclude(steps__does=Step.Does.VOIDED).exists():
        raise _lost()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{secrets.token_hex(8)}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ME), "wb") as out:
        out.write(secrets.token_bytes(KEY_BYTES))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(fresh)
    fresh.unlink()
    return file.read_bytes()
