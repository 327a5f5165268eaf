"""Row-level security as migration operations: PostgreSQL itself refuses the row.

FORCE binds the owner of the table too. Each variable is read in a subquery,
once for a statement and not once for a row. A reader who is not set, or set to an
empty string, is NULL here, and NULL equals nothing.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

PERSON = "(SELECT NULLIF(current_setting('ys.person', true), ''))"
PARTY = "(SELECT NULLIF(current_setting('ys.party', true), ''))"
UNIT_PATH = "(SELECT NULLIF(current_setting('ys.unit_path', true), ''))"

# A range and not a prefix operator: PostgreSQL can walk the index of a range.
READABLE = (
    f'(is_public OR (unit_path >= {UNIT_PATH} COLLATE "C" AND unit_path < ({UNIT_PATH} || \'~\') COLLATE "C")'
    f" OR party = {PARTY} OR {PERSON} = ANY (handlers))"
)
HANDLED = f"({PERSON} = ANY (handlers))"


def protect(table: str, policies: dict[str, str]) -> RunSQL:
    """Return the operation that puts a table under forced row-level security.

    policies: name → what follows ``CREATE POLICY name ON table``.
    """
    made = [f'CREATE POLICY {name} ON "{table}" {rule}' for name, rule in policies.items()]
    dropped = [f'DROP POLICY {name} ON "{table}"' for name in policies]
    return RunSQL(
        [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY', *made],
        [
            *dropped,
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        ],
    )


def seal_table(table: str) -> RunSQL:
    """Return the operation that seals a table of ``SealedRecord``.

    Anybody may add a row; only its handlers may read, change or remove it.
    """
    return protect(
        table,
        {
            "add": "FOR INSERT WITH CHECK (cardinality(handlers) > 0)",
            "read": f"FOR SELECT USING {HANDLED}",
            "change": f"FOR UPDATE USING {HANDLED} WITH CHECK {HANDLED}",
            "remove": f"FOR DELETE USING {HANDLED}",
        },
    )
