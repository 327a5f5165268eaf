"""Download and seal check."""

import io
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.kernel import documents
from yingshang.kernel.audience import PUBLIC

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def keep(by, **changes):
    asked = {"name": "公示 𠮷.txt", "media_type": "text/plain", "subject": "dossier:1", "by": by, "at": AT}
    return documents.keep(io.BytesIO("正文".encode()), **(asked | changes))


def test_a_public_document_is_sent_as_an_attachment_that_runs_nothing(wang_min, client):
    document = keep(wang_min, audience=PUBLIC)
    answer = client.get(f"/documents/{document.pk}/file")
    assert b"".join(answer.streaming_content).decode() == "正文"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()


def test_a_private_document_and_none_at_all_answer_alike(wang_min, client):
    document = keep(wang_min)
    hidden = client.get(f"/documents/{document.pk}/file")
    missing = client.get("/documents/00000000-0000-4000-8000-000000000000/file")
    assert hidden.status_code == missing.status_code == 404


def test_anybody_may_have_a_file_checked_for_seals(example_county, client):
    assert client.get("/documents/check-seal/").status_code == 200
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 and then nothing", content_type="application/pdf")
    assert "没有可以查验的电子印章" in client.post("/documents/check-seal/", {"file": file}).content.decode()


def test_a_check_without_a_file_says_what_is_missing(example_county, client):
    assert client.post("/documents/check-seal/").status_code == 200
