"""./ys evaluate score: anybody can compute a published score again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yingshang.site.cluster.trouble import Trouble
from yingshang.site.commands import evaluate_score

DOCS = Path(__file__).parents[2] / "docs/methods/scoring"
EDITION, VALUES = DOCS / "doing-business-2017.yaml", DOCS / "doing-business-2017.csv"


def run(out: Path, *more: str, values: Path = VALUES) -> int:
    return evaluate_score.main(["--edition", str(EDITION), "--values", str(values), "--out", str(out), *more])


def test_the_worked_example_is_computed_again_to_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert run(first) == 0
    assert run(second, "--against", str(first), "--explain", "NZL") == 0
    said = capsys.readouterr().out
    assert "逐字节相同" in said and "开办企业 Starting a business：99.96250 分" in said
    best = json.loads(first.read_text(encoding="utf-8"))["places"][0]
    assert (best["place"], best["rank"]) == ("NZL", 1)
    assert best["indicators"]["construction_permits"]["shown"] == "86.29791"


def test_a_changed_result_is_noticed(tmp_path: Path) -> None:
    published = tmp_path / "published.json"
    run(published)
    published.write_bytes(published.read_bytes().replace(b"99.96250", b"99.99999", 1))
    assert run(tmp_path / "again.json", "--against", str(published)) == 1


def test_wrong_values_write_nothing_and_name_the_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(VALUES.read_text(encoding="utf-8").replace("AFG,sb_proc_m,4.0", "AFG,sb_proc_m,four"), "utf-8")
    assert run(tmp_path / "out.json", values=wrong) == 2
    assert not (tmp_path / "out.json").exists()
    assert "第 2 行“value”列：“four”不是数字。" in capsys.readouterr().err


def test_a_wrong_edition_is_named_by_line_and_key_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, out = tmp_path / "wrong.yaml", tmp_path / "out.json"
    wrong.write_text(
        EDITION.read_text(encoding="utf-8").replace("best: 1, worst: 18", "best: 18, worst: 18", 1), "utf-8"
    )
    assert evaluate_score.main(["--edition", str(wrong), "--values", str(VALUES), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "wrong.yaml 第 20 行“indicators[4].score.frontier.best”：最好（best）与最差（worst）相等" in said
    assert not out.exists()


def test_a_result_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for out in ("folder.json", "no/such/out.json"):
        with pytest.raises(Trouble, match="写不到"):
            run(tmp_path / out)
    with pytest.raises(Trouble, match="值里没有“木兰”"):
        run(tmp_path / "out.json", "--explain", "木兰")
    with pytest.raises(Trouble, match="没有这个文件"):
        evaluate_score.main(["--edition", str(tmp_path), "--values", str(VALUES), "--out", str(tmp_path / "out.json")])
    assert [one.name for one in tmp_path.iterdir()] == ["folder.json"]


def test_what_is_read_is_never_written_over(tmp_path: Path) -> None:
    values = tmp_path / "values.csv"
    values.write_bytes(VALUES.read_bytes())
    with pytest.raises(Trouble, match="它是要读的文件"):
        run(values, values=values)
    assert values.read_bytes() == VALUES.read_bytes()
