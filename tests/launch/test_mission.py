"""The rows of the mission map, and what is said to serve them."""

import ast

from yingshang.kernel import registry
from yingshang.site.commands import mission


def test_the_map_has_each_mechanism_once_and_covers_all_39_tasks():
    ids = [row.id for row in mission.all_rows()]
    assert len(ids) == len(set(ids))
    numbers = {int("".join(c for c in row if c.isdigit())) for row in ids if row[0].isdigit()}
    assert numbers == set(range(1, 40))
    assert {"R1", "R2", "R3", "R4", "main"} <= set(ids)


def test_manifests_and_markers_name_rows_that_exist():
    known = {row.id for row in mission.all_rows()}
    named = {row for manifest in registry.capabilities() for row in manifest.mission}
    marked = {row for row, _ in mission.marked_tests(mission.ROOT / "src", mission.ROOT / "tests")}
    assert named | marked <= known


def test_markers_of_a_test_and_of_a_whole_file_are_read():
    tree = ast.parse('pytestmark = [pytest.mark.mission("main", "2d")]\n@pytest.mark.mission("R1")\ndef test_x(): ...')
    assert mission.module_marks(tree.body[0]) == ["main", "2d"]
    assert mission.rows_in(tree.body[1].decorator_list) == ["R1"]


def test_a_row_without_evidence_shows_empty_cells():
    row = mission.Row("13m", "真备案、审一次", ("cases",))
    assert mission.line(row, mission.Evidence()).count("—") == len(mission.PARTS)
