"""What a stranger is told, by code and by file, and what anybody can check with a foreign program."""

import io
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.db import connection

from yingshang.kernel import documents, ledger
from yingshang.kernel.documents import store
from yingshang.registers.credentials import operations
from yingshang.registers.credentials.queries.verifying import Verdict, by_code, by_file
from yingshang.registers.credentials.tests.factories import ON, at, enterprise, issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

REVOKED = {"reason": "以欺骗手段取得许可", "basis": "《行政许可法》第六十九条"}


def content_of(one):
    return store.place_of(one.document.digest).read_bytes()


def test_a_code_is_answered_with_what_the_license_is_worth_that_day(sealing, sun):
    one = issue(enterprise("木兰县赵家饺子馆（演示）"))
    answer = by_code(f" {one.code[:4].lower()}-{one.code[4:]} ", "", ON)
    assert (answer.verdict, answer.holds) == (Verdict.IN_FORCE, True)
    assert answer.credential.holder.count("*") >= 4  # masked
    assert "赵家" not in answer.credential.holder
    for day, verdict in (
        (ON - timedelta(days=1), Verdict.NOT_YET),
        (one.valid_to, Verdict.IN_FORCE),
        (one.valid_to + timedelta(days=1), Verdict.EXPIRED),
    ):
        assert by_code(one.code, one.number, day).verdict == verdict
    # A number alone, a wrong number and a wrong code teach the same.
    unknown = by_code("", one.number, ON)
    assert unknown.verdict == Verdict.UNKNOWN
    assert unknown == by_code(one.code, "JY12399010000017", ON) == by_code("0" * 16, one.number, ON)
    operations.revoke(credential_id=one.pk, by=sun, at=at(ON), **REVOKED)
    answer = by_code(one.code, "", ON)
    assert (answer.verdict, answer.holds) == (Verdict.REVOKED, False)
    assert "2026年3月30日" in answer.text
    connection.check_constraints()  # as a commit would: both entries get their leaves
    ledger.checkpoint()
    for entry in (answer.credential.entry, answer.credential.ended_entry):
        assert one.document.digest.encode() in bytes(ledger.Entry.objects.get(pk=entry).content)
        assert ledger.prove(entry).index >= 0


def test_a_file_is_answered_by_its_bytes_and_a_changed_byte_is_noticed(sealing, sun, tmp_path):
    one = issue()
    content = content_of(one)
    assert by_file(content, ON).verdict == Verdict.IN_FORCE
    changed = bytearray(content)
    changed[content.index(b"/Type") + 1] ^= 1
    (seal,) = documents.check_seals(io.BytesIO(bytes(changed)))  # pyHanko
    assert not seal.intact
    assert by_file(bytes(changed), ON).verdict == Verdict.CHANGED
    assert by_file(content + b"\n% something added\n", ON).verdict == Verdict.CHANGED
    hidden = content.replace(b"ETSI.CAdES.detached", b"ETSI.CAdES.detashed")  # the seal made unreadable
    assert by_file(hidden, ON).verdict == Verdict.CHANGED
    padded = content.replace(b"0000>", b"0001>", 1)  # inside the room of the seal, which no seal covers
    assert padded != content
    assert by_file(padded, ON).verdict == Verdict.CHANGED
    plain = store.place_of(one.document.seal_of.digest).read_bytes()
    for strange in (plain, b"", b"%PDF-1.7", b"hello"):
        assert by_file(strange, ON).verdict == Verdict.NOT_OURS
    letter = documents.keep(
        io.BytesIO(plain), name="通知.pdf", media_type="application/pdf", subject="x:1", by=sun, at=at(ON)
    )
    sealed = documents.seal(letter.pk, by=sun, at=at(ON), reason="通知")
    assert by_file(store.place_of(sealed.digest).read_bytes(), ON).verdict == Verdict.OTHER_SEAL
    operations.revoke(credential_id=one.pk, by=sun, at=at(ON), **REVOKED)
    assert by_file(content, ON).verdict == Verdict.REVOKED  # the file is as it was


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (Debian: poppler-utils) is not on this machine")
def test_pdfsig_accepts_the_seal_and_refuses_a_changed_byte(sealing, tmp_path):
    """Its exit status is 0 in every case: only its words count. The dates on the page are those of the real day."""
    content = content_of(issue())
    changed = bytearray(content)
    changed[content.index(b"/Type") + 1] ^= 1
    for name, held, said in (("whole", content, True), ("changed", bytes(changed), False)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(held)
        done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True)
        assert ("Signature is Valid." in done.stdout and "Total document signed" in done.stdout) is said
        assert ("Signature is Valid." in done.stdout) is said


def test_a_stranger_asks_on_the_page_and_is_slowed_down_when_guessing(sealing, client, settings):
    one = issue()
    page = client.get("/credentials/verify/", {"code": one.code})
    assert "是真的，" in page.content.decode()
    assert one.holder_name not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    file = io.BytesIO(content_of(one))
    file.name = "license.pdf"
    assert "是真的，" in client.post("/credentials/verify/file/", {"file": file}).content.decode()
    missing = client.post("/credentials/verify/file/", {})
    assert "请选择文件" in missing.content.decode()
    settings.YS_TRIES_A_MINUTE = 3
    asked = {"REMOTE_ADDR": "198.51.100.7"}
    answers = [client.get("/credentials/verify/", {"code": "0" * 16}, **asked).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert client.get("/api/v1/credentials/verify", {"code": "0" * 16}, **asked).status_code == 429
    assert client.get("/credentials/verify/", {"code": one.code}, REMOTE_ADDR="198.51.100.8").status_code == 200
    assert client.get("/credentials/kinds/", {"format": "xlsx"}).status_code == 200
