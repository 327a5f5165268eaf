"""The data folder of one county: what lies where, who may read it, and who is using it now."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yingshang.site.cluster.trouble import Trouble, not_writable, of_the_system

PRIVATE = 0o600
DATABASE_ROLES = ("postgres", "ys_owner", "ys_web")
SECRET = ("keys", "seal")
OF_THIS_MACHINE = {"postgres", "postgres.at", "logs", "static", "lock", "site.json", "running.json", "welcome.json"}
UNFINISHED = {".part", ".new", ".tmp"}


@dataclass(frozen=True)
class DataFolder:
    """Everything a county has written, in one folder (``.ys`` unless told otherwise).

    postgres/   the database server's own: cluster, programs, log
    documents/  files that people handed in or that the platform made
    sealed/     the same of sealed kinds, encrypted
    event_log/  the moves of each closed month, one Parquet file each
    keys/ seal/ secrets, each readable by its owner only
    logs/       one JSON object per line
    static/     style sheets and scripts, gathered from the packages
    site.json   what the site is: county, demo or not
    running.json  the processes of the present run
    lock        held while a site runs here
    """

    path: Path

    @property
    def documents(self) -> Path:
        return self.path / "documents"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    def make(self) -> None:
        """Make the folder and its parts. Raises Trouble where that is not possible.

        The folder itself may be entered by others, because a database server
        that was started by root runs as nobody; what must stay private is
        private one level down.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for part in (self.documents, self.keys, self.logs):
                part.mkdir(mode=0o700, exist_ok=True)
            probe = self.path / "write.test"
            probe.write_bytes(b"yingshang")
            probe.unlink()
        except FileExistsError as error:
            raise Trouble(
                f"{self.path} 是一个文件，不能用作数据文件夹。请换一个名称。",
                f"{self.path} is a file, not a folder; choose another name.",
            ) from error
        except OSError as error:
            raise of_the_system(error) or not_writable(str(self.path)) from error

    def is_empty(self) -> bool:
        """Return whether nothing has been stored here yet."""
        return not self.path.exists() or not any(self.path.iterdir())

    def content(self) -> list[str]:
        """Return the files that a backup must hold beside the database, relative, in order: all but secrets."""
        own = {*OF_THIS_MACHINE, *SECRET}
        return [name for name in self._files(self.path) if Path(name).parts[0] not in own]

    def secrets(self) -> list[str]:
        """Return the files that hold keys and certificates, relative, in order."""
        return [name for part in SECRET for name in self._files(self.path / part) if Path(name).name != "address"]

    def _files(self, top: Path) -> list[str]:
        found = (path for path in top.rglob("*") if path.is_file() and path.suffix not in {*UNFINISHED, ".log"})
        return sorted(str(path.relative_to(self.path)) for path in found)

    def lock(self) -> int:
        """Take the folder for this process until it ends, however it ends. Returns the open lock.

        Raises Trouble when a site is already running on it. The system lets
        go of the lock at the end of the process, and children don't inherit it.
        """
        held = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            address = self.read("running.json").get("address", "")
            where = f"，地址是 {address}" if address else ""
            raise Trouble(
                f"这个数据文件夹（{self.path}）上已经有一个网站在运行{where}。"
                "请使用它，或者用 --data 另指定一个文件夹。",
                "A site is already running on this data folder; use it, or name another with --data.",
            ) from None
        return held

    def is_in_use(self) -> bool:
        """Return whether a site is running on this folder now."""
        if not (self.path / "lock").exists():
            return False
        try:
            held = self.lock()
        except Trouble:
            return True
        os.close(held)
        return False

    def read(self, name: str) -> dict[str, Any]:
        """Return a JSON file of the folder; empty when it is not there. Raises Trouble when it is broken."""
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise Trouble(
                f"数据文件夹里的 {self.path / name} 已损坏（{error}）。请把备份恢复到一个新文件夹（./ys restore）。",
                f"{self.path / name} is broken; restore from a backup.",
            ) from error
        return dict(found)

    def write(self, name: str, facts: dict[str, Any]) -> None:
        """Store a JSON file whole or not at all, readable by its owner only."""
        write_private(self.path / name, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")

    def secret_key(self) -> str:
        """Return the key that signs sessions; made on first use."""
        return self._secret("secret_key", lambda: secrets.token_urlsafe(50))

    def passwords(self) -> dict[str, str]:
        """Return database role → password; made on first use, before the server first starts."""
        made = self._secret("database.json", lambda: json.dumps({r: secrets.token_urlsafe(24) for r in DATABASE_ROLES}))
        try:
            return {role: json.loads(made)[role] for role in DATABASE_ROLES}
        except (ValueError, KeyError, TypeError) as error:
            raise Trouble(
                f"{self.keys / 'database.json'} 已损坏，打不开数据库。请从备份恢复，或者找回这个文件。",
                f"{self.keys / 'database.json'} is broken; restore it or the whole folder from a backup.",
            ) from error

    def _secret(self, name: str, make: Any) -> str:
        path = self.keys / name
        with contextlib.suppress(FileNotFoundError):
            return path.read_text(encoding="utf-8").strip()
        if (self.postgres / "cluster").exists() and name == "database.json":
            raise Trouble(
                f"缺少 {path}，打不开已有的数据库。请从备份恢复，或者找回这个文件。",
                f"{path} is missing, so the existing database can't be opened; restore it from a backup.",
            )
        write_private(path, make() + "\n")
        return path.read_text(encoding="utf-8").strip()


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, readable by its owner only, and force it to disk."""
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, PRIVATE)
    with os.fdopen(handle, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
