"""A backup is whole and unchanged, or it is refused with what is wrong."""

from __future__ import annotations

import io
import tarfile

import pytest

from yingshang.site.cluster.trouble import Trouble
from yingshang.site.processes import archive


@pytest.fixture
def backup(tmp_path):
    (tmp_path / "dump").write_bytes(bytes(range(256)) * 9000)

    def parts(writer: archive.Writer) -> None:
        writer.add_file(archive.DUMP, tmp_path / "dump")
        writer.add_text("files/documents/ab/cd", "一份文件")

    archive.write(tmp_path / "county.tar", {"county": "example"}, parts)
    return tmp_path / "county.tar"


def rewritten(backup, change):
    """Return a copy of a backup whose members went through ``change(name, content)``; None drops one."""
    target = backup.with_name("changed.tar")
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        members = [(member, old.extractfile(member).read()) for member in old]
        for member, content in members:
            found = change(member.name, content)
            if found is not None:
                name, content = found
                member.name, member.size = name, len(content)
                new.addfile(member, io.BytesIO(content))
    return target


def test_what_was_written_verifies_and_comes_out_again(backup, tmp_path):
    assert archive.verify(backup)["county"] == "example"
    archive.extract(backup, lambda name: tmp_path / "out" / name if name.startswith("files/") else None)
    assert (tmp_path / "out" / "files" / "documents" / "ab" / "cd").read_text() == "一份文件"
    assert not (tmp_path / "out" / archive.DUMP).exists()


def test_a_backup_is_never_overwritten(backup):
    before = backup.read_bytes()
    with pytest.raises(Trouble, match="不会覆盖"):
        archive.write(backup, {}, lambda writer: None)
    assert backup.read_bytes() == before


def test_a_backup_that_could_not_be_finished_leaves_nothing(tmp_path):
    def parts(writer: archive.Writer) -> None:
        writer.add_file("files/gone", tmp_path / "gone")

    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "county.tar", {}, parts)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", range(600, 2_300_000, 260_111))
def test_one_flipped_bit_is_found_wherever_it_is(backup, place):
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(Trouble, match="不完整或已被改动"):
        archive.verify(backup)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda n, c: None if n == archive.DUMP else (n, c), id="the database is missing"),
        pytest.param(lambda n, c: None if n == archive.DIGESTS else (n, c), id="the digests are missing"),
        pytest.param(lambda n, c: ("../" + n if "ab" in n else n, c), id="a name leads elsewhere"),
        pytest.param(lambda n, c: ("/etc/x" if "ab" in n else n, c), id="a name is absolute"),
        pytest.param(lambda n, c: (n, c + b" " if "ab" in n else c), id="a document grew"),
        pytest.param(lambda n, c: (archive.DUMP if "ab" in n else n, c), id="a name comes twice"),
    ],
)
def test_a_changed_backup_is_refused(backup, change):
    with pytest.raises(Trouble, match="没有恢复任何内容"):
        archive.verify(rewritten(backup, change))


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\x00" * 2000])
def test_what_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "county.tar").write_bytes(content)
    with pytest.raises(Trouble):
        archive.verify(tmp_path / "county.tar")


def test_half_a_backup_is_refused(backup):
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    with pytest.raises(Trouble):
        archive.verify(backup)
