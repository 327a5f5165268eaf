"""One throw-away PostgreSQL for the whole round; tests speak to it as the web role.

With DATABASE_URL and DATABASE_OWNER_URL set, the round runs there instead, in
databases of its own, ``test_ys`` and ``test_bare``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from tests import database, order

from yingshang.site.cluster.server import Server

os.environ.setdefault("YS_COUNTY", "example")
os.environ.setdefault("YS_SECRET_KEY", "for tests only")
os.environ.setdefault("YS_DEMO", "1")

# On a busy machine an example is slow, not wrong; and everybody sees the same examples.
hypothesis.settings.register_profile("patient", deadline=None, derandomize=True)
hypothesis.settings.load_profile("patient")

pytest_plugins = ["yingshang.kernel.testing.fixtures"]
FOLDER = pytest.StashKey[Path]()
OWN_SERVER = pytest.StashKey[Server]()
MAKER = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server and point Django at it before anything connects; one for each share of a round."""
    if shares_out(config):
        config.stash[MAKER] = make_meanwhile()
        return
    from django.conf import settings

    from yingshang.site.settings import pages

    folder = config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="ys-test-"))
    folder.chmod(0o755)
    if os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_OWNER_URL"):
        make_database_there()
    else:
        config.stash[OWN_SERVER] = database.start(folder)
        point_at(config.stash[OWN_SERVER])
    # pytest-django has read the settings before this file set the environment.
    use_the_environment()
    os.environ["YS_DATA_DIR"] = str(folder / "data")
    settings.YS_DATA_DIR = folder / "data"
    for name, value in pages.static_settings(settings.YS_DATA_DIR, collected=False).items():
        setattr(settings, name, value)
    # A password is made costly to guess, and to check; that it is, is Django's to test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.YS_COUNTY, settings.YS_DEMO, settings.SECRET_KEY = "example", True, os.environ["YS_SECRET_KEY"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    from django.db import connections

    if MAKER in config.stash:
        config.stash[MAKER].wait()
    if FOLDER not in config.stash:
        return
    connections.close_all()
    if OWN_SERVER in config.stash:
        config.stash[OWN_SERVER].stop()
    elif "YS_TEST_ADMIN_URL" in os.environ:
        drop_databases(os.environ["YS_TEST_ADMIN_URL"])
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a shared round begin with what takes long."""
    shares = getattr(config, "workerinput", {}).get("workercount", 1)
    if shares > 1:
        items[:] = order.long_ones_first(items, shares, lambda item: item.nodeid)


def shares_out(config: pytest.Config) -> bool:
    """Return whether this process only hands tests to others (``-n``): it needs no server."""
    return bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")


def make_meanwhile() -> subprocess.Popen[bytes]:
    """Begin to make the database while the shares still read the tests; they wait for it where they need it."""
    environment = {**os.environ, "PYTHONPATH": str(database.SOURCE)}
    return subprocess.Popen([sys.executable, "-m", "tests.database"], cwd=database.ROOT, env=environment)


def point_at(own: Server) -> None:
    """Let the environment name the databases of our own server."""
    os.environ["YS_TEST_ADMIN_URL"] = own.url("postgres", "postgres")
    os.environ["DATABASE_URL"] = own.url("ys_web", "test_ys")
    os.environ["DATABASE_OWNER_URL"] = own.url("ys_owner", "test_ys")


def use_the_environment() -> None:
    """Let Django's connections go where the environment says."""
    from django.db import connections

    from yingshang.site.settings.database import database_of

    connections.settings["default"].update(database_of(os.environ, role="web"))


def make_database_there() -> None:
    """Make ``test_ys`` on the server that the two addresses name, whose owner may create databases, and name it."""
    owner = os.environ["DATABASE_OWNER_URL"]
    drop_databases(owner)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_ys")
    os.environ["YS_TEST_ADMIN_URL"] = owner
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ[variable] = make_conninfo(os.environ[variable], dbname="test_ys")


def drop_databases(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for name in ("test_ys", "test_bare"):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig: pytest.Config, django_db_blocker: Any) -> Iterator[None]:
    """Migrate as the owner, grant, load the example county, and leave the connection to the web role."""
    from django.test import override_settings

    from yingshang.site.cluster import roles
    from yingshang.site.county import load_county
    from yingshang.site.settings.database import database_of

    if OWN_SERVER in pytestconfig.stash:
        begun = pytestconfig.stash[OWN_SERVER]
        pytestconfig.stash[OWN_SERVER] = database.complete(pytestconfig.stash[FOLDER], begun)
        point_at(pytestconfig.stash[OWN_SERVER])
        use_the_environment()
    else:
        database.migrate(os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
        with psycopg.connect(os.environ["YS_TEST_ADMIN_URL"], autocommit=True) as admin:
            admin.execute("CREATE DATABASE test_bare TEMPLATE test_ys")
    web_role = database_of(os.environ, role="web")["USER"]
    for name in ("test_ys", "test_bare"):
        roles.grant(make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=name), web_role)
    # The first test may have a data folder of its own already; the county's keys belong into that of all.
    with django_db_blocker.unblock(), override_settings(YS_DATA_DIR=pytestconfig.stash[FOLDER] / "data"):
        load_county("example")
    yield
