"""Files named by what is in them, under the data folder; nothing half-stored.

A file is written beside the store, forced to disk, and only then given its
name; the row that points at it is committed after that. Whoever pulls the plug
leaves at worst a file that no row names, which ``sweep`` removes a day later.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yingshang.kernel.errors import Refusal, Unavailable

CHUNK = 1 << 20
ORPHANS_LIVE = 24 * 3600  # seconds; longer than any transaction


@dataclass(frozen=True)
class Incoming:
    """A file on its way in: whole and on disk, not yet named."""

    path: Path
    digest: str
    size: int


def folder() -> Path:
    """Return the folder of the files; only this process's user may enter it."""
    place = Path(settings.YS_DATA_DIR) / "documents"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(digest: str) -> Path:
    """Return where the file with this SHA-256 (hex) stands or will stand."""
    return folder() / digest[:2] / digest


def digest(stream: BinaryIO) -> str:
    """Return the SHA-256 (hex) of what is left in a stream."""
    seen = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        seen.update(chunk)
    return seen.hexdigest()


@contextmanager
def received(stream: BinaryIO, *, limit: int) -> Iterator[Incoming]:
    """Write a stream to disk and yield it; what is not settled inside the block is gone after it.

    limit: bytes. Raises Refusal ``documents.too_large`` or ``documents.empty``,
    Unavailable when the disk is full or not writable.
    """
    path = None
    try:
        with disk_trouble_said():
            waiting = folder() / "incoming"
            waiting.mkdir(mode=0o700, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=waiting, delete=False) as file:
                path = Path(file.name)
                seen, size = hashlib.sha256(), 0
                for chunk in _chunks(stream, limit):
                    seen.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        yield Incoming(path, seen.hexdigest(), size)
    finally:
        if path is not None:
            path.unlink(missing_ok=True)


@contextmanager
def disk_trouble_said() -> Iterator[None]:
    """Turn a full or closed disk into Unavailable."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}:
            raise Unavailable("文件库", "存放文件的磁盘已满或者不可写。") from error
        raise


def read_all(stream: BinaryIO, *, limit: int) -> bytes:
    """Return the whole content, in memory only. Raises Refusal as ``received`` does."""
    return b"".join(_chunks(stream, limit))


def _chunks(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise Refusal(
                "documents.too_large",
                f"文件超过了{limit // CHUNK} MB的上限。",
                "请压缩图片、拆分文件，或者降低扫描分辨率后再上传。",
            )
        yield chunk
    if not size:
        raise Refusal("documents.empty", "这是一个空文件，里面没有内容。", "请打开原文件确认已经保存，再重新上传。")


def settle(incoming: Incoming) -> None:
    """Give the file its name for good. The same content twice is one file."""
    place = place_of(incoming.digest)
    with disk_trouble_said():
        place.parent.mkdir(mode=0o700, exist_ok=True)
        if place.exists():
            place.touch()  # young again, so that a sweep does not take it before our row is committed
        else:
            incoming.path.rename(place)
        for directory in (place.parent, place.parent.parent):
            _force(directory)


def write(place: Path, content: bytes) -> None:
    """Write a file that has its name already: whole and on disk, or not there."""
    with disk_trouble_said():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = place.with_suffix(".new")
        with open(waiting, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(place)
        for directory in (place.parent, place.parent.parent):
            _force(directory)


def _force(directory: Path) -> None:
    """Make a rename survive a power cut: the directory entry must be on disk too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(named: Iterable[str]) -> int:
    """Remove files that no row names and no transaction can still be about to name; return how many.

    named: digests and sealed keys that rows point at.
    """
    keep, oldest, removed = set(named), time.time() - ORPHANS_LIVE, 0
    for path in folder().glob("*/*"):
        if path.name not in keep and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
