"""./ys clock due: one date out, one clear sentence for anything else."""

import os
import subprocess
import sys

import pytest
from tests.architecture.tree import ROOT

from yingshang.site.commands.clock_due import main


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("2026-02-13 5wd", "2026-02-27"),
        ("2026-09-30 7wd", "2026-10-15"),
        ("2026-09-05 30d", "2026-10-05"),
        ("2026-09-05 30d --rolls", "2026-10-08"),
        ("2026-01-31 1m", "2026-02-28"),
        ("2024-02-29 1y", "2025-02-28"),
        ("2026-02-13T16:00 24h", "2026-02-14T16:00"),
        ("2026-02-13 24h", "2026-02-14T00:00"),
        ("--before 2026-03-09 5wd", "2026-03-02"),
        ("2026-03-31 1m --before", "2026-02-28"),
    ],
)
def test_it_prints_the_date(words, answer, capsys):
    assert main(words.split()) == 0
    assert capsys.readouterr().out == f"{answer}\n"


def test_a_provisional_date_says_so_beside_it(capsys):
    assert main(["2026-12-14", "20wd"]) == 0
    told = capsys.readouterr()
    assert told.out == "2027-01-11\n"
    assert "暂定" in told.err


def test_a_rest_day_is_pointed_out_but_not_moved(capsys):
    assert main(["2026-09-05", "30d"]) == 0
    assert "2026-10-08" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "用法"),
        ("2026-02-13", "用法"),
        ("2026-02-13 5wd 3d", "用法"),
        ("2026-02-13 5wd --backwards", "用法"),
        ("2026-02-30 5wd", "不是真实的日期"),
        ("明天 5wd", "不是真实的日期"),
        ("2026-02-13T16:00+08:00 24h", "不要写时区"),
        ("2026-02-13 5w", "不是期限"),
        ("2026-02-13 -5wd", "不是期限"),
        ("2026-02-13 0d", "不是期限"),
        ("2026-02-13 ５wd", "不是期限"),
        ("2026-02-13 999999999999d", "不是期限"),
        ("9999-12-01 60d", "超出了公历的范围"),
        ("0001-01-05 60d --before", "超出了公历的范围"),
        ("2026-02-13 24h --before", "小时不能倒算"),
        ("2026-02-13 5wd --before --rolls", "倒算的日期不顺延"),
    ],
)
def test_bad_input_is_one_sentence(words, sentence, capsys):
    assert main(words.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err


def test_a_broken_calendar_names_its_line(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "_national" / "calendars"
    folder.mkdir(parents=True)
    lines = ["schema: calendar/1", "year: 2026", "notices: []", "days_off: []", "make_up_days: [2026-02-31]"]
    (folder / "2026.yaml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("YS_COUNTIES_DIR", str(tmp_path))
    assert main(["2026-02-13", "5wd"]) == 1
    assert "2026.yaml:5" in capsys.readouterr().err


def test_it_needs_no_django():
    code = "import sys; from yingshang.site.commands import clock_due; sys.exit('django' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
