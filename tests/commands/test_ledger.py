"""./ys ledger: sign, prove and verify; and check a ledger that somebody else publishes."""

from contextlib import contextmanager

import pytest

from yingshang.kernel import ledger
from yingshang.kernel.ledger.keys import signer
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import merkle
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.commands import ledger as command


@pytest.fixture
def entry(db, settings, tmp_path, monkeypatch):
    """An entry in the database of the test, which the command then uses."""

    @contextmanager
    def same_database(arguments):
        yield arguments

    monkeypatch.setattr(command, "database_for", same_database)
    settings.YS_DATA_DIR = tmp_path
    return ledger.close(ledger.private(1), subject="test:1", by=SYSTEM)


def test_it_signs_proves_and_verifies(entry, capsys, tmp_path, django_db_blocker):
    from django.db import connection

    connection.check_constraints()  # what a commit does: the strict entry gets its leaf
    with pytest.raises(Trouble, match="还没有写进"):
        command.main(["prove", str(entry.id)])
    assert command.main(["checkpoint"]) == 0
    kept = capsys.readouterr().out
    assert merkle.Checkpoint.opened(kept, [signer().verifier]).size > 0
    assert command.main(["prove", str(entry.id)]) == 0
    assert merkle.ProofFile.parse(capsys.readouterr().out).holds(trusted=[signer().verifier])
    (tmp_path / "kept").write_text(kept, encoding="utf-8")
    assert command.main(["verify", "--checkpoint", str(tmp_path / "kept")]) == 0
    assert "账本完好" in capsys.readouterr().out


def test_a_checkpoint_of_another_history_is_named(entry, capsys, tmp_path):
    by = signer()
    (tmp_path / "kept").write_text(merkle.Checkpoint(by.name, 1, b"x" * 32).signed(by), encoding="utf-8")
    ledger.sequence()
    assert command.main(["verify", "--checkpoint", str(tmp_path / "kept")]) == 1
    assert "外部保存的 1 条的检查点" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["7", "0a5b7c10-84e4-428b-a776-ccb76f18aed7"])
def test_an_unknown_entry_is_one_sentence(entry, name):
    with pytest.raises(Trouble, match="没有编号为"):
        command.main(["prove", name])


def publish(folder, entries, key):
    """Write a ledger as files: what a mirror holds."""
    hashes = [merkle.leaf_hash(one) for one in entries]
    rows = {0: hashes, 1: [merkle.root(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]}
    files = {"checkpoint": merkle.Checkpoint(key.name, len(hashes), merkle.root(hashes)).signed(key).encode()}
    for tile in merkle.tiles_of(len(entries)):
        first = tile.index * 256
        files[tile.path()] = b"".join(rows[tile.level][first : first + tile.width])
        if tile.level == 0:
            files[tile.entries_path()] = merkle.bundle(entries[first : first + tile.width])
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture
def published(tmp_path, settings):
    settings.YS_DATA_DIR = tmp_path / "data"
    publish(tmp_path, [f"entry {number}".encode() for number in range(300)], signer())
    return ["verify", "--folder", str(tmp_path), "--key", str(signer().verifier)]


def test_a_published_folder_is_audited_with_the_key_alone(published, capsys):
    assert command.main(published) == 0
    assert "300 条记录与签名的检查点一致" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("tile/entries/000", lambda old: old.replace(b"entry 7", b"entry 8", 1), "tile/0/000"),
        ("tile/entries/001.p/44", lambda old: old.replace(b"entry 290", b"entry 291", 1), "前 300 条记录算出的根"),
        ("tile/entries/001.p/44", lambda old: old[:-1], "文件不完整"),
        ("tile/entries/000", lambda old: old + b"\x00\x00", "应有 256 条"),
        ("tile/0/001.p/44", lambda old: bytes(len(old)), "tile/0/001.p/44"),
        ("checkpoint", lambda old: old.replace(b"\n300\n", b"\n299\n"), "签名不对"),
    ],
)
def test_a_changed_file_is_named(published, capsys, tmp_path, file, change, words):
    place = tmp_path / file
    place.write_bytes(change(place.read_bytes()))
    assert command.main(published) == 1
    assert words in capsys.readouterr().err


def test_checkpoints_kept_earlier_must_be_continued(published, capsys, tmp_path):
    by = signer()
    roots = {
        "true": merkle.root(merkle.leaf_hash(f"entry {number}".encode()) for number in range(100)),
        "false": b"x" * 32,
    }
    for name, root in roots.items():
        (tmp_path / name).write_text(merkle.Checkpoint(by.name, 100, root).signed(by), encoding="utf-8")
    (tmp_path / "larger").write_text(merkle.Checkpoint(by.name, 301, b"x" * 32).signed(by), encoding="utf-8")
    assert command.main([*published, "--checkpoint", str(tmp_path / "true")]) == 0
    assert command.main([*published, "--checkpoint", str(tmp_path / "false")]) == 1
    assert "前 100 条记录算出的根" in capsys.readouterr().err
    assert command.main([*published, "--checkpoint", str(tmp_path / "larger")]) == 1
    assert "以前保存的检查点有 301 条" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify", "--folder", "."], "--key"),
        (["verify", "--folder", ".", "--key", "x"], "公钥不完整"),
        (["verify", "--from-url", "ftp://x", "--key", "KEY"], "http"),
        (["verify", "--folder", "/nowhere", "--key", "KEY"], "取不到"),
    ],
)
def test_what_is_missing_is_one_sentence(settings, tmp_path, arguments, words):
    settings.YS_DATA_DIR = tmp_path
    with pytest.raises(Trouble, match=words):
        command.main([str(signer().verifier) if one == "KEY" else one for one in arguments])
