"""读一份方案，打印 plan/1（plan parse 文件 [--text 文件]）"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from yingshang.methods.plan_grammar import parse
from yingshang.oversight.plan_tasks.readers import Unreadable, read
from yingshang.site.cluster.wishes import Parser


def main(arguments: list[str]) -> int:
    """Print one JSON object.

    Returns 0; 1 when nothing was found or the table is missing; 2 for a file that cannot be read or written.
    """
    parser = Parser(prog="./ys plan parse", description="读一份方案 Read a notice.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", type=Path, metavar="OUT", help="把读出的全文写到这个文件，位置都按它的字符数")
    wish = parser.parse_args(arguments)
    try:
        source = read(wish.file)
    except Unreadable as problem:
        print(f"✗ {wish.file.name}：{problem}", file=sys.stderr)
        return 2
    result = parse(source.blocks, source.text)
    if wish.text:
        try:
            wish.text.write_text(source.text, encoding="utf-8", newline="")
        except OSError:
            print(f"✗ {wish.text}：全文写不进这个文件。请换一个已有的、可以写入的文件夹。", file=sys.stderr)
            return 2
    print(json.dumps(result, ensure_ascii=False, indent=2))
    if result["tasks"]:
        return 0
    for finding in result["findings"]:
        if finding["level"] == "error":
            print(f"✗ {wish.file.name}：{finding['what']}{finding['suggest'] or ''}", file=sys.stderr)
    return 1
