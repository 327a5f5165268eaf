"""Bring the database to what this program and this county's data need; safe to repeat.

A process of its own: it acts as the owner of the tables, which nothing that
serves a request ever does.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec

from yingshang.site.processes.progress import say


def main() -> int:
    """Migrate, grant, load the county, gather static files. Prints one line a step."""
    os.environ["YS_ROLE"] = "owner"
    import django

    django.setup()
    migrate()
    grant()
    load_county()
    gather_static()
    return 0


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    say(f"数据表已就绪（新做 {len(missing)} 项更新）")


def grant() -> None:
    from django.conf import settings

    from yingshang.site.cluster import roles

    roles.grant(os.environ["DATABASE_OWNER_URL"], os.environ["YS_WEB_ROLE"])
    say(f"已授予网站所需的最小权限（{settings.YS_COUNTY}）")


def load_county() -> None:
    from django.conf import settings

    if find_spec("yingshang.site.county") is None:
        return
    import_module("yingshang.site.county").load_county(settings.YS_COUNTY)
    say("已载入县级数据")


def gather_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if settings.STATIC_ROOT:
        call_command("collectstatic", verbosity=0, interactive=False)
        say("样式和脚本已就绪")


if __name__ == "__main__":
    sys.exit(main())
