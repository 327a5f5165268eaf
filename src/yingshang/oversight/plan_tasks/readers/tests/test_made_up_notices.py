"""Made-up notices in the layouts of real ones, as text, web page and Word document."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from yingshang.oversight.plan_tasks.readers.tests import made_up


@pytest.mark.parametrize("case", made_up.cases(), ids=lambda case: case["name"])
def test_a_made_up_notice_is_read_as_a_clerk_reads_it(case, tmp_path: Path):
    for kind, path in made_up.containers(case, tmp_path):
        plan, text = made_up.read(path)
        assert made_up.compare(case, plan, text, Counter()) == [], kind
