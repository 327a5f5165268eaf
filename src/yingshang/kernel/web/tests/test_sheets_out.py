"""What is on the page is in the workbook, typed right and harmless."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from yingshang.kernel.web import Column, table, xlsx_out


def cells(columns, rows, name="台账"):
    answer = xlsx_out(table(columns, rows, name=name))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return sheet, [list(row) for row in sheet.iter_rows()]


def test_numbers_and_dates_keep_their_types_and_identifiers_stay_text():
    columns = [
        Column(title="代码", value="code", kind="code"),
        Column(title="件数", value="count", kind="number"),
        Column(title="期限", value="due", kind="date"),
        Column(title="时刻", value="at", kind="moment"),
        Column(title="亮灯", value="lamp", kind="lamp"),
    ]
    row = {
        "code": "002301270000000018",
        "count": 12,
        "due": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
        "lamp": "red",
    }
    _, (head, body) = cells(columns, [row])
    assert [cell.value for cell in head] == ["代码", "件数", "期限", "时刻", "亮灯"]
    assert body[0].value == "002301270000000018"
    assert body[1].value == 12
    assert body[2].value.isoformat() == "2026-03-02T00:00:00"
    assert body[3].value.isoformat() == "2026-03-02T09:30:00"  # Beijing time
    assert body[4].value == "■ 超期"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_text_becomes_a_formula(text):
    _, (_, body) = cells([Column(title="说明", value="text")], [{"text": text}])
    assert body[0].data_type == "s"
    assert body[0].value.strip() == text.strip()


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\ud800b", "a\uffffb"])
def test_characters_that_no_workbook_holds_are_left_out(text):
    _, (_, body) = cells([Column(title="说明", value="text")], [{"text": text}])
    assert body[0].value == "ab"


def test_the_name_of_any_table_is_a_name_of_a_sheet():
    sheet, _ = cells(
        [Column(title="甲", value="a")], [{"a": 1}], name="[2026/03] 应办事项：全县各单位及中省直单位一览表之一"
    )
    assert len(sheet.title) <= 31
    assert sheet.freeze_panes == "A2"


def test_a_column_for_the_screen_stays_out():
    columns = [Column(title="甲", value="a"), Column(title="操作", value=lambda row: "查看", in_sheet=False)]
    _, (head, _) = cells(columns, [{"a": 1}])
    assert [cell.value for cell in head] == ["甲"]


def test_paths_and_functions_find_their_values():
    class Unit:
        name = "县司法局"

    class Row:
        unit = Unit()
        nobody = None

    columns = [
        Column(title="单位", value="unit.name"),
        Column(title="无", value="nobody.name"),
        Column(title="字数", value=lambda row: len(row.unit.name)),
    ]
    assert [cell.value for cell in table(columns, [Row()]).cells()[0]] == ["县司法局", None, 4]
