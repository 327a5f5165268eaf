"""What comes in is what it says, small enough, and runs nothing."""

import io

import pytest

from yingshang.kernel.documents import inspection
from yingshang.kernel.documents.inspection import DOCX, JPEG, OFD, PDF, PNG, TEXT, XLSX, clean_name, examine
from yingshang.kernel.errors import Refusal

ANY = "application/octet-stream"
OLE = inspection.OLE + bytes(600)


def refused(content, declared=ANY):
    with pytest.raises(Refusal) as refusal:
        examine(io.BytesIO(content), declared)
    return refusal.value.code


@pytest.mark.parametrize(
    ("content", "declared", "found"),
    [
        (b"%PDF-1.7\n", PDF, PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n", ANY, PDF),  # some scanners write a mark first
        (b"\x89PNG\r\n\x1a\n....", "image/png", PNG),
        (b"\xff\xd8\xff\xe0....", "image/jpg", JPEG),
        ("营业执照\n".encode(), "text/plain; charset=utf-8", TEXT),
        ("营业执照\n".encode("gb18030"), "text/csv", TEXT),
    ],
)
def test_the_content_decides_what_a_file_is(content, declared, found):
    assert examine(io.BytesIO(content), declared).media_type == found


def test_office_files_are_told_apart_by_their_main_part(zip_of):
    assert examine(io.BytesIO(zip_of(word__document_dot_xml="<w/>")), DOCX).media_type == DOCX
    assert examine(io.BytesIO(zip_of(xl__workbook_dot_xml="<x/>")), ANY).media_type == XLSX
    assert examine(io.BytesIO(zip_of(OFD_dot_xml="<o/>")), ANY).media_type == OFD


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00" + bytes(100), "documents.kind_not_accepted"),  # a Windows program
        (b"<html><script>1</script></html>", "documents.kind_not_accepted"),
        (b"#!/bin/sh\nrm -rf /\n", "documents.kind_not_accepted"),
        (OLE, "documents.kind_not_accepted"),  # .doc, .xls
        (OLE + "EncryptedPackage".encode("utf-16-le"), "documents.encrypted"),
        (b"PK\x03\x04 and then nothing", "documents.damaged"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(content, code):
    assert refused(content) == code


def test_a_wrong_label_is_refused(pdf):
    assert refused(pdf, "image/png") == "documents.not_what_it_says"


def test_macros_and_controls_are_refused(zip_of):
    assert refused(zip_of(word__document_dot_xml="<w/>", word__vbaProject_dot_bin="x")) == "documents.holds_macros"
    assert refused(zip_of(word__document_dot_xml="<w/>", word__activeX__a_dot_xml="x")) == "documents.holds_macros"


def test_a_document_that_declares_macros_is_refused():
    out = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
        archive.writestr("word/document.xml", "<w/>")
    assert refused(out.getvalue()) == "documents.holds_macros"


def test_a_bomb_is_refused_without_unpacking_it(zip_of):
    assert refused(zip_of(word__document_dot_xml=bytes(64 << 20))) == "documents.unpacks_too_large"


def test_a_zip_of_something_else_is_refused(zip_of):
    assert refused(zip_of(readme_dot_txt="hello")) == "documents.kind_not_accepted"


@pytest.mark.parametrize(
    ("name", "extension", "clean"),
    [
        ("申请书.pdf", ".pdf", "申请书.pdf"),
        ("申请书", ".pdf", "申请书.pdf"),
        ("申请书.exe", ".pdf", "申请书.pdf"),
        ("../../etc/passwd", ".txt", "passwd.txt"),
        ("C:\\Users\\a\\平面图.PDF", ".pdf", "平面图.pdf"),
        ("申请书\u202efdp.exe", ".pdf", "申请书fdp.pdf"),  # a direction mark that hides the ending
        ("a\x00b\r\nc?.pdf", ".pdf", "abc_.pdf"),
        ("", ".pdf", "未命名.pdf"),
        ("...", ".pdf", "未命名.pdf"),
        ("𠮷𬭎·王.pdf", ".pdf", "𠮷𬭎·王.pdf"),  # rare characters of names stay
        ("木环组发〔2019〕1号.v2.docx", ".docx", "木环组发〔2019〕1号.v2.docx"),
        ("长" * 300, ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_shows_what_it_is_and_hides_nothing(name, extension, clean):
    assert clean_name(name, extension) == clean
