"""把备份恢复到一个空的数据文件夹，并逐项核对：./ys restore 文件 [--data 文件夹] [--keys 文件夹]"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from yingshang.site.cluster import database, programs
from yingshang.site.cluster.database import Database
from yingshang.site.cluster.folder import DataFolder, write_private
from yingshang.site.cluster.trouble import Trouble, disk_full
from yingshang.site.cluster.wishes import Parser
from yingshang.site.commands.backup import fingerprint_of
from yingshang.site.processes import archive
from yingshang.site.processes.progress import begin, say
from yingshang.site.processes.site import USUAL_DATA, environment_of

OF_THE_OLD_SERVER = "keys/database.json"  # passwords belong to a server, and the restored one has its own
NOT_MISSED = {OF_THE_OLD_SERVER, "keys/secret_key"}  # a new one logs everybody out and does nothing worse


def main(arguments: list[str]) -> int:
    """Verify every digest first, then fill the empty folder; what fails on the way leaves it empty again."""
    begin()
    parser = Parser(prog="./ys restore", description="恢复备份 Restore into an empty data folder.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", default=str(USUAL_DATA), help="空的数据文件夹，默认 .ys")
    parser.add_argument("--keys", type=Path, help="另行保管密钥的文件夹，里面有 keys 和 seal")
    wish = parser.parse_args(arguments)
    source = wish.file.expanduser().absolute()
    if not source.is_file():
        raise Trouble(f"没有找到备份文件 {source}。", f"There is no file {source}.")
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_OWNER_URL"):
        raise Trouble(
            "恢复只用于内置数据库。外部数据库请用它自己的工具恢复 database.dump，并先取消 DATABASE_URL。",
            "Restoring is for the embedded database; unset DATABASE_URL, or use pg_restore on your own server.",
        )
    folder = DataFolder(Path(wish.data).expanduser().absolute())
    if not folder.is_empty():
        raise Trouble(
            f"{folder.path} 不是空文件夹。恢复不会覆盖任何数据，请用 --data 指定一个空文件夹。",
            f"{folder.path} is not empty; name an empty folder with --data.",
        )
    facts = archive.verify(source)
    say(f"备份完好：{facts['county']}，备份时间 {facts['at']}")
    folder.make()
    held = folder.lock()
    try:
        fill(folder, source, facts, wish.keys)
    except BaseException:
        clear(folder)
        raise
    finally:
        os.close(held)
    say(f"恢复完成。请运行：./ys run --data {folder.path}")
    return 0


def fill(folder: DataFolder, source: Path, facts: dict[str, object], keys: Path | None) -> None:
    """Bring every part to its place, load the database, and let the ledger verify itself."""
    dump_file = folder.path / archive.DUMP

    def place(name: str) -> Path | None:
        kind, _, rest = name.partition("/")
        if name in {archive.DUMP, "keys.json"}:
            return folder.path / name
        if kind == "files" or (kind == "secret" and rest != OF_THE_OLD_SERVER):
            return folder.path / rest
        return None

    archive.extract(source, place)
    bring_keys(folder, keys)
    say("文件和密钥已就位")
    where = database.start(folder)
    try:
        load(where, dump_file)
        dump_file.unlink()
        say("数据库已恢复")
        site = {"county": facts["county"], "demo": facts["demo"]}
        folder.write("site.json", site)
        verify_ledger({**os.environ, **environment_of(folder, site, where)})
    finally:
        if where.server is not None:
            where.server.stop()


def bring_keys(folder: DataFolder, kept: Path | None) -> None:
    """Copy the keys that were kept apart, if they are those of the backup, and say which are missing."""
    list_file = folder.path / "keys.json"
    for name, fingerprint in json.loads(list_file.read_text(encoding="utf-8")).items():
        target = folder.path / name
        own = kept / name if kept is not None else target
        if name == OF_THE_OLD_SERVER:
            continue
        if not target.exists() and own.is_file() and fingerprint_of(own) == fingerprint:
            target.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(target, own.read_bytes())
        if not target.exists() and name not in NOT_MISSED:
            say(f"注意：缺少备份时使用的密钥 {name}；找到后请放到 {target}")
    list_file.unlink()


def load(where: Database, dump_file: Path) -> None:
    """Load a dump in one transaction: all of it or nothing. Raises Trouble."""
    done = subprocess.run(
        [
            programs.wheel() / "bin" / "pg_restore",
            *("--single-transaction", "--exit-on-error", "--no-password", f"--dbname={database.NAME}"),
            dump_file,
        ],
        env={**os.environ, **programs.connection_environment(where.admin_url)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        if "No space left" in done.stderr:
            raise disk_full(str(dump_file.parent))
        raise Trouble(f"数据库没有恢复成功：{done.stderr.strip().splitlines()[-1]}", "pg_restore failed.")


def verify_ledger(environment: dict[str, str]) -> None:
    """Let the ledger derive everything anew from its rows, in a process of its own. Raises Trouble."""
    if find_spec("yingshang.site.commands.ledger") is None:
        return
    told = {name: environment[name] for name in environment if name != "YS_ROLE"}
    done = subprocess.run(
        [sys.executable, "-m", "yingshang.site.commands", "ledger", "verify", "--data", environment["YS_DATA_DIR"]],
        env=told,
        check=False,
    )
    if done.returncode:
        raise Trouble("恢复出来的存证账本没有通过校验，恢复已撤销。", "The restored ledger does not verify; undone.")
    say("存证账本校验通过")


def clear(folder: DataFolder) -> None:
    """Empty the folder that was empty before."""
    home = programs.home_of_server(folder.postgres)
    for path in (home, *folder.path.iterdir()):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
