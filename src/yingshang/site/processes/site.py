"""What a site on a data folder is, and what its processes are told."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from yingshang.site.cluster.database import Database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import Trouble

ROOT = Path(__file__).resolve().parents[4]
USUAL_DATA = ROOT / ".ys"
USUAL_COUNTY = "mulan"


def counties() -> Path:
    """Return the folder with one folder of data per county."""
    return Path(os.environ.get("YS_COUNTIES_DIR", ROOT / "counties"))


def identity(folder: DataFolder, *, county: str, bare: bool) -> dict[str, Any]:
    """Return what this site is (``county``, ``demo``), written down at the first start.

    county: as asked for; empty for what the folder already is.
    Raises Trouble when a later start asks for something else: one folder is one
    county, and a folder that has held invented people can't become a real one.
    """
    site = folder.read("site.json")
    if not site:
        site = {"county": county or USUAL_COUNTY, "demo": not bare}
        must_exist(str(site["county"]))
        folder.write("site.json", site)
    if county and county != site["county"]:
        raise Trouble(
            f"这个数据文件夹属于 {site['county']}，不能用来运行 {county}。请用 --data 另指定一个文件夹。",
            f"This data folder belongs to {site['county']}; name another folder with --data.",
        )
    if bare and site["demo"]:
        raise Trouble(
            "这个数据文件夹里有演示人员，不能转为正式使用。请用 --data 另指定一个空文件夹。",
            "This data folder holds demo people and can't become a real site; name an empty folder with --data.",
        )
    return site


def must_exist(county: str) -> None:
    """Return if there is data for this county. Raises Trouble that names the counties there are."""
    if not counties().is_dir() or (counties() / county / "county.yaml").is_file():
        return
    known = "、".join(sorted(place.parent.name for place in counties().glob("*/county.yaml")))
    raise Trouble(f"没有名为 {county} 的县。现有：{known}。", f"There is no county {county} in {counties()}.")


def must_be_free(host: str, port: int) -> None:
    """Return if the port can be listened on. Raises Trouble if not.

    Asked without SO_REUSEPORT, which the web server's workers use to share it:
    with that option a stranger's port would be shared in silence.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError as error:
            raise Trouble(
                f"没有权限使用端口 {port}。请用 --port 换一个大于 1023 的端口。",
                f"No permission for port {port}; choose one above 1023 with --port.",
            ) from error
        except (OSError, OverflowError) as error:
            raise Trouble(
                f"端口 {port} 用不了，多半已被别的程序占用。请关闭那个程序，或者用 --port 换一个端口。",
                f"Port {port} is taken; stop the other program or choose another with --port.",
            ) from error


def environment_of(folder: DataFolder, site: dict[str, Any], where: Database) -> dict[str, str]:
    """Return what every process of the site is told, by environment and never on a command line."""
    return {
        "YS_COUNTY": str(site["county"]),
        "YS_DEMO": "1" if site["demo"] else "",
        "YS_DATA_DIR": str(folder.path),
        "YS_SECRET_KEY": folder.secret_key(),
        "YS_WEB_ROLE": where.web_role,
        **where.environment(),
    }
