"""演一遍县里的故事，再打开网站：./ys story [--no-serve] [--data 文件夹]"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.server import when_parent_dies
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser, port
from yingshang.site.commands import run
from yingshang.site.processes.progress import begin
from yingshang.site.processes.site import ROOT
from yingshang.site.processes.supervisor import Stop

USUAL_STORY = ROOT / ".ys-story"


def main(arguments: list[str]) -> int:
    """Play every chapter on a clean data folder, print each act as one line, and serve the site it leaves behind.

    A folder on which the story was played before is only served. Raises
    Trouble for a folder that holds another site: a story is never mixed with
    what people did.
    """
    begin()
    wish = parse(arguments)
    folder = DataFolder(Path(wish.data).expanduser().absolute())
    folder.make()
    held = folder.lock()
    try:
        if folder.read("site.json") and not folder.read("story.json"):
            raise Trouble(
                f"{folder.path} 里已经有网站的数据，故事只在空文件夹里演。请用 --data 另指定一个文件夹。",
                f"{folder.path} holds a site already; name an empty folder with --data.",
            )
        folder.write("story.json", folder.read("story.json") or {"told": False})

        def tell(environment: dict[str, str], stop: Stop) -> bool:
            if not folder.read("story.json")["told"] and play(environment, stop):
                folder.write("story.json", {"told": True})
            return not wish.no_serve

        return run.run(folder, wish, tell)
    finally:
        os.close(held)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="./ys story", description="演一遍县里的故事，再打开网站 Play the story, then serve it.")
    parser.add_argument("--county", default="", help="counties 下的文件夹名，默认 mulan")
    parser.add_argument("--port", type=port, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机能访问")
    parser.add_argument("--data", default=str(USUAL_STORY), help="空的数据文件夹，默认 .ys-story")
    parser.add_argument("--workers", type=int, default=1, help="网页进程数，默认 1")
    parser.add_argument("--no-serve", action="store_true", help="演完就停，不打开网站")
    wish = parser.parse_args(arguments)
    wish.bare = False
    return wish


def play(environment: dict[str, str], stop: Stop) -> bool:
    """Let a process with the rights of the site play the story; return whether it came to its end. Raises Trouble."""
    told = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
    process = subprocess.Popen(
        [sys.executable, "-m", "yingshang.site.processes.storyteller"],
        env={**os.environ, **told},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=when_parent_dies(signal.SIGKILL),
    )
    while process.poll() is None:
        stop.pause(0.1)
        if stop.asked:
            process.terminate()
    if process.returncode and not stop.asked:
        raise Trouble("故事没有演完，原因见上。请换一个空文件夹再演。", "The story broke off; see above.")
    return process.returncode == 0
