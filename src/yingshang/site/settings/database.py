"""How a database address becomes Django's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict


def database_of(environ: Mapping[str, str], *, role: str) -> dict[str, Any]:
    """Return Django's settings for the database that this process uses.

    role: ``owner`` reads DATABASE_OWNER_URL, anything else DATABASE_URL. The
    web role shares a pool between its threads; the owner connects once.
    """
    url = environ.get("DATABASE_OWNER_URL" if role == "owner" else "DATABASE_URL", "")
    parts = conninfo_to_dict(url) if url else {}
    options: dict[str, Any] = {
        k: v for k, v in parts.items() if k not in {"dbname", "user", "password", "host", "port"}
    }
    if environ.get("YS_POOL"):
        options["pool"] = {"min_size": 1, "max_size": int(environ["YS_POOL"])}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "yingshang"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
    }
