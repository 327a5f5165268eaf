"""Full logs move aside; the oldest goes."""

from yingshang.site.cluster.rotation import rotate


def test_a_full_log_moves_aside_and_the_oldest_goes(tmp_path):
    for turn in range(4):
        (tmp_path / "web.jsonl").write_text(f"turn {turn} " * 10)
        rotate(tmp_path, endings=(".jsonl",), largest=20, kept=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.jsonl.1", "web.jsonl.2"]
    assert (tmp_path / "web.jsonl.1").read_text().startswith("turn 3")
    assert (tmp_path / "web.jsonl.2").read_text().startswith("turn 2")


def test_a_small_log_and_one_of_another_ending_stay(tmp_path):
    (tmp_path / "web.jsonl").write_text("small")
    (tmp_path / "web.out").write_text("large " * 100)
    rotate(tmp_path, endings=(".jsonl",), largest=20)
    assert {path.name for path in tmp_path.iterdir()} == {"web.jsonl", "web.out"}
