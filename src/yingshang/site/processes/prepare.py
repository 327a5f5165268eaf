"""Bring the database to what this program and this county's data need; safe to repeat.

A process of its own: it acts as the owner of the tables, which nothing that
serves a request ever does.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from yingshang.methods.county_files import DataProblem
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import disk_full
from yingshang.site.processes.progress import say


def main() -> int:
    """Migrate, grant, load the county, gather static files, say who can log in. Prints one line a step.

    What goes wrong is one sentence on the screen and a traceback in the log.
    """
    os.environ["YS_ROLE"] = "owner"
    try:
        import django

        django.setup()
        for step in (migrate, grant, load_county, gather_static, note_people):
            step()
    except DataProblem as problem:
        print(f"✗ 县级数据有误：\n{problem}", file=sys.stderr)
    except Exception as error:
        log = Path(os.environ["YS_DATA_DIR"]) / "logs" / "prepare.log"
        with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as out:
            traceback.print_exc(file=out)
        if "No space left" in str(error):
            print(disk_full(os.environ["YS_DATA_DIR"]), file=sys.stderr)
        else:
            why = next(iter(str(error).splitlines()), "")
            print(f"✗ 数据准备出错：{type(error).__name__} {why}（详见 {log}）", file=sys.stderr)
    else:
        return 0
    return 1


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yingshang.site.processes.migrating import light_states

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        with light_states():
            call_command("migrate", verbosity=0, interactive=False)
    say(f"数据表已就绪（更新 {len(missing)} 项）")


def grant() -> None:
    from yingshang.site.cluster import roles

    roles.grant(os.environ["DATABASE_OWNER_URL"], os.environ["YS_WEB_ROLE"])
    say("网站只得到它所需的最小权限")


def load_county() -> None:
    from django.conf import settings

    from yingshang.site import county

    county.load_county(settings.YS_COUNTY)
    say(f"已载入县级数据（{settings.YS_COUNTY}）")
    for line in county.plan_lines():
        say(line)


def gather_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    say(f"样式和脚本已就绪（{settings.STATIC_ROOT}）")


def note_people() -> None:
    """Write down for the supervising process what to tell the person who started the site."""
    from django.conf import settings

    from yingshang.kernel import administration, clock
    from yingshang.site import people

    folder = DataFolder(Path(settings.YS_DATA_DIR))
    words: dict[str, Any] = {}
    if settings.YS_DEMO:
        words["lines"] = [
            f"{face.name}{f'（{face.unit}）' if face.unit else ''}：{face.can}" for face in people.faces()
        ]
    else:
        link = administration.make_setup_link(at=clock.now())
        words["setup_link"] = link
        folder.write("site.json", folder.read("site.json") | {"has_administrators": not link})
    folder.write("welcome.json", words)


if __name__ == "__main__":
    sys.exit(main())
