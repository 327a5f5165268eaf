"""Seals: put on by a process of its own, broken by one flipped byte."""

import io
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from yingshang.kernel import documents, ledger
from yingshang.kernel.documents import seals, store
from yingshang.kernel.documents.inspection import PDF
from yingshang.kernel.documents.sealing import Sealed, SocketSigner, authority
from yingshang.kernel.errors import Refusal, Unavailable

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory):
    """One signing process for all tests of this file; it leaves when nobody asks for a minute."""
    return tmp_path_factory.mktemp("seal")


@pytest.fixture
def signer(seal_folder, monkeypatch, data_folder):
    monkeypatch.setenv("YS_SEAL_QUIET", "20")
    (data_folder / "seal").symlink_to(seal_folder)
    return SocketSigner(seal_folder)


@pytest.fixture
def head(wang_min):
    return replace(wang_min, actions=frozenset({"documents.seal"}))


def keep(content, by, **changes):
    asked = {"name": "决定书.pdf", "media_type": PDF, "subject": "dossier:1", "by": by, "at": AT}
    return documents.keep(io.BytesIO(content), **(asked | changes))


def test_a_sealed_document_is_intact_and_says_that_it_is_a_demonstration(signer, pdf, head):
    document = keep(pdf, head, official_no="示市监〔2026〕2号")
    sealed = documents.seal(document.pk, by=head, at=AT, reason="准予许可")
    assert sealed.seal_of == document
    assert sealed.official_no == document.official_no
    with documents.open_document(sealed, head) as file:
        (answer,) = documents.check_seals(file)
    assert (answer.intact, answer.trusted, answer.whole, answer.is_demo) == (True, True, True, True)
    assert "演示" in answer.signer
    assert ledger.Entry.objects.filter(kind="documents.seal_applied", subject=f"document:{sealed.pk}").exists()


def test_one_flipped_byte_breaks_the_seal(signer, pdf, head):
    sealed = documents.seal(keep(pdf, head).pk, by=head, at=AT, reason="准予许可")
    content = bytearray(store.place_of(sealed.digest).read_bytes())
    content[content.index(b"595")] ^= 1
    (answer,) = documents.check_seals(io.BytesIO(bytes(content)))
    assert answer.intact is False


def test_what_was_added_after_the_seal_is_noticed(signer, pdf):
    once = signer.seal(pdf, reason="第一个章").content
    twice = signer.seal(once, reason="第二个章").content
    first, second = documents.check_seals(io.BytesIO(twice))
    assert (first.intact, first.whole) == (True, False)
    assert (second.intact, second.whole) == (True, True)


def test_a_file_without_a_seal_or_without_sense_has_none(signer, pdf):
    signer.seal(pdf, reason="x")  # the root certificate stands
    assert documents.check_seals(io.BytesIO(pdf)) == []
    assert documents.check_seals(io.BytesIO(b"%PDF-1.7 and then nothing")) == []


def test_only_the_keeping_unit_with_the_seal_may_seal(signer, pdf, wang_min, li_qiang, head):
    document = keep(pdf, head)
    for actor, code in (
        (replace(li_qiang, actions=head.actions), "documents.not_the_keeping_unit"),
        (replace(wang_min, actions=frozenset()), "documents.no_sealing_post"),
    ):
        recorded = ledger.Entry.objects.count()
        with pytest.raises(Refusal) as refused:
            documents.seal(document.pk, by=actor, at=AT, reason="x")
        assert refused.value.code == code
        assert ledger.Entry.objects.count() == recorded
    assert documents.Document.objects.filter(subject="dossier:1").count() == 1


def test_a_document_is_sealed_once_and_only_a_pdf(signer, pdf, head):
    document = keep(pdf, head)
    documents.seal(document.pk, by=head, at=AT, reason="x")
    text = keep("文字".encode(), head, media_type="text/plain")
    for pk, code in ((document.pk, "documents.already_sealed"), (text.pk, "documents.only_pdf_is_sealed")):
        with pytest.raises(Refusal) as refused:
            documents.seal(pk, by=head, at=AT, reason="x")
        assert refused.value.code == code


def test_a_broken_pdf_is_refused_and_the_process_lives_on(signer, pdf):
    with pytest.raises(Refusal) as refused:
        signer.seal(b"%PDF-1.7 and then nothing", reason="x")
    assert refused.value.code == "documents.damaged"
    assert signer.seal(pdf, reason="x").content.startswith(b"%PDF")


def test_the_key_is_for_its_owner_only_and_the_process_insists(signer, seal_folder, pdf, tmp_path):
    signer.seal(pdf, reason="x")
    assert stat.S_IMODE(authority.key_file(seal_folder).stat().st_mode) == 0o600
    authority.ensure(tmp_path / "other")
    authority.key_file(tmp_path / "other").chmod(0o640)
    with pytest.raises(PermissionError, match="600"):
        authority.ensure(tmp_path / "other")


def test_the_process_writes_down_what_it_sealed(signer, seal_folder, pdf):
    sealed = signer.seal(pdf, reason="写进清单的理由")
    last = (seal_folder / "sealed.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert documents.digest(io.BytesIO(sealed.content)) in last
    assert "写进清单的理由" in last


def test_the_signing_process_knows_neither_django_nor_the_database():
    code = (
        "import sys; import yingshang.kernel.documents.sealing.process; "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_without_a_signing_process_nothing_is_sealed(pdf, head, monkeypatch):
    monkeypatch.setattr("yingshang.kernel.documents.sealing.client.START_WITHIN", 0.1)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    document = keep(pdf, head)
    with pytest.raises(Unavailable, match="签章服务"):
        documents.seal(document.pk, by=head, at=AT, reason="x")
    assert documents.Document.objects.filter(subject="dossier:1").count() == 1


def test_another_signer_takes_the_place_of_the_test_signer(pdf, head):
    class Device:
        def seal(self, content, *, reason):
            return Sealed(content + b"\n% sealed by a device\n", "国密印章")

    sealed = documents.seal(keep(pdf, head).pk, by=head, at=AT, reason="x", signer=Device())
    assert store.place_of(sealed.digest).read_bytes().endswith(b"device\n")
    assert seals.folder().name == "seal"


def test_a_seal_that_cannot_be_read_is_broken_and_none_is_trusted_without_a_root(signer, pdf, data_folder, tmp_path):
    sealed = signer.seal(pdf, reason="x").content
    hidden = sealed.replace(b"ETSI.CAdES.detached", b"ETSI.CAdES.detashed")
    (answer,) = documents.check_seals(io.BytesIO(hidden))
    assert (answer.intact, answer.trusted, answer.signer) == (False, False, "")
    (data_folder / "seal").unlink()
    (answer,) = documents.check_seals(io.BytesIO(sealed))
    assert (answer.intact, answer.trusted) == (True, False)
    assert documents.check_seals(io.BytesIO(b"%PDF-1.7 and then nothing")) == []
