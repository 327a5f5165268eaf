"""A log in an embedded DuckDB: of one county, in this process, gone with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from yingshang.methods.event_log.log import Due, Engine, Event, Log, Pause, arrow_tables, sql


class Embedded:
    """Tables of a log that can be asked. A context: leaving it frees the memory.

    ``events``, ``pauses`` and ``dues``, and ``days`` where a work clock is asked.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.connection = duckdb.connect()
        for name, table in tables.items():
            self.connection.from_arrow(table).create(name)

    @classmethod
    def of(
        cls,
        events: Iterable[Event],
        pauses: Iterable[Pause] = (),
        dues: Iterable[Due] = (),
        days: pa.Table | None = None,
    ) -> Self:
        """Return a log of plain events; days are those of a work clock."""
        tables = arrow_tables(events, pauses, dues)
        return cls(tables if days is None else tables | {"days": days})

    def ask(self, asked: Callable[[Log], ir.Table]) -> list[dict[str, Any]]:
        """Return the rows of a question such as `bottlenecks`."""
        found: pa.Table = self.connection.sql(sql(asked, Engine.DUCKDB)).to_arrow_table()
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
