"""A wrong county file is refused with the file, the line and what to write instead."""

from datetime import date
from pathlib import Path

import pytest

from yingshang.methods.county_files import DataProblem, read, read_folder

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["units"],
    "properties": {
        "units": {"type": "array", "items": {"$ref": "#/$defs/unit"}},
        "from": {"type": "string", "format": "date"},
    },
    "$defs": {
        "unit": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code"],
            "properties": {"code": {"type": "string"}, "kind": {"enum": ["gov", "party"]}, "on": {}},
        },
    },
}


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "counties" / "example"
    folder.mkdir(parents=True)

    def write(content: str | bytes) -> Path:
        path = folder / "units.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_good_file_gives_plain_data_with_dates_and_lines(write):
    file = read(write("from: 2026-01-01\nunits:\n  - code: scjgj\n    on: yes please\n"), SCHEMA)
    assert file.data == {"from": date(2026, 1, 1), "units": [{"code": "scjgj", "on": "yes please"}]}
    assert file.line(("units", 0, "code")) == 3
    assert file.line(("units", 0, "absent")) == 3


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("units:\n  - code: a\n    kindd: gov\n", 3, "Did you mean kind?"),
        ("units:\n  - code: a\n    kind: govt\n", 3, "Known: gov, party. Did you mean gov?"),
        ("units:\n  - kind: gov\n", 2, "the key “code” is missing"),
        ("from: 2026-01-01\n", 1, "the key “units” is missing"),
        ("units: []\nfrom: 2026-02-30\n", 2, "2026-02-30"),
        ("units: []\nunits: []\n", 2, "stands twice"),
        ("units: [\n", 2, "not readable as YAML"),
        ("- a\n", 1, "holds no mapping"),
        ("", 1, "the file is empty"),
        (b"units: \xff\xfe", 1, "not UTF-8"),
        ("units: " + "[" * 500_000, 1, "nested too deeply"),
        ("units:\n" + " -" * 500_000, 2, "nested too deeply"),
        ("units: &all [*all]\n", 1, "an alias of itself"),
        ("a: &a [" + "x, " * 400 + "]\nb: &b [" + "*a, " * 400 + "]\nunits: [*b, *b]\n", 1, "more than 200000 values"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(write, text, line, says):
    with pytest.raises(DataProblem) as refused:
        read(write(text), SCHEMA)
    assert refused.value.line == line
    assert says in str(refused.value)
    assert str(refused.value).startswith(f"counties/example/units.yaml:{line}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("units:\n  - code: a\n    kindd: gov\n", "第 3 行“units[0].kindd”：这里没有“kindd”这个键。可以写："),
        ("units:\n  - code: a\n    kind: govt\n", "这里不能写“govt”。可以写：gov、party。是不是“gov”？"),
        ("units:\n  - kind: gov\n", "第 2 行“units[0]”：缺少“code”这个键，请补上。"),
        ("units: 5\n", "第 1 行“units”：“5”不合这里的格式，请核对。"),
        ("units: [\n", "不是完整的 YAML"),
        ("", "第 1 行：文件是空的。"),
    ],
)
def test_the_same_is_said_in_chinese(write, text, says):
    with pytest.raises(DataProblem) as refused:
        read(write(text), SCHEMA)
    assert says in refused.value.in_chinese and refused.value.in_chinese.startswith("counties/example/units.yaml ")


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(DataProblem, match="there is no such file"):
        read(tmp_path / "absent.yaml", SCHEMA)


def test_a_folder_is_read_in_the_order_of_names(write):
    folder = write("units: []\n").parent
    (folder / "a.yaml").write_text("units: [{code: first}]\n", encoding="utf-8")
    assert [file.path.name for file in read_folder(folder, SCHEMA)] == ["a.yaml", "units.yaml"]
    assert list(read_folder(folder / "absent", SCHEMA)) == []


def test_an_unknown_name_is_answered_with_the_nearest(write):
    file = read(write("units:\n  - code: scjg\n"), SCHEMA)
    problem = file.unknown(("units", 0, "code"), "unit", "scjg", {"scjgj", "ysj"})
    assert str(problem) == (
        "counties/example/units.yaml:2\n"
        "  units[0].code: “scjg” is not a known unit.\n"
        "  Known: scjgj, ysj. Did you mean scjgj?"
    )
