"""One throw-away PostgreSQL for the whole round; tests speak to it as the web role.

With DATABASE_URL and DATABASE_OWNER_URL set, the round runs there instead, in a
databases of its own, ``test_ys`` and ``test_bare``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

os.environ.setdefault("YS_COUNTY", "example")
os.environ.setdefault("YS_SECRET_KEY", "for tests only")
os.environ.setdefault("YS_DEMO", "1")

# On a busy machine an example is slow, not wrong; and everybody sees the same examples.
hypothesis.settings.register_profile("patient", deadline=None, derandomize=True)
hypothesis.settings.load_profile("patient")

pytest_plugins = ["yingshang.kernel.testing.fixtures"]


def pytest_configure(config: pytest.Config) -> None:
    """Start the server and point Django at it before anything connects; one for each share of a round."""
    if shares_out(config):
        return
    from django.conf import settings
    from django.db import connections

    from yingshang.site.cluster import roles, server
    from yingshang.site.settings import pages
    from yingshang.site.settings.database import database_of

    folder = Path(tempfile.mkdtemp(prefix="ys-test-"))
    folder.chmod(0o755)
    if os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_OWNER_URL"):
        stop_server = make_database_there()
    else:
        quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
        running = server.start(folder, settings=quick)
        passwords = {"ys_owner": "owner", "ys_web": "web"}
        running.passwords |= passwords
        roles.make_roles(running.url("postgres", "postgres"), passwords, "test_ys")
        os.environ["YS_TEST_ADMIN_URL"] = running.url("postgres", "postgres")
        os.environ["DATABASE_URL"] = running.url("ys_web", "test_ys")
        os.environ["DATABASE_OWNER_URL"] = running.url("ys_owner", "test_ys")
        stop_server = running.stop
    connections.settings["default"].update(database_of(os.environ, role="web"))
    # pytest-django has read the settings before this file set the environment.
    os.environ["YS_DATA_DIR"] = str(folder / "data")
    settings.YS_DATA_DIR = folder / "data"
    for name, value in pages.static_settings(settings.YS_DATA_DIR, collected=False).items():
        setattr(settings, name, value)
    settings.YS_COUNTY, settings.YS_DEMO, settings.SECRET_KEY = "example", True, os.environ["YS_SECRET_KEY"]

    def stop() -> None:
        connections.close_all()
        stop_server()
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(stop)


def shares_out(config: pytest.Config) -> bool:
    """Return whether this process only hands tests to others (``-n``): it needs no server."""
    return bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")


def make_database_there() -> Callable[[], None]:
    """Make the databases of this round on the server that the two addresses name; return what drops them.

    The owner must be allowed to create databases.
    """
    import psycopg
    from psycopg.conninfo import make_conninfo

    owner = os.environ["DATABASE_OWNER_URL"]

    def drop() -> None:
        with psycopg.connect(owner, autocommit=True) as connection:
            for name in ("test_ys", "test_bare"):
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    drop()
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_ys")
    os.environ["YS_TEST_ADMIN_URL"] = owner
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[variable] = make_conninfo(os.environ[variable], dbname="test_ys")
    return drop


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Migrate as the owner, grant, load the example county, and leave the connection to the web role."""
    import subprocess
    import sys

    from yingshang.site.cluster import roles
    from yingshang.site.county import load_county
    from yingshang.site.settings.database import database_of

    environment = {**os.environ, "YS_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "yingshang.site.settings"}
    environment["PYTHONPATH"] = str(Path(__file__).parent / "src")
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    roles.grant(os.environ["DATABASE_OWNER_URL"], database_of(os.environ, role="web")["USER"])
    with psycopg.connect(os.environ["YS_TEST_ADMIN_URL"], autocommit=True) as admin:
        admin.execute("CREATE DATABASE test_bare TEMPLATE test_ys")
    with django_db_blocker.unblock():
        load_county("example")
    yield
