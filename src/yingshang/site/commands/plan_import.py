"""导入一份方案，进入待核对队列：./ys plan import 文件 [--data 文件夹]"""

from __future__ import annotations

import sys
from pathlib import Path

from yingshang.site.cluster.session import database_for
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser


def main(arguments: list[str]) -> int:
    """Read a notice into the review queue, where a person settles and publishes it. Returns 0.

    A text that is already there is not read again. Raises Trouble when it
    cannot be read; then nothing is stored.
    """
    parser = Parser(prog="./ys plan import", description="导入一份方案 Read a notice into the review queue.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", help="数据文件夹，默认 .ys")
    wish = parser.parse_args(arguments)
    if not wish.file.is_file():
        raise Trouble(f"没有找到文件 {wish.file}。", f"There is no file {wish.file}.")
    with database_for(["--data", wish.data] if wish.data else []):
        bring_in(wish.file)
    return 0


def bring_in(file: Path) -> None:
    """Read the notice as the platform itself, and say what was found and what comes next."""
    from django.db import connection
    from django.urls import reverse

    from yingshang.kernel import clock
    from yingshang.kernel.errors import Refusal
    from yingshang.kernel.parties import SYSTEM
    from yingshang.oversight.plan_tasks import operations
    from yingshang.oversight.plan_tasks.models import Reading

    if Reading._meta.db_table not in connection.introspection.table_names():
        raise Trouble(
            "这个数据文件夹里还没有县级数据，请先运行 ./ys run。",
            "This data folder holds no county yet; run ./ys run first.",
        )
    try:
        reading = operations.read_notice(path=file, file_name=file.name, by=SYSTEM, at=clock.now())
    except Refusal as refusal:
        raise Trouble(
            f"{refusal.reason}{refusal.remedy}", "The notice could not be read; nothing was stored."
        ) from None
    sections, tasks = len(reading.result["sections"]), len(reading.result["tasks"])
    print(f"✓ 读出{sections}个部分、{tasks}项任务；待核对的问题{reading.questions.count()}个。")
    print(f"  {reading.get_state_display()}：{reverse('plan_tasks:reading', args=[reading.pk])}")
    for question in reading.questions.all():
        print(f"  - {question.said}", file=sys.stderr)
