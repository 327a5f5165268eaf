"""The bytes of uploads on their way: files in the data folder, forced to disk before they count."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from yingshang.kernel.errors import Unavailable


def place_of(public_id: UUID) -> Path:
    """Return where the bytes of an upload lie; only this process's user may enter the folder."""
    folder = Path(settings.YS_DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / public_id.hex


def append(public_id: UUID, offset: int, piece: bytes) -> int:
    """Write a piece behind the first ``offset`` bytes and return how many there are now.

    What lies beyond ``offset`` was written by a request that died before its
    row was committed, and is cut off. Fewer bytes than ``offset`` on disk
    means that the folder lost some: nothing is written, and what is there is
    what counts. Raises Unavailable when the disk is full or not writable.
    """
    with _disk_trouble_said():
        place = place_of(public_id)
        with place.open("r+b" if place.exists() else "w+b") as file:
            there = file.seek(0, os.SEEK_END)
            if there < offset:
                return there
            file.truncate(offset)
            file.seek(offset)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()


def opened(public_id: UUID) -> BinaryIO:
    """Return the bytes of an upload, open for reading."""
    return place_of(public_id).open("rb")


def remove(public_id: UUID) -> None:
    """Remove the bytes of an upload; nothing happens when there are none."""
    place_of(public_id).unlink(missing_ok=True)


@contextmanager
def _disk_trouble_said() -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise Unavailable("文件存储") from trouble
        raise
