"""What a file really is, whatever its name says; and whether it may come in."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from yingshang.kernel.errors import Refusal

OOXML = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX, PPTX = (
    f"{OOXML}wordprocessingml.document",
    f"{OOXML}spreadsheetml.sheet",
    f"{OOXML}presentationml.presentation",
)
PDF, OFD, PNG, JPEG, TEXT = "application/pdf", "application/ofd", "image/png", "image/jpeg", "text/plain"
EXTENSIONS = {
    PDF: ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    OFD: ".ofd",
    PNG: ".png",
    JPEG: ".jpg",
    TEXT: ".txt",
}
ALSO = {"text/csv": TEXT, "text/markdown": TEXT, "image/jpg": JPEG}  # declared so, kept as
UNKNOWN = {"", "application/octet-stream"}  # the browser did not know

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MEMBERS = 10_000
MOST_UNPACKED = 512 << 20
MOST_RATIO = 200  # deflate reaches 1032 on zeros; dense XML of office files seldom passes 60
SMALL_MEMBER = 1 << 20
MACROS = re.compile(r"vbaproject\.bin$|/activex/|/macrosheets/|\.xlsb$", re.IGNORECASE)
LONGEST_NAME = 120
# Controls, and the marks that make “gpj.exe” read “exe.jpg”.
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True)
class Kind:
    """A media type that the platform keeps, with the file ending it gets."""

    media_type: str
    extension: str


def examine(file: BinaryIO, declared: str) -> Kind:
    """Return what the file is, by its content.

    file: open for reading, seekable; read from its beginning.
    declared: the media type that came with it; a lie is refused, not corrected.
    Raises Refusal: ``documents.kind_not_accepted``, ``documents.not_what_it_says``,
    ``documents.encrypted``, ``documents.damaged``, ``documents.holds_macros``,
    ``documents.unpacks_too_large``.
    """
    found = _sniff(file)
    told = declared.partition(";")[0].strip().lower()
    told = ALSO.get(told, told)
    if told not in UNKNOWN and told != found:
        raise Refusal(
            "documents.not_what_it_says",
            f"文件内容是{_word(found)}，与上传时标明的类型不一致。",
            "请用原来的软件重新保存，不要直接改文件后缀。",
        )
    return Kind(found, EXTENSIONS[found])


def _word(media_type: str) -> str:
    return EXTENSIONS[media_type][1:].upper() + "文件"


def _sniff(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK"):
        return _office_kind(file)
    if head.startswith(OLE):
        raise _legacy(file)
    if _is_text(file):
        return TEXT
    raise _not_accepted()


def _not_accepted() -> Refusal:
    return Refusal(
        "documents.kind_not_accepted",
        "这种文件不能上传。可以上传PDF、OFD、Word（docx）、Excel（xlsx）、PPT（pptx）、图片（png、jpg）和纯文本。",
        "请另存为以上一种格式后再上传。",
    )


def _legacy(file: BinaryIO) -> Refusal:
    """An OLE container is either an encrypted OOXML file or an office file of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in file.read(4 << 20):
        return Refusal("documents.encrypted", "这个文件设了打开密码，读不了。", "请去掉密码后重新保存，再上传。")
    return Refusal(
        "documents.kind_not_accepted",
        "这是旧版Office文件（doc、xls、ppt），可能带有宏，不能上传。",
        "请在Word、Excel或WPS里另存为docx、xlsx、pptx，或者导出PDF后再上传。",
    )


def _office_kind(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_bombs(members)
            names = {member.filename for member in members}
            if any(MACROS.search(name) for name in names) or _declares_macros(archive, names):
                raise Refusal(
                    "documents.holds_macros",
                    "这个文件带有宏或者控件，打开时会自动运行程序，不能上传。",
                    "请另存为不带宏的docx、xlsx或pptx后再上传。",
                )
            if any(member.flag_bits & 1 for member in members):
                raise Refusal("documents.encrypted", "这个文件设了打开密码，读不了。", "请去掉密码后重新保存，再上传。")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refusal(
            "documents.damaged", "文件已经损坏，打不开。", "请用原来的软件打开确认，重新保存后再上传。"
        ) from error
    marks = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX, "OFD.xml": OFD}
    for mark, media_type in marks.items():
        if mark in names:
            return media_type
    raise _not_accepted()


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    """Trust the sizes in the directory: reading never passes them, whatever the stream holds."""
    unpacked = sum(member.file_size for member in members)
    dense = any(
        member.file_size > SMALL_MEMBER and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or dense:
        raise Refusal(
            "documents.unpacks_too_large",
            "这个文件解开后异常庞大，可能会拖垮系统，不能上传。",
            "请检查文件来源；如果确是自己的文件，请拆成几个小文件再上传。",
        )


def _declares_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return "[Content_Types].xml" in names and b"macroEnabled" in archive.read("[Content_Types].xml")


def _is_text(file: BinaryIO) -> bool:
    """UTF-8 or GB 18030 without control characters, and not the beginning of a web page or script."""
    content = file.read()
    if b"\x00" in content or re.match(rb"\s*(<|#!)", content.removeprefix(b"\xef\xbb\xbf")):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            return not re.search(r"[\x01-\x08\x0e-\x1f\x7f]", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


def clean_name(name: str, extension: str) -> str:
    """Return a file name that shows what it is and hides nothing.

    extension: of the real content; replaces whatever the name claimed. Folders,
    controls, direction marks and characters that a file system refuses are
    taken out; rare characters stay. At most 120 characters.
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", name.replace("\\", "/")))
    text = FORBIDDEN.sub("_", PurePosixPath(text).name).strip(" .")
    suffix = PurePosixPath(text).suffix
    if suffix.lower() in {*EXTENSIONS.values(), ".jpeg", ".csv", ".md", ".docm", ".xlsm", ".exe", ".htm", ".html"}:
        text = text[: -len(suffix)]
    text = re.sub(r"\s+", " ", text).strip(" .") or "未命名"
    return text[: LONGEST_NAME - len(extension)] + extension
