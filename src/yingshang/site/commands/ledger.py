"""存证账本：签发检查点、取出证明、全部核对：./ys ledger checkpoint | prove 记录编号 | verify"""

from __future__ import annotations

import argparse
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from yingshang.methods import merkle
from yingshang.site.cluster.session import database_for
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser

SECONDS = 30


def main(arguments: list[str]) -> int:
    """Return 0 when all agrees or the thing was done, 1 when something is wrong."""
    wish = parse(arguments)
    deed: Callable[[argparse.Namespace], int] = {"checkpoint": checkpoint, "prove": prove, "verify": verify}[wish.deed]
    if wish.deed == "verify" and (wish.from_url or wish.folder):
        return audit(wish)
    with database_for(["--data", wish.data] if wish.data else []):
        return deed(wish)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="./ys ledger", description="存证账本 The tamper-evident ledger.")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="checkpoint | prove | verify")
    signs = deeds.add_parser("checkpoint", help="给等待的记录编号并签发检查点 Sign the tree as it is now.")
    proves = deeds.add_parser("prove", help="输出一条记录的证明文件 Print an entry's proof file.")
    proves.add_argument("entry", help="记录编号 Id of the entry.")
    verifies = deeds.add_parser("verify", help="从头推算全部记录、哈希和签名 Derive everything again.")
    verifies.add_argument("--checkpoint", action="append", default=[], metavar="文件", help="以前保存的检查点，可多次")
    verifies.add_argument("--from-url", metavar="网址", help="核对别处公布的账本，如 https://…/ledger")
    verifies.add_argument("--folder", metavar="文件夹", help="核对下载下来的账本文件")
    verifies.add_argument("--key", help="账本的验证公钥，核对别处的账本时必填")
    for one in (signs, proves, verifies):
        one.add_argument("--data", help="数据文件夹，默认 .ys")
    return parser.parse_args(arguments)


def checkpoint(wish: argparse.Namespace) -> int:
    from yingshang.kernel import ledger

    while ledger.sequence():
        pass
    try:
        print(ledger.checkpoint().note, end="")
    except ledger.Broken as broken:
        raise Trouble("账本与以前签发的检查点对不上，没有签发。请运行 ./ys ledger verify 查明。", str(broken)) from None
    return 0


def prove(wish: argparse.Namespace) -> int:
    from yingshang.kernel import ledger
    from yingshang.kernel.errors import NotFound, Refusal

    try:
        print(ledger.prove(UUID(wish.entry)), end="")
    except (ValueError, NotFound):
        raise Trouble(f"没有编号为 {wish.entry} 的记录。", f"There is no entry {wish.entry}.") from None
    except Refusal as refusal:
        raise Trouble(f"{refusal.reason}{refusal.remedy}", "Not signed yet; run ./ys ledger checkpoint.") from None
    return 0


def verify(wish: argparse.Namespace) -> int:
    from yingshang.kernel import ledger
    from yingshang.kernel.ledger.keys import has_key

    notes = [_text(file) for file in wish.checkpoint]
    verdict = ledger.verify(notes=notes, progress=_progress)
    if verdict.is_sound:
        print(f"✓ 账本完好：{verdict.size} 条记录、{verdict.checkpoints} 个检查点全部对得上。")
        if verdict.checkpoints and not has_key():
            print(
                "注意：这里没有签名密钥，签名是按检查点旁边记下的公钥核对的。请与别处公布的公钥比较。", file=sys.stderr
            )
        return 0
    print(f"✗ {verdict.problem}", file=sys.stderr)
    return 1


def audit(wish: argparse.Namespace) -> int:
    """Check somebody's published files with nothing but their public key."""
    if not wish.key:
        raise Trouble(
            "请用 --key 写明账本的验证公钥，它公布在账本的网页上。", "Name the ledger's public key with --key."
        )
    try:
        key = merkle.Verifier.parse(wish.key)
        kept = [merkle.Checkpoint.opened(_text(file), [key]) for file in wish.checkpoint]
        found = merkle.audit(_reader(wish), trusted=[key], kept=kept, progress=_progress)
    except merkle.NoteProblem as problem:
        raise Trouble("公钥不完整，或者保存的检查点不是这个账本签的。", str(problem)) from None
    except OSError as error:
        raise Trouble(f"取不到账本的文件：{error}。", "A file of the ledger could not be fetched.") from None
    if isinstance(found, merkle.Checkpoint):
        print(f"✓ 账本完好：{found.size} 条记录与签名的检查点一致。")
        return 0
    print(f"✗ {found}", file=sys.stderr)
    return 1


def _reader(wish: argparse.Namespace) -> merkle.Read:
    if wish.folder:
        folder = Path(wish.folder)
        return lambda path: (folder / path).read_bytes()
    prefix = wish.from_url.rstrip("/")
    if urlsplit(prefix).scheme not in {"http", "https"}:
        raise Trouble("网址要以 http:// 或 https:// 开头。", "The address begins with http:// or https://.")

    def fetch(path: str) -> bytes:
        with urllib.request.urlopen(f"{prefix}/{path}", timeout=SECONDS) as answer:
            return bytes(answer.read())

    return fetch


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Trouble(f"读不出文件 {file}。", f"Cannot read {file}.") from None


def _progress(done: int, size: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done * 100 // size}%  {done}/{size}", end="\n" if done == size else "", file=sys.stderr)
