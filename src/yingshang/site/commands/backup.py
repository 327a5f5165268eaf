"""备份到一个文件，网站运行时也可以：./ys backup 文件 [--data 文件夹] [--with-keys]"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from yingshang.site.cluster import programs
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.session import opened
from yingshang.site.cluster.trouble import Trouble, disk_full
from yingshang.site.cluster.wishes import Parser
from yingshang.site.processes import archive
from yingshang.site.processes.progress import begin, say
from yingshang.site.processes.site import USUAL_DATA


def main(arguments: list[str]) -> int:
    """Dump the database, then copy the documents: what a row names was stored before the row."""
    begin()
    parser = Parser(prog="./ys backup", description="备份 Back up a data folder into one file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", default=str(USUAL_DATA), help="数据文件夹，默认 .ys")
    parser.add_argument("--with-keys", action="store_true", help="把密钥也放进备份；这样的备份要像密钥一样保管")
    wish = parser.parse_args(arguments)
    folder = DataFolder(Path(wish.data).expanduser().absolute())
    site = folder.read("site.json")
    if not site:
        raise Trouble(f"{folder.path} 里没有网站的数据，没有什么可备份的。", f"There is no site in {folder.path}.")
    target = wish.file.expanduser().absolute()
    if not target.parent.is_dir():
        raise Trouble(f"文件夹 {target.parent} 不存在。", f"{target.parent} does not exist.")
    with opened(folder) as where, tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        dump_file = Path(scratch) / archive.DUMP
        dump(where.admin_url, dump_file)
        say(f"数据库已导出（{dump_file.stat().st_size / 1e6:.1f} MB）")

        def parts(writer: archive.Writer) -> None:
            writer.add_file(archive.DUMP, dump_file)
            for name in folder.content():
                writer.add_file(f"files/{name}", folder.path / name)
            keys = {name: fingerprint_of(folder.path / name) for name in folder.secrets()}
            writer.add_text("keys.json", json.dumps(keys, indent=1))
            for name in keys if wish.with_keys else ():
                writer.add_file(f"secret/{name}", folder.path / name)

        at = datetime.now(UTC).isoformat(timespec="seconds")
        facts = {"county": site["county"], "demo": site["demo"], "at": at, "with_keys": wish.with_keys}
        count = archive.write(target, facts, parts)
    say(f"备份完成：{target}（{count} 个部分，{target.stat().st_size / 1e6:.1f} MB）")
    if not wish.with_keys:
        say("密钥不在备份里，只有它们的指纹；请另行保管数据文件夹里的 keys 和 seal")
    return 0


def dump(address: str, target: Path) -> None:
    """Write a dump of one consistent moment in PostgreSQL's own format. Raises Trouble."""
    done = subprocess.run(
        [programs.wheel() / "bin" / "pg_dump", "--format=custom", "--no-password", f"--file={target}"],
        env={**os.environ, **programs.connection_environment(address)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        if "No space left" in done.stderr:
            raise disk_full(str(target.parent))
        raise Trouble(f"数据库导出失败：{done.stderr.strip()}", "pg_dump failed.")


def fingerprint_of(path: Path) -> str:
    """Return what tells one key from another and gives neither away: half of a digest of a digest."""
    return hashlib.sha256(hashlib.sha256(path.read_bytes()).digest()).hexdigest()[:32]
