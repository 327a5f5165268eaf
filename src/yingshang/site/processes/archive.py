"""A backup: one tar with the database, the documents, a list of the keys, and the digest of every part."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from yingshang.site.cluster.trouble import Trouble

FORMAT = "yingshang-backup/1"
DIGESTS = "SHA256SUMS"
FACTS = "backup.json"
DUMP = "database.dump"
BLOCK = 1 << 20


@dataclass
class Writer:
    """Adds parts to an open tar and keeps the digest of each."""

    tar: tarfile.TarFile
    digests: dict[str, str]

    def add_file(self, name: str, path: Path) -> None:
        """Add a file that does not change while it is read."""
        with path.open("rb") as source:
            facts = self.tar.gettarinfo(arcname=name, fileobj=source)
            facts.uid = facts.gid = 0
            facts.mtime = int(facts.mtime)  # a fraction would stand in a header that no checksum covers
            facts.uname = facts.gname = ""
            reader = _Digesting(source)
            self.tar.addfile(facts, reader)
        self.digests[name] = reader.digest.hexdigest()

    def add_text(self, name: str, text: str) -> None:
        content = text.encode()
        facts = tarfile.TarInfo(name)
        facts.size = len(content)
        facts.mode = 0o600
        self.tar.addfile(facts, io.BytesIO(content))
        self.digests[name] = hashlib.sha256(content).hexdigest()


class _Digesting:
    """A file that is digested as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def write(target: Path, facts: dict[str, object], parts: Callable[[Writer], None]) -> int:
    """Write a backup whole or not at all; return how many parts it has.

    Raises Trouble when the target exists: a backup is never overwritten.
    """
    if target.exists():
        raise Trouble(f"{target} 已经存在。备份不会覆盖旧文件，请换一个名称。", f"{target} exists; name another file.")
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar, {})
                parts(writer)
                writer.add_text(FACTS, json.dumps({"format": FORMAT, **facts}, ensure_ascii=False, indent=1))
                digests = dict(writer.digests)
                writer.add_text(DIGESTS, "".join(f"{digest}  {name}\n" for name, digest in digests.items()))
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return len(digests)


def verify(source: Path) -> dict[str, object]:
    """Return the facts of a backup whose every part has the digest it should have.

    Reads the file once, stores nothing. Raises Trouble for anything else: not
    a backup, a part missing, added or changed, a name that leads elsewhere.
    """
    found: dict[str, str] = {}
    listed = facts = b""
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                if not _is_ours(member) or member.name in found:
                    raise damaged(source, f"多余的内容 {member.name}")
                file = tar.extractfile(member)
                assert file is not None
                digest = hashlib.sha256()
                kept = b""
                for block in _blocks(file):
                    digest.update(block)
                    if member.name in {DIGESTS, FACTS}:
                        kept += block
                found[member.name] = digest.hexdigest()
                listed = kept if member.name == DIGESTS else listed
                facts = kept if member.name == FACTS else facts
    except tarfile.TarError as error:
        raise damaged(source, "读不出来") from error
    found.pop(DIGESTS, None)
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in listed.decode().splitlines())}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise damaged(source, f"{name} 与校验值不符")
    if FACTS not in found or DUMP not in found:
        raise damaged(source, "缺少数据库")
    told = dict(json.loads(facts))
    if told.get("format") != FORMAT:
        raise damaged(source, f"格式是 {told.get('format')}")
    return told


def extract(source: Path, place: Callable[[str], Path | None]) -> None:
    """Write each part of a verified backup to where ``place(name)`` says; None leaves it out."""
    with tarfile.open(source, "r:") as tar:
        for member in tar:
            target = place(member.name)
            if target is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            file = tar.extractfile(member)
            assert file is not None
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, member.mode & 0o777)
            with os.fdopen(handle, "wb") as out:
                for block in _blocks(file):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())


def damaged(source: Path, why: str) -> Trouble:
    return Trouble(
        f"备份文件 {source} 不完整或已被改动（{why}），没有恢复任何内容。请换一份备份。",
        f"{source} is not a whole, unchanged backup; nothing was restored.",
    )


def _is_ours(member: tarfile.TarInfo) -> bool:
    parts = Path(member.name).parts
    return member.isfile() and not member.name.startswith("/") and ".." not in parts and "\n" not in member.name


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block
