"""Look into a zipped document before anything is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from yingshang.oversight.plan_tasks.readers.source import Unreadable

LARGEST_PART = 80 * 1024 * 1024
LARGEST_WHOLE = 400 * 1024 * 1024
MOST_PARTS = 5000
LARGEST_RATIO = 300


def look_into(path: Path) -> list[str]:
    """Return the names inside. Raises Unreadable for what is broken, encrypted, or unpacks to far more than it is."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("文件已损坏：压缩包不完整。请重新下载或者重新另存后再导入。") from None
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("文件加了密码，读不出来。请去掉密码后再导入。")
    whole = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if (
        len(parts) > MOST_PARTS
        or whole > LARGEST_WHOLE
        or any(part.file_size > LARGEST_PART for part in texts)
        or (whole > LARGEST_PART and whole / packed > LARGEST_RATIO)
    ):
        raise Unreadable("文件展开后大得不正常，为了安全没有打开。请另存一份正常的文档再导入。")
    return [part.filename for part in parts]
