"""The two addresses of the county's database, wherever it stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yingshang.site.cluster import roles, server
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import Trouble

NAME = "yingshang"
OWNER, WEB = "ys_owner", "ys_web"
OLDEST = 16
ENGINE_SETTINGS = {"max_connections": "120"}


@dataclass
class Database:
    """Where the county's tables are.

    owner_url: the role that migrates. web_url: the role with least rights.
    admin_url: a role that reads and writes everything, for backup and restore.
    server: the embedded server, when this process runs it.
    """

    owner_url: str = field(repr=False)
    web_url: str = field(repr=False)
    admin_url: str = field(repr=False)
    server: server.Server | None = None

    @property
    def web_role(self) -> str:
        return str(conninfo_to_dict(self.web_url).get("user", WEB))

    @property
    def is_embedded(self) -> bool:
        return self.owner_url != self.admin_url

    def prepared(self) -> str:
        """Return the mark that ``mark_prepared`` left, or an empty string."""
        with psycopg.connect(self.owner_url) as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        return str(found[0] or "") if found else ""

    def environment(self) -> dict[str, str]:
        """Return what tells Django where the database is; never on a command line."""
        return {"DATABASE_OWNER_URL": self.owner_url, "DATABASE_URL": self.web_url}


def named_by_environment() -> Database | None:
    """Return the database of DATABASE_URL and DATABASE_OWNER_URL, or None when neither is set.

    Raises Trouble when only one is set, nobody answers, or it is too old.
    """
    web, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not web and not owner:
        return None
    if not (web and owner):
        raise Trouble(
            "DATABASE_URL（网站用）和 DATABASE_OWNER_URL（更新数据表用）要同时设置。",
            "Set both DATABASE_URL (web role) and DATABASE_OWNER_URL (migrating role).",
        )
    for name, address in (("DATABASE_OWNER_URL", owner), ("DATABASE_URL", web)):
        try:
            with psycopg.connect(address, connect_timeout=10) as connection:
                version = connection.info.server_version // 10000
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
            raise Trouble(f"连不上 {name} 指定的数据库：{reason}", f"Can't connect to {name}.") from None
        if version < OLDEST:
            raise Trouble(
                f"{name} 的 PostgreSQL 是 {version} 版，需要 {OLDEST} 版或更新。",
                f"PostgreSQL {version} at {name} is too old; {OLDEST} or newer is needed.",
            )
    return Database(owner, web, owner)


def start(
    folder: DataFolder, *, say: Callable[[str], None] = server.quiet, give_up: Callable[[], bool] = server.never
) -> Database:
    """Start the embedded server of a data folder, with its two roles and its database. The caller holds the lock."""
    passwords = folder.passwords()
    running = server.start(folder.postgres, passwords=passwords, settings=ENGINE_SETTINGS, say=say, give_up=give_up)
    try:
        mine = {role: passwords[role] for role in (OWNER, WEB)}
        roles.make_roles(running.url("postgres", "postgres"), mine, NAME)
    except BaseException:
        running.stop()
        raise
    return Database(running.url(OWNER, NAME), running.url(WEB, NAME), running.url("postgres", NAME), running)


def attach(folder: DataFolder) -> Database:
    """Return the database of a site that another process runs on this folder."""
    passwords = folder.passwords()
    sockets = server.attach(folder.postgres, passwords)
    owner, web, admin = (server.url(role, passwords[role], NAME, sockets) for role in (OWNER, WEB, "postgres"))
    return Database(owner, web, admin)
