"""A certificate: one page across, everything on it as text, the drawn seal no part of the reading."""

import io
from datetime import date

import pdfplumber

from yingshang.kernel import typesetting as ts

CERTIFICATE = ts.Certificate(
    title="食品经营许可证",
    number="JY12399010000016",
    fields=[("经营者名称", "示例饺子馆#*_[]"), ("经营场所", "示例县示例镇人民大街18号"), ("负责人", "赵𮧵")],
    code="https://example.org/credentials/verify/?code=7K4M20QX9TBE1234",
    code_words="扫码核验",
    issuer="示例县市场监督管理局",
    issued_on=date(2026, 3, 2),
    stamp="示例县市场监督管理局",
    stamp_mark="演示章",
    foot="电子证照标识",
    note="演示",
)


def test_a_certificate_is_one_page_across_and_the_same_bytes_again():
    content = ts.pdf(CERTIFICATE)
    assert ts.pdf(CERTIFICATE) == content
    with pdfplumber.open(io.BytesIO(content)) as opened:
        (page,) = opened.pages
        assert page.width > page.height
        text = page.extract_text()
    for word in ("编号：JY12399010000016", "示例饺子馆#*_[]", "2026年3月2日", "扫码核验", "演示"):
        assert word in text


def test_a_name_the_fonts_lack_is_reported_before_it_is_printed():
    assert ts.missing_characters(CERTIFICATE) == ("𮧵",)
