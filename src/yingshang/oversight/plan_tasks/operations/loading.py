"""Load what a county brings for this package: its notice, its leading group, then the rules of its filing desk."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from yingshang.oversight.plan_tasks.operations.demonstrated import load_demonstration
from yingshang.oversight.plan_tasks.operations.desk_rules import load_desk_rules
from yingshang.oversight.plan_tasks.operations.group_files import load_groups
from yingshang.oversight.plan_tasks.operations.recorded import load_notice


@transaction.atomic
def load(folder: Path) -> None:
    """Load the county folder; safe to repeat. Raises ``county_files.DataProblem``."""
    load_notice(folder)
    load_groups(folder)
    load_desk_rules(folder)
    load_demonstration(folder)
