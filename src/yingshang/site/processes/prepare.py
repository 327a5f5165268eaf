"""Bring the database to what this program and this county's data need; safe to repeat.

A process of its own: it acts as the owner of the tables, which nothing that
serves a request ever does.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yingshang.site.cluster.folder import DataFolder
from yingshang.site.processes.progress import say


def main() -> int:
    """Migrate, grant, load the county, gather static files, say who can log in. Prints one line a step."""
    os.environ["YS_ROLE"] = "owner"
    import django

    django.setup()
    migrate()
    grant()
    load_county()
    gather_static()
    note_people()
    return 0


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    say(f"数据表已就绪（更新 {len(missing)} 项）")


def grant() -> None:
    from yingshang.site.cluster import roles

    roles.grant(os.environ["DATABASE_OWNER_URL"], os.environ["YS_WEB_ROLE"])
    say("网站只得到它所需的最小权限")


def load_county() -> None:
    from django.conf import settings

    if find_spec("yingshang.site.county") is None:
        return
    import_module("yingshang.site.county").load_county(settings.YS_COUNTY)
    say(f"已载入县级数据（{settings.YS_COUNTY}）")


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
