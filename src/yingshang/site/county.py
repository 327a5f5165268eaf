"""Load a county: its units, limits, lamps, procedures and lists, then its plan."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yingshang.oversight.plan_tasks import queries
from yingshang.site.capabilities import CAPABILITIES, KERNEL


@transaction.atomic
def load_county(name: str) -> None:
    """Bring the data of ``counties/<name>`` into the database; safe to repeat, all or nothing.

    Every installed package that offers ``load(folder)`` is asked, a kernel
    package at its front door and a capability among its operations, in the
    order of installation: what a package refers to is loaded before it.
    Raises ``county_files.DataProblem`` with file and line.
    """
    folder = Path(settings.YS_COUNTIES_DIR) / name
    capabilities = [f"{package}.operations" for package in CAPABILITIES if find_spec(f"{package}.operations")]
    for module in [*KERNEL, *capabilities]:
        load = getattr(import_module(module), "load", None)
        if load is not None:
            load(folder)


def plan_lines() -> list[str]:
    """Return what became of the county's notices, one Chinese line each."""
    published = [
        f"方案通知已读入：{edition.plan.title}，{edition.tasks.count()}项任务，按记录的确认发布"
        for edition in queries.editions_in_force()
    ]
    waiting = [
        f"方案通知已读入，等待核对：{reading.file_name}，{reading.open_questions}个问题"
        for reading in queries.readings().filter(state="waiting")
    ]
    return published + waiting
