"""What stops a command, said in one sentence in Chinese and one in English."""

from __future__ import annotations

import errno


class Trouble(Exception):
    """A command can't go on, and the person can do something about it.

    Printed without a traceback; anything else that is raised is a defect.
    """

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.chinese = chinese
        self.english = english

    def __str__(self) -> str:
        return f"✗ {self.chinese}\n  {self.english}"


def of_the_system(error: OSError) -> Trouble | None:
    """Return the sentence for what the operating system refused, or None if it is not one of the usual."""
    place = error.filename or ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return disk_full(str(place))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return not_writable(str(place))
    return None


def disk_full(place: str) -> Trouble:
    return Trouble(
        f"磁盘已满，{place or '数据文件夹'}写不进去了。已经提交的内容都在；请清出空间后再运行。",
        f"The disk is full at {place or 'the data folder'}; what was acknowledged is kept. Free some space.",
    )


def not_writable(place: str) -> Trouble:
    return Trouble(
        f"没有权限写入 {place}。请换一个属于您的文件夹（--data 文件夹），或者修改它的权限。",
        f"{place} is not writable; name another folder with --data or change its permissions.",
    )
