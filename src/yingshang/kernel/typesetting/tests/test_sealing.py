"""A paper made here takes a seal, keeps its content, and shows any change after it."""

import io

import pdfplumber
from pyhanko.pdf_utils.reader import PdfFileReader

from yingshang.kernel import typesetting as ts
from yingshang.kernel.documents.inspection import PDF, examine
from yingshang.kernel.documents.sealing import check
from yingshang.kernel.documents.sealing.process import Seal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM = ts.Form("检查通知书", "〔2026〕1号", [("检查对象", "某公司")], [ts.Paragraph("请予配合。")], ["签收人"], "演示")


def test_a_sealed_paper_is_intact_and_a_changed_one_is_not(tmp_path):
    seal = Seal(tmp_path / "seal")
    sealed = seal.put_on(ts.pdf(FORM), "检查通知书盖章")
    answer = check(sealed, tmp_path / "seal" / "root.pem")
    assert [(one.intact, one.trusted, one.whole, one.is_demo) for one in answer] == [(True, True, True, True)]
    with pdfplumber.open(io.BytesIO(sealed)) as opened:
        assert "请予配合。" in opened.pages[0].extract_text()
    place = sealed.index(b"stream") + 40
    changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    assert not any(one.intact for one in check(changed, tmp_path / "seal" / "root.pem"))


def test_both_files_are_of_a_kind_that_documents_keeps():
    table = ts.Grid(["序号", "事项", ""], [["1", "同", "同"]] * 300)
    paper = ts.OfficialDocument("", "", "台账", body=[table, ts.Code("https://a.example")])
    assert examine(io.BytesIO(ts.pdf(paper)), PDF).media_type == PDF
    assert examine(io.BytesIO(ts.docx(paper)), DOCX).media_type == DOCX


def test_the_file_says_that_it_is_for_archives_and_screen_readers():
    written = ts.pdf(FORM)
    root = PdfFileReader(io.BytesIO(written)).root
    metadata = root["/Metadata"].data
    assert b"pdfaid:part" in metadata and b"pdfuaid:part" in metadata
    assert root["/Lang"].startswith("zh")
    assert root["/MarkInfo"]["/Marked"]
