"""Which container a file is, and what is refused before anything of it is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from yingshang.oversight.plan_tasks.readers import page, plain
from yingshang.oversight.plan_tasks.readers.source import LARGEST_FILE, LARGEST_TEXT, Source, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_RATIO = 200


def read(path: Path | str) -> Source:
    """Return the text and blocks of a file.

    Raises Unreadable for a file that is missing, closed to us, empty,
    larger than ``LARGEST_FILE``, broken, encrypted, packed to excess, scanned,
    or of a kind that holds no text.
    """
    path = Path(path)
    if not path.is_file():
        raise Unreadable("文件不存在，或者不是文件。请检查路径。")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("文件是空的，一个字节也没有。请重新下载或另存后再试。")
    if size > LARGEST_FILE:
        raise Unreadable(f"文件有{size // 2**20}MB，超过{LARGEST_FILE // 2**20}MB的上限，没有读取。请去掉图片后另存。")
    try:
        with path.open("rb") as stream:
            head = stream.read(2048)
    except OSError as closed:
        raise Unreadable("文件打不开，可能没有读它的权限。请修改文件的权限，或换一份能读的副本。") from closed
    if head.startswith(_OLE):
        raise Unreadable(
            "文件是加了密码的文档或旧版.doc、.xls、.wps格式，读不出来。请去掉密码，另存为.docx或PDF后再试。"
        )
    if b"%PDF-" in head[:1024]:
        from yingshang.oversight.plan_tasks.readers import portable  # on first use: its libraries are large

        return portable.read(path)
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(_IMAGES):
        raise Unreadable("文件是图片，里面没有文字。请先做文字识别，或换一份能复制文字的文件。")
    if head.startswith(b"{\\rtf"):
        raise Unreadable("文件是RTF格式。请另存为.docx、PDF或纯文本后再试。")
    if size > LARGEST_TEXT * 2:
        raise Unreadable(f"文件是{size // 2**20}MB的纯文本，公文不会这么长，没有读取。请确认选对了文件。")
    text = plain.decode(path)
    if page.is_page(text, path.suffix):
        return page.read(text, path)
    return plain.read(text, path)


def _packed(path: Path) -> Source:
    """A zip: look at what it says it holds before unpacking a byte."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
            stored = sum(member.compress_size for member in members) or 1
            main = packed.getinfo("word/document.xml") if "word/document.xml" in names else None
            encrypted = any(member.flag_bits & 1 for member in members)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise Unreadable("文件损坏了，打不开。请重新下载，或用文字处理软件打开后另存。") from broken
    if encrypted:
        raise Unreadable("文件加了密码，读不出来。请去掉密码后再试。")
    if unpacked > _MOST_UNPACKED or (unpacked > 2**24 and unpacked / stored > _MOST_RATIO):
        raise Unreadable(
            f"文件展开后有{unpacked // 2**20}MB，远超公文应有的大小，没有读取。请确认文件来源可靠，另存后再试。"
        )
    if main is None:
        raise Unreadable("文件不是Word文档（.docx）。请另存为.docx、PDF、网页或纯文本后再试；压缩包请先解压。")
    from yingshang.oversight.plan_tasks.readers import office  # on first use, as above

    return office.read(path)
