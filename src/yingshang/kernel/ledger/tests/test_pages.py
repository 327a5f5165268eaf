"""Anyone may look, download and check, without logging in."""

import base64
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.kernel import ledger
from yingshang.kernel.ledger.keys import signer
from yingshang.kernel.ledger.tree import head
from yingshang.methods import merkle
from yingshang.methods.merkle import ProofFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(note_down_many):
    """Three hundred entries, numbered and signed; returns one of them."""
    entries = note_down_many(300)
    while ledger.sequence(1000):
        pass
    ledger.checkpoint()
    return entries[7]


def test_the_front_page_shows_size_checkpoint_and_key(client, signed):
    page = client.get("/ledger/").content.decode()
    assert f"{head().size} 条" in page
    assert "ledger.yingshang.example/shili" in page
    assert str(signer().verifier) in page


def test_the_front_page_stands_before_the_first_checkpoint(client):
    assert "还没有签发" in client.get("/ledger/").content.decode()
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/tile/0/000.p/1").status_code == 404
    assert client.get("/api/v1/ledger/checkpoint").status_code == 404


def test_an_entry_is_told_in_words_and_found_by_its_id(client, signed):
    assert client.get("/ledger/", {"entry": f" {signed.id} "}).url == f"/ledger/entry/{signed.id}"
    page = client.get(f"/ledger/entry/{signed.id}").content.decode()
    assert "查看了第7次" in page
    assert "p-7" in page
    assert "下载证明文件" in page


def test_a_private_fact_is_not_told(client, note_down):
    secret = ledger.private("赵某的住址")
    entry = note_down(what=secret)
    page = client.get(f"/ledger/entry/{entry.id}").content.decode()
    assert "查看了（不公开）" in page
    assert "赵某" not in page
    assert "正在编号" in page
    assert ledger.opens(secret, "赵某的住址")
    assert not ledger.opens(secret, "赵某的地址")


@pytest.mark.parametrize("address", ["/ledger/entry/{}", "/ledger/entry/{}.tlog-proof", "/api/v1/ledger/entries/{}"])
def test_an_unknown_entry_is_not_found(client, signed, address):
    assert client.get(address.format(uuid4())).status_code == 404
    assert client.get("/ledger/?entry=7").status_code == 404


def test_a_proof_before_the_checkpoint_is_refused_with_what_to_do(client, note_down):
    entry = note_down()
    answer = client.get(f"/api/v1/ledger/entries/{entry.id}/proof")
    assert answer.status_code == 409
    assert answer.json()["code"] == "ledger.not_signed_yet"


def test_the_proof_file_holds_with_the_published_key_alone(client, signed):
    response = client.get(f"/ledger/entry/{signed.id}.tlog-proof")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    proof = ProofFile.parse(response.content.decode())
    checkpoint = proof.holds(trusted=[signer().verifier])
    assert checkpoint.size == head().size
    assert proof.extra == bytes(signed.content)


def bring(client, text):
    return client.post("/ledger/verify", {"file": SimpleUploadedFile("x.tlog-proof", text.encode())}).content.decode()


def test_a_proof_that_holds_is_answered_in_plain_words(client, signed):
    text = str(ledger.prove(signed.id))
    assert "证明成立" in bring(client, text)
    assert "查看了第7次" in bring(client, text)
    pasted = client.post("/ledger/verify", {"text": text.replace("\n", "\r\n")}).content.decode()
    assert "证明成立" in pasted


def test_a_proof_that_does_not_hold_is_answered_with_the_reason(client, signed, stranger):
    good = ledger.prove(signed.id)
    forged = merkle.Checkpoint.parse(good.checkpoint.rpartition("\n\n")[0] + "\n").signed(stranger)
    assert "这不是证明文件" in bring(client, "你好")
    assert "签名不对" in bring(client, str(good).replace("\n— ledger", "\n— other"))
    assert "签名不对" in bring(client, str(ProofFile(good.index, good.hashes, forged, good.extra)))
    changed = good.extra.replace("第7次".encode(), "第8次".encode())
    assert "内容与证明不符" in bring(client, str(ProofFile(good.index, good.hashes, good.checkpoint, changed)))
    assert "内容与证明不符" in bring(client, str(ProofFile(good.index + 1, good.hashes, good.checkpoint, good.extra)))


def test_a_true_proof_of_a_history_that_is_gone_says_so(client, signed):
    entry = b'{"kind":"made_up.looked_at","facts":{"what":"x"},"at":"2026-03-02T04:00:00.000000Z"}'
    other = merkle.Checkpoint("ledger.yingshang.example/shili", 1, merkle.leaf_hash(entry)).signed(signer())
    assert "账本与这份证明不一致" in bring(client, str(ProofFile(0, (), other, entry)))


def test_an_empty_or_huge_upload_is_a_kind_sentence(client, signed):
    assert "请选择证明文件" in client.post("/ledger/verify", {}).content.decode()
    assert "太大了" in bring(client, "x" * 200_001)
    assert (
        "这不是证明文件"
        in client.post("/ledger/verify", {"file": SimpleUploadedFile("x", b"\xff\xfe\x00\xd8")}).content.decode()
    )


def test_a_stranger_audits_the_whole_ledger_from_its_files(client, signed):
    seen = []

    def read(path):
        response = client.get(f"/ledger/{path}")
        assert response.status_code == 200, path
        seen.append((path, response["Content-Type"], response["Cache-Control"]))
        return response.content

    checkpoint = merkle.audit(read, trusted=[signer().verifier])
    assert isinstance(checkpoint, merkle.Checkpoint)
    assert checkpoint.size == head().size
    kinds = {path.split("/")[0]: (kind, caching) for path, kind, caching in seen}
    assert kinds["checkpoint"] == ("text/plain; charset=utf-8", "public, max-age=5")
    assert kinds["tile"] == ("application/octet-stream", "public, max-age=31536000, immutable")


@pytest.mark.parametrize(
    "name",
    [
        "0/001",
        "0/000.p/256",
        "0/000.p/0",
        "1/000",
        "2/000.p/1",
        "0/0",
        "00/000",
        "entries/002",
        "0/x000/000",
        "65/000",
        "a",
    ],
)
def test_a_tile_beyond_the_checkpoint_or_misspelled_is_not_found(client, signed, name):
    assert client.get(f"/ledger/tile/{name}").status_code == 404


def test_the_api_gives_proofs_that_hold(client, signed):
    told = client.get(f"/api/v1/ledger/entries/{signed.id}").json()
    assert told["sentence"] == "查看了第7次"
    assert told["is_signed"] is True
    proof = client.get(f"/api/v1/ledger/entries/{signed.id}/proof").json()
    checkpoint = client.get("/api/v1/ledger/checkpoint").json()
    assert proof["checkpoint"] == checkpoint["note"]
    assert merkle.verify_inclusion(
        index=proof["index"],
        size=checkpoint["size"],
        leaf=merkle.leaf_hash(told["content"].encode()),
        proof=[base64.b64decode(one) for one in proof["hashes"]],
        root=base64.b64decode(checkpoint["root"]),
    )
    answer = client.get("/api/v1/ledger/consistency", {"old": 100, "new": checkpoint["size"]}).json()
    assert merkle.verify_consistency(
        old=100,
        new=checkpoint["size"],
        old_root=base64.b64decode(answer["old_root"]),
        new_root=base64.b64decode(checkpoint["root"]),
        proof=[base64.b64decode(one) for one in answer["hashes"]],
    )


@pytest.mark.parametrize(("old", "new"), [(5, 4), (0, 10_000_000)])
def test_continuity_between_sizes_that_do_not_exist_is_refused(client, signed, old, new):
    answer = client.get("/api/v1/ledger/consistency", {"old": old, "new": new})
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger.no_such_size")


def test_a_proof_and_a_page_cost_a_fixed_number_of_queries(signed, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        ledger.prove(signed.id)
