"""Codes are chosen while they last, and named for ever."""

from datetime import date
from pathlib import Path

import pytest

from yingshang.methods.county_files import DataProblem, read_codes

GOOD = """schema: codes/1
title: 理由
codes:
  - {code: old, words: 旧的, source: 《旧办法》, effective: {from: 2019-01-01, to: 2025-12-31}}
  - {code: other, words: 其他, marks: [note], source: null, todo: 待核, effective: {from: 2019-01-01, to: null}}
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "codes.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_code_is_offered_while_it_lasts_and_named_afterwards(tmp_path):
    codes = read_codes(file(tmp_path, GOOD), {"note"})
    assert codes.on(date(2025, 12, 31)) == {"old": "旧的", "other": "其他"}
    assert codes.on(date(2026, 1, 1)) == {"other": "其他"}
    assert (codes.words("old"), codes.words("gone")) == ("旧的", "gone")
    assert codes.marked("note") == {"other"} and [row.code for row in codes.weak] == ["other"]


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("code: other", "code: old"), 5, "“old” stands twice"),
        (("marks: [note]", "marks: [noted]"), 5, "Did you mean note?"),
        (("code: old", "code: Old"), 4, "does not match"),
        ((", source: 《旧办法》", ""), 4, "the key “source” is missing"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path, change, line, says):
    with pytest.raises(DataProblem) as refused:
        read_codes(file(tmp_path, GOOD.replace(*change)), {"note"})
    assert refused.value.line == line and says in str(refused.value)
