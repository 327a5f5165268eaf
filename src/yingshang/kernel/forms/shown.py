"""Answers to read: rows for a page, a paper to print. One form, the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yingshang.kernel.forms.schema import Field, PageOfForm, Schema, pages
from yingshang.kernel.typesetting import Block, Form, Grid, Heading, Paragraph


class Row(NamedTuple):
    """One answer in words. label: of the field. shown: the answer, lines for a table; empty for none."""

    label: str
    shown: str


def rows(schema: Schema, values: Mapping[str, Any], *, page: PageOfForm | None = None) -> list[Row]:
    """Return every field asked with its answer; a group gives one row a field, a table one line a row."""
    found: list[Row] = []
    for one_page in [page] if page else pages(schema, values):
        for one in one_page.fields:
            value = values.get(one.name)
            if one.kind == "group":
                found += [
                    Row(f"{one.title}：{part.title}", part.shown((value or {}).get(part.name))) for part in one.parts
                ]
            elif one.kind == "table":
                found.append(Row(one.title, "\n".join(_line(one, row) for row in value or ())))
            else:
                found.append(Row(one.title, one.shown(value)))
    return found


def paper(
    schema: Schema,
    values: Mapping[str, Any],
    *,
    title: str = "",
    number: str = "",
    above: Sequence[tuple[str, str]] = (),
    below: Sequence[Block] = (),
    note: str = "",
) -> Form:
    """Return the form as a paper, filled in or with room to write.

    title: of the paper, else that of the schema. above: rows before the fields,
    as number and date. below: blocks after them, as a declaration. A field of
    format ``signature`` becomes a line to sign; a table three empty rows when it has none.
    """
    asked = pages(schema, values or None)
    body: list[Block] = []
    fields = [*above]
    signatures: list[str] = []
    for page in asked:
        simple = list(_simple(page, values, signatures))
        if page.title and len(asked) > 1 and simple:
            body.append(Heading(page.title))
            body.append(Grid([], simple))
        else:
            fields += simple
        for one in page.fields:
            if one.kind == "table":
                body.append(_grid(one, values.get(one.name)))
            elif one.kind == "tick":
                body.append(Paragraph(f"{'☑' if values.get(one.name) else '☐'} {one.title}"))
    return Form(
        title=title or str(schema.get("title", "")),
        number=number,
        fields=fields,
        body=[*body, *below],
        signatures=signatures,
        note=note,
    )


def _simple(page: PageOfForm, values: Mapping[str, Any], signatures: list[str]) -> Iterator[tuple[str, str]]:
    for one in page.fields:
        value = values.get(one.name)
        if one.format == "signature":
            signatures.append(f"{one.title}（{value}）" if value else one.title)
        elif one.kind == "group":
            for part in one.parts:
                yield f"{one.title}：{part.title}", part.shown((value or {}).get(part.name))
        elif one.kind not in ("table", "tick"):
            yield one.title, one.shown(value) or _boxes(one)


def _boxes(one: Field) -> str:
    """Return the answers to tick by hand when nothing was chosen."""
    return "　".join(f"☐ {words}" for _, words in one.choices)


def _grid(one: Field, filled: Any) -> Grid:
    listed = filled or [{}, {}, {}]
    return Grid(
        [part.title for part in one.parts],
        [[part.shown(row.get(part.name)) for part in one.parts] for row in listed],
        caption=one.title,
    )


def _line(one: Field, row: Mapping[str, Any]) -> str:
    return "，".join(
        f"{part.title}：{part.shown(row[part.name])}" for part in one.parts if row.get(part.name) not in (None, "")
    )
