"""核对一次公布的抽取，说出做假的名目（draw verify 文件或网址）"""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from yingshang.methods import draw, merkle
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser

MOST_BYTES = 256 * 2**20  # a draw over a million targets has 40 MiB
SECONDS = 120
CHUNK = 2**20


def main(arguments: list[str]) -> int:
    """Print what was checked and what is wrong.

    Returns 0 when the draw holds, 1 when something is wrong or not yet proven,
    2 when the file cannot be had.
    """
    parser = Parser(prog="./ys draw verify", description="核对一次公布的抽取 Verify a published draw, offline.")
    parser.add_argument("source", metavar="文件或网址", help="draw/1 文件，或者以 http(s):// 开头的网址")
    parser.add_argument("--key", default="", metavar="公钥", help="从别处得知的账本公钥；不写就用文件自带的")
    parser.add_argument("--json", action="store_true", help="只打印发现的问题，JSON 格式")
    wish = parser.parse_args(arguments)
    is_address = wish.source.startswith(("http://", "https://"))
    try:
        check_key(wish.key)
        text = fetch(wish.source) if is_address else read(Path(wish.source))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    findings = draw.verify(text, key=wish.key.strip())
    if wish.json:
        print(draw.as_json(findings).decode())
    elif findings:
        tell_wrong(findings)
    else:
        tell_right(json.loads(text.decode("utf-8-sig")), wish)
    return 1 if findings else 0


def tell_wrong(findings: list[draw.Finding]) -> None:
    """Say each finding with the name of the manipulation."""
    for one in findings:
        print(f"✗ {one.said}\n  {one.name}  {one.where}")
    if any(one.name != "unproven" for one in findings):
        print("这次抽取不可信。请保存这个文件，向公布单位询问，或者向监督部门反映。")
    else:
        print("其余都核对无误。等检查点签发后重新下载，就能核对全部。")


def tell_right(file: Any, wish: argparse.Namespace) -> None:
    """Say what was checked, in the order it was."""
    serial, rows, steps = file["serial"], file["register"], file["steps"]
    rule = steps[0]["content"]["rule"]
    sources = [f"公共信标第{rule['drand']['round']}轮（签名成立）"] * bool(rule["drand"]) + [
        f"{rule['dice']}枚骰子"
    ] * bool(rule["dice"])
    silent = {step["content"]["name"] for step in steps if step["content"] and step["content"].get("value") == ""}
    sources += [f"“{one['name']}”{'（拒不揭示）' * (one['name'] in silent)}" for one in rule["parties"]]
    print(f"✓ 编号：第{serial}号；登记表从1到{len(rows)}不缺号，承诺前后相接，没有重复的密码。")
    print(f"✓ 步骤：{len(steps)}步都在签过名的账本里，次序、时间和内容相符；承诺早于随机数。")
    print(f"✓ 随机数：按事先约定取自{'、'.join(sources)}。")
    if file["plan"] is None:
        row = rows[serial - 1]
        print(
            f"这次抽取已作废，理由：{row['reason']}。"
            if row["outcome"] == "void"
            else "这次抽取还没有揭示，计划和结果尚未公开。"
        )
    else:
        tell_drawn(file)
    if not wish.key:
        print(f"注意：签名按文件自带的公钥核对。请与县里公布的公钥比较：\n  {file['key']}")


def tell_drawn(file: Any) -> None:
    """Say what was drawn again."""
    plan, result = file["plan"], file["result"]
    swaps = [step["content"] for step in file["steps"] if step["does"] == "substituted"]
    print("✓ 代码和方案：一次性代码、名录、比例、排除名单、人员和回避名单都与承诺相符。")
    for one in plan["strata"]:
        name = one["class"]
        share = f"{one['num']}/{one['den']}" if one["den"] else f"{one['count']}户"
        print(
            f"✓ 重新抽取：“{name}”类{len(plan['targets'][name])}户，比例{share}，抽中{len(result['drawn'][name])}户。"
        )
    if plan["pairs"]["wanted"]:
        alone = len(result["unassignable"])
        print(f"✓ 检查人员：{len(result['assignments'])}户两人一组，回避{len(result['opened'])}次，无法配对{alone}户。")
    if swaps:
        print(f"✓ 替换：{len(swaps)}次，都按下一个顺位，理由和证据摘要已经登记。")
    print("这次抽取真实有效，没有发现做假。")


def check_key(key: str) -> None:
    """Raise Trouble for what is no verifier key, so that a slip isn't told as a fraud."""
    try:
        if key:
            merkle.Verifier.parse(key)
    except merkle.NoteProblem as problem:
        raise Trouble("公钥不完整，请整行复制“名称+编号+密钥”。", str(problem)) from None


def read(path: Path) -> bytes:
    """Return a file's bytes. Raises Trouble when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large()
        return path.read_bytes()
    except OSError:
        raise Trouble(f"读不出文件 {path}。", f"Cannot read {path}.") from None


def fetch(address: str) -> bytes:
    """Return what an address answers, from any host, within limits. Raises Trouble."""
    ends = time.monotonic() + SECONDS
    parts, size = [], 0
    try:
        with urllib.request.urlopen(address, timeout=SECONDS / 4) as answer:
            while part := answer.read(CHUNK):
                size += len(part)
                if size > MOST_BYTES:
                    raise too_large()
                if time.monotonic() > ends:
                    raise Trouble(f"{SECONDS}秒内没有取完。", f"It took longer than {SECONDS} seconds.")
                parts.append(part)
    except (OSError, ValueError) as error:
        raise Trouble(f"取不到 {address}：{error}。", "The address could not be fetched.") from None
    return b"".join(parts)


def too_large() -> Trouble:
    return Trouble(f"文件超过{MOST_BYTES // 2**20}MB，没有核对。", "The file is too large.")
