"""What a command is asked to do, read from its words; a wrong word is one sentence."""

from __future__ import annotations

import argparse
from typing import NoReturn

from yingshang.site.cluster.trouble import Trouble

PORTS = range(1, 65536)


class Parser(argparse.ArgumentParser):
    """Reads the words after a command. Says what it cannot read as Trouble, not as a page of usage."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(f"参数写得不对，请看 {self.prog} --help。", f"{message[:1].upper()}{message[1:]}.")


def port(word: str) -> int:
    """Return the number of a port, or raise Trouble."""
    if word.isascii() and word.isdigit() and int(word) in PORTS:
        return int(word)
    raise Trouble(
        f"“{word}”不是端口，请写1到65535之间的整数。", f"“{word}” is no port; write a number from 1 to 65535."
    )
