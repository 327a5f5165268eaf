"""A log in an embedded DuckDB: of one county, in this process, gone with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from yingshang.methods.event_log.log import Due, Engine, Event, Log, Pause, arrow_tables, log_in, sql

# No file, no network, no extension: a log is data, and nothing that it says may reach further.
ALONE: dict[str, Any] = dict.fromkeys(
    ("enable_external_access", "autoinstall_known_extensions", "autoload_known_extensions"), "false"
)


class Embedded:
    """Tables of a log that can be asked. A context: leaving it frees the memory.

    ``events``, ``pauses`` and ``dues``, and ``days`` where a work clock is asked.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.connection = duckdb.connect(config=ALONE)
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

    def add(self, name: str, table: pa.Table) -> None:
        """Put another table into the log, for example the days of a work clock that the events themselves decide."""
        self.connection.from_arrow(table).create(name)

    def keep(self, name: str, asked: Callable[[Log], ir.Table]) -> None:
        """Answer a question once and keep the rows as a table, for questions that build on it."""
        self.connection.execute(f'CREATE TABLE "{name}" AS {sql(asked, Engine.DUCKDB)}')

    def ask(self, asked: Callable[[Log], ir.Table]) -> list[dict[str, Any]]:
        """Return the rows of a question such as `bottlenecks`."""
        return self.rows(asked(log_in(Engine.DUCKDB)))

    def rows(self, asked: ir.Table) -> list[dict[str, Any]]:
        """Return the rows of an expression over the tables of this log, those that were kept among them."""
        found: pa.Table = self.connection.sql(str(ibis.to_sql(asked, dialect=Engine.DUCKDB.value))).to_arrow_table()
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
