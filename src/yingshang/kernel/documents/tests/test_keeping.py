"""Keeping: whole or not at all."""

import errno
import io
import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from yingshang.kernel import documents, ledger
from yingshang.kernel.audience import PUBLIC, Audience
from yingshang.kernel.documents import jobs, store
from yingshang.kernel.errors import NotFound, Refusal, Unavailable

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
TEXT = "请予受理。\n".encode()


def keep(by, content=TEXT, **changes):
    asked = {"name": "申请书.txt", "media_type": "text/plain", "subject": "dossier:1", "by": by, "at": AT}
    return documents.keep(io.BytesIO(content), **(asked | changes))


def test_a_kept_file_comes_back_as_it_was(wang_min):
    document = keep(wang_min)
    with documents.open_document(document, wang_min) as file:
        assert file.read() == TEXT
    assert document.digest == documents.digest(io.BytesIO(TEXT))
    assert ledger.Entry.objects.filter(subject=f"document:{document.pk}").count() == 2


def test_the_same_content_is_two_documents_and_one_file(wang_min, li_qiang, data_folder):
    first, second = keep(wang_min), keep(li_qiang)
    assert first.pk != second.pk
    assert [path.name for path in (data_folder / "documents").glob("??/*")] == [first.digest]


def test_a_refused_file_leaves_nothing(wang_min, data_folder):
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        keep(wang_min, b"MZ\x90\x00\x03")
    assert refused.value.code == "documents.kind_not_accepted"
    assert [path for path in (data_folder / "documents").rglob("*") if path.is_file()] == []
    assert not documents.Document.objects.filter(subject="dossier:1").exists()
    assert ledger.Entry.objects.count() == recorded


def test_an_empty_file_and_one_over_the_limit_are_refused(wang_min, settings):
    settings.YS_DOCUMENT_MAX_BYTES = 10
    for content, code in ((b"", "documents.empty"), (b"x" * 11, "documents.too_large")):
        with pytest.raises(Refusal) as refused:
            keep(wang_min, content)
        assert refused.value.code == code


def test_a_full_disk_is_said_in_words(wang_min, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="磁盘"):
        keep(wang_min)
    assert not documents.Document.objects.filter(subject="dossier:1").exists()


def test_a_process_killed_in_the_middle_leaves_no_named_file(data_folder):
    """A stream that never ends is cut by SIGKILL: the file has no name yet, so nobody can take it for whole."""
    script = (
        "import sys, os, signal\n"
        "from django.conf import settings\n"
        f"settings.configure(YS_DATA_DIR={str(data_folder)!r})\n"
        "from yingshang.kernel.documents import store\n"
        "class Stream:\n"
        "    sent = 0\n"
        "    def read(self, size):\n"
        "        self.sent += 1\n"
        "        if self.sent == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return b'x' * size\n"
        "with store.received(Stream(), limit=1 << 40) as incoming: store.settle(incoming)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    assert list((data_folder / "documents").glob("??/*")) == []
    left = list((data_folder / "documents" / "incoming").iterdir())
    assert len(left) == 1


def test_the_sweep_takes_old_orphans_and_nothing_else(wang_min, data_folder):
    kept = keep(wang_min)
    old = time.time() - 2 * store.ORPHANS_LIVE
    os.utime(store.place_of(kept.digest), (old, old))
    orphans = [data_folder / "documents" / "ab" / ("ab" * 32), data_folder / "documents" / "incoming" / "tmp1"]
    young = data_folder / "documents" / "incoming" / "tmp2"
    for path in (*orphans, young):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    for path in orphans:
        os.utime(path, (old, old))
    assert jobs.sweep() == 2
    assert young.exists()
    assert store.place_of(kept.digest).exists()


def test_others_cannot_open_it_and_are_told_there_is_none(wang_min, li_qiang, wu):
    document = keep(wang_min)
    recorded = ledger.Entry.objects.count()
    for stranger in (li_qiang, wu):
        with pytest.raises(NotFound):
            documents.open_document(document, stranger)
        assert documents.documents_of("dossier:1", stranger) == []
    assert ledger.Entry.objects.count() == recorded


def test_opening_a_public_document_is_nobodys_business(wang_min, wu):
    document = keep(wang_min, audience=PUBLIC)
    recorded = ledger.Entry.objects.count()
    documents.open_document(document, wu).close()
    assert ledger.Entry.objects.count() == recorded


def test_a_private_digest_stays_out_of_the_ledger(wang_min):
    private, public = keep(wang_min), keep(wang_min, audience=PUBLIC)
    content = {entry.subject: bytes(entry.content) for entry in ledger.Entry.objects.all()}
    assert private.digest.encode() not in content[f"document:{private.pk}"]
    assert public.digest.encode() in content[f"document:{public.pk}"]


def test_a_number_is_used_once(wang_min):
    first = keep(wang_min, official_no="示市监〔2026〕1号")
    with pytest.raises(Refusal) as refused:
        keep(wang_min, official_no="示市监〔2026〕1号")
    assert refused.value.code == "documents.number_taken"
    assert keep(wang_min, official_no="示市监〔2026〕1号", replaces=first).replaces == first


def test_the_database_itself_refuses_to_change_a_document(wang_min):
    document = keep(wang_min)
    with pytest.raises(DatabaseError), transaction.atomic():
        documents.Document.objects.filter(pk=document.pk).update(name="别的.txt")


def test_a_delivered_document_opens_to_its_addressee(wang_min, li_qiang, zhao):
    document = keep(wang_min)
    to_unit = documents.deliver(document_id=document.pk, channel="platform", unit="sfj", by=wang_min, at=AT)
    to_party = documents.deliver(document_id=document.pk, channel="platform", party=zhao.party, by=wang_min, at=AT)
    for delivery, actor in ((to_unit, li_qiang), (to_party, zhao)):
        documents.open_document(document, actor).close()
        signed = documents.sign_for(delivery_id=delivery.pk, by=actor, at=AT)
        assert signed.received_by == actor.person


def test_a_stranger_neither_delivers_nor_signs(wang_min, li_qiang, wu):
    document = keep(wang_min)
    with pytest.raises(Refusal) as refused:
        documents.deliver(document_id=document.pk, channel="platform", unit="fgj", by=li_qiang, at=AT)
    assert refused.value.code == "documents.not_the_keeping_unit"
    delivery = documents.deliver(document_id=document.pk, channel="platform", unit="fgj", by=wang_min, at=AT)
    for stranger in (li_qiang, wu, wang_min):  # on the platform not even the sender signs
        with pytest.raises(Refusal) as refused:
            documents.sign_for(delivery_id=delivery.pk, by=stranger, at=AT)
        assert refused.value.code == "documents.not_the_addressee"
    delivery.refresh_from_db()
    assert delivery.received_at is None


def test_paper_is_signed_for_with_its_receipt(wang_min, zhao):
    document, receipt = keep(wang_min), keep(wang_min, name="送达回证.txt")
    delivery = documents.deliver(document_id=document.pk, channel="post", party=zhao.party, by=wang_min, at=AT)
    with pytest.raises(Refusal) as refused:
        documents.sign_for(delivery_id=delivery.pk, by=wang_min, at=AT)
    assert refused.value.code == "documents.receipt_missing"
    assert documents.sign_for(delivery_id=delivery.pk, by=wang_min, at=AT, receipt=receipt).receipt == receipt
    with pytest.raises(Refusal) as refused:
        documents.sign_for(delivery_id=delivery.pk, by=zhao, at=AT)
    assert refused.value.code == "documents.already_signed_for"


def test_the_same_delivery_is_open_once(wang_min):
    document = keep(wang_min)
    documents.deliver(document_id=document.pk, channel="platform", unit="sfj", by=wang_min, at=AT)
    with pytest.raises(Refusal) as refused:
        documents.deliver(document_id=document.pk, channel="platform", unit="sfj", by=wang_min, at=AT)
    assert refused.value.code == "documents.already_delivered"
    with pytest.raises(ValueError, match="either"):
        documents.deliver(document_id=document.pk, channel="platform", by=wang_min, at=AT)


def test_the_database_itself_refuses_a_delivery_to_nobody(wang_min):
    document = keep(wang_min)
    with pytest.raises(IntegrityError, match="documents_delivery_has_one_addressee"), transaction.atomic():
        documents.Delivery.objects.create(document=document, channel="post", delivered_at=AT, delivered_by="x")


def test_the_policy_and_its_list_agree(wang_min, li_qiang, zhao, wu, zhou, zheng):
    from yingshang.kernel import access

    kept = [
        keep(wang_min),
        keep(wang_min, audience=PUBLIC),
        keep(wang_min, audience=Audience(unit="sfj-fzg")),
        keep(wang_min, audience=Audience(party=zhao.party)),
        keep(wang_min, audience=Audience(handlers=frozenset({zhou.person}))),
        keep(wang_min, audience=Audience()),
    ]
    for actor in (wang_min, li_qiang, zhao, wu, zhou, zheng):
        listed = {document.pk for document in access.visible(actor, "documents.open")}
        assert listed == {document.pk for document in kept if access.may(actor, "documents.open", document) is None}
    assert kept[5].pk not in {document.pk for document in access.visible(wang_min, "documents.open")}
