"""Django 的管理命令，用在 --data 指定的数据上：./ys manage 命令 …"""

from __future__ import annotations

from yingshang.site.cluster.session import database_for


def main(arguments: list[str]) -> int:
    with database_for(arguments, role="owner") as left:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./ys manage", *left])
    return 0
