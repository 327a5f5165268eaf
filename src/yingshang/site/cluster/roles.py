"""The two roles: an owner that migrates and a web role with least rights."""

from __future__ import annotations

import psycopg
from psycopg import sql

ALL = "SELECT, INSERT, UPDATE, DELETE"
APPEND_ONLY = "SELECT, INSERT"


def make_roles(admin_url: str, passwords: dict[str, str], database: str) -> None:
    """Make the roles named in ``passwords`` (``ys_owner``, ``ys_web``) and the database; safe to repeat.

    What reaches the server is the verifier of a password, never the password:
    a failing statement is written to the server's log.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for role, password in passwords.items():
            exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if exists else "CREATE")
            verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(role), sql.Literal(verifier))
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier("ys_owner"))
            )


def grant(owner_url: str, web_role: str) -> None:
    """Give the web role what each table allows, after every migration; safe to repeat.

    A model with ``append_only = True`` may be read and added to, nothing else;
    TRUNCATE is never granted. A model with ``web_rights`` names its own.
    """
    from django.apps import apps  # the supervising process uses this module and must not pay for Django

    role = sql.Identifier(web_role)
    with psycopg.connect(owner_url) as connection:
        everything = "ALL TABLES IN SCHEMA public"
        connection.execute(sql.SQL(f"REVOKE ALL ON {everything} FROM {{}}").format(role))
        connection.execute(sql.SQL(f"GRANT {ALL} ON {everything} TO {{}}").format(role))
        connection.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        for model in apps.get_models(include_auto_created=True):
            rights = getattr(model, "web_rights", APPEND_ONLY if getattr(model, "append_only", False) else ALL)
            if rights != ALL:
                table = sql.Identifier(model._meta.db_table)
                connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(table, role))
                connection.execute(sql.SQL(f"GRANT {rights} ON {{}} TO {{}}").format(table, role))


def mark_prepared(owner_url: str, mark: str) -> None:
    """Write on the database itself what it was prepared with, so that the next start may skip it.

    A comment needs no table and is not part of a dump: a restored database is
    prepared anew.
    """
    with psycopg.connect(owner_url) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(mark)))
