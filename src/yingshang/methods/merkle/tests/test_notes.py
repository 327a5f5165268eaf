"""Signed notes, checkpoints and proof files: what is accepted, what is refused, and published examples."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from yingshang.methods import merkle
from yingshang.methods.merkle import Checkpoint, NoteProblem, ProofFile, ProofProblem, Signer, Verifier, open_note

# golang.org/x/mod/sumdb/note, its documentation: a note signed by PeterNeumann, and the key it is opened with.
NEUMANN = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
SAID = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Signer("ledger.yingshang.example/shili", Ed25519PrivateKey.from_private_bytes(b"k" * 32))
OTHER = Signer("ledger.yingshang.example/shili", Ed25519PrivateKey.from_private_bytes(b"o" * 32))
WITNESS = Signer("witness.yingshang.example/sfj", Ed25519PrivateKey.from_private_bytes(b"w" * 32))
ENTRIES = [f"entry {number}".encode() for number in range(5)]
ROOT = merkle.root(map(merkle.leaf_hash, ENTRIES))


def test_a_published_note_opens_with_its_published_key():
    assert open_note(SAID, [NEUMANN]).startswith("If you think cryptography")
    assert str(NEUMANN) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_one_letter_changed_is_noticed():
    with pytest.raises(NoteProblem, match="does not fit the text"):
        open_note(SAID.replace("answer", "Answer"), [NEUMANN])


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=60))
def test_what_is_signed_opens(line):
    text = f"{line}\n\nsecond part\n"
    assert open_note(KEY.sign(text), [OTHER.verifier, KEY.verifier]) == text


def test_signatures_by_others_are_passed_over():
    note = KEY.sign("text\n") + WITNESS.sign("text\n").rpartition("\n\n")[2]
    assert open_note(note, [KEY.verifier]) == open_note(note, [WITNESS.verifier]) == "text\n"
    with pytest.raises(NoteProblem, match="not signed by a trusted key"):
        open_note(note, [OTHER.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name",
        "text\n\n— name AAAA\n",
        "text\n\n— name !!!!!!!!\n",
        "text\n\nname AAAAAAAA\n",
        "te\txt\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * 101,
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(NoteProblem):
        open_note(note, [KEY.verifier])


@pytest.mark.parametrize("text", ["no newline", "bell\a\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(NoteProblem):
        KEY.sign(text)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "name",
        "name+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_refused(key):
    with pytest.raises(NoteProblem):
        Verifier.parse(key)


def test_a_checkpoint_has_three_lines():
    note = Checkpoint(KEY.name, 5, ROOT).signed(KEY)
    assert note.startswith(f"ledger.yingshang.example/shili\n5\n{base64.b64encode(ROOT).decode()}\n\n— ")
    assert Checkpoint.opened(note, [KEY.verifier]) == Checkpoint(KEY.name, 5, ROOT)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        # C2SP tlog-checkpoint, the example of the specification
        ("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", True),
        ("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n", True),
        ("o\n05\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", False),
        ("o\n-5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", False),
        ("o\n٥\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", False),
        ("o\n5\n47DEQpj8HBSa\n", False),
        ("o\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", False),
        ("\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", False),
        ("o\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n", False),
        ("o\n5\n", False),
    ],
)
def test_what_a_checkpoint_is(text, is_one):
    if is_one:
        assert Checkpoint.parse(text).text() == "\n".join(text.split("\n")[:3]) + "\n"
    else:
        with pytest.raises(NoteProblem, match="three lines"):
            Checkpoint.parse(text)


def proof_of(index, extra=b""):
    hashes = [merkle.leaf_hash(entry) for entry in ENTRIES]

    def read(nodes):
        return [merkle.root(hashes[node.index << node.level : node.index + 1 << node.level]) for node in nodes]

    path = merkle.inclusion_proof(index, 5, read)
    return ProofFile(index, tuple(path), Checkpoint(KEY.name, 5, ROOT).signed(KEY), extra)


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("carries", [True, False])
def test_a_proof_file_is_read_back_and_holds(index, carries):
    proof = proof_of(index, ENTRIES[index] if carries else b"")
    read_back = ProofFile.parse(str(proof))
    assert read_back == proof
    assert read_back.holds(trusted=[KEY.verifier], entry=None if carries else ENTRIES[index]).size == 5


def test_a_proof_for_another_entry_or_key_does_not_hold():
    proof = proof_of(2, ENTRIES[2])
    with pytest.raises(ProofProblem, match="does not lead"):
        proof.holds(trusted=[KEY.verifier], entry=ENTRIES[3])
    with pytest.raises(NoteProblem, match="trusted key"):
        proof.holds(trusted=[OTHER.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex notanumber\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex -5\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 05\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex " + "9" * 5000 + "\n\nx\n",
        "c2sp.org/tlog-proof@v1\nextra !!\nindex 0\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + base64.b64encode(b"x" * 64).decode() + "\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + (base64.b64encode(b"x" * 32).decode() + "\n") * 65 + "\nx\n",
    ],
)
def test_what_is_no_proof_file_is_refused(text):
    with pytest.raises(ProofProblem):
        ProofFile.parse(text)
