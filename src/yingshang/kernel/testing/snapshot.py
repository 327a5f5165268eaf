"""Put the test database back as it was: for tests that commit."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

KEPT = {"django_migrations", "django_content_type"}


@dataclass(frozen=True)
class Snapshot:
    """The rows of every table, as COPY gives them, by table name."""

    rows: dict[str, bytes]

    @classmethod
    def take(cls, owner_url: str) -> Snapshot:
        """Return what the tables hold now."""
        rows: dict[str, bytes] = {}
        with psycopg.connect(owner_url) as connection, connection.cursor() as cursor:
            forced = _unforce(connection)
            for table in _tables(connection):
                with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
                    rows[table] = b"".join(bytes(part) for part in copy)
            _force(connection, forced)
        return cls(rows)

    def restore(self, owner_url: str) -> None:
        """Empty every table and fill it again, sequences included, in one transaction.

        The owner may do what the web role may not: truncate append-only tables
        and switch off their guards. Foreign keys are deferred, so the order of
        tables does not matter.
        """
        with psycopg.connect(owner_url) as connection, connection.cursor() as cursor:
            tables = _tables(connection)
            forced = _unforce(connection)
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            for table in tables:
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
            cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
            for table in tables:
                if self.rows.get(table):
                    with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                        copy.write(self.rows[table])
            for table, column in _identities(connection):
                _set_sequence(cursor, table, column)
            # Checks of foreign keys still waiting would forbid the next statement.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
            _force(connection, forced)


def _unforce(connection: psycopg.Connection) -> list[str]:
    """Let the owner see protected tables until the transaction ends; return which."""
    query = "SELECT relname FROM pg_class WHERE relforcerowsecurity"
    forced = [str(name) for (name,) in connection.execute(query)]
    for table in forced:
        connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    return forced


def _force(connection: psycopg.Connection, forced: list[str]) -> None:
    for table in forced:
        connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))


def _tables(connection: psycopg.Connection) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [name for (name,) in connection.execute(query) if name not in KEPT]


def _identities(connection: psycopg.Connection) -> list[tuple[str, str]]:
    query = """
        SELECT owner.relname, attname FROM pg_depend
        JOIN pg_class sequence ON sequence.oid = objid AND sequence.relkind = 'S'
        JOIN pg_class owner ON owner.oid = refobjid AND owner.relnamespace = 'public'::regnamespace
        JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE deptype IN ('i', 'a')
    """
    return [(str(table), str(column)) for table, column in connection.execute(query) if table not in KEPT]


def _set_sequence(cursor: psycopg.Cursor, table: str, column: str) -> None:
    cursor.execute(
        sql.SQL(
            "SELECT setval(pg_get_serial_sequence({name}, {column_name}), "
            "COALESCE((SELECT max({column}) FROM {table}), 1), EXISTS (SELECT 1 FROM {table}))"
        ).format(
            name=sql.Literal(f'"{table}"'),
            column_name=sql.Literal(column),
            column=sql.Identifier(column),
            table=sql.Identifier(table),
        )
    )
