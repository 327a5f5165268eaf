"""A license set and sealed through the signing process, beside setting it alone and beside pyHanko in one process."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from figure import Figure

from yingshang.kernel import typesetting
from yingshang.kernel.documents.sealing import SocketSigner, check
from yingshang.kernel.documents.sealing.process import Seal

RUNS = 8


def main() -> Iterator[Figure]:
    os.environ["YS_SEAL_QUIET"] = "5"
    with tempfile.TemporaryDirectory(prefix="ys-seal-bench-") as name:
        signer = SocketSigner(Path(name))
        papers = [typesetting.pdf(certificate(number)) for number in range(RUNS)]
        sealed = signer.seal(papers[0], reason="bench").content  # starts the process
        seal = Seal(Path(name))  # pyHanko with the same key, here
        setting = fastest(lambda number: typesetting.pdf(certificate(RUNS + number)))
        through = fastest(lambda number: signer.seal(papers[number], reason="bench"))
        alone = fastest(lambda number: seal.put_on(papers[number], "bench"))
        both = fastest(lambda number: signer.seal(typesetting.pdf(certificate(2 * RUNS + number)), reason="bench"))
        checking = fastest(lambda _: check(sealed, Path(name) / "root.pem"))
        yield Figure(
            "a seal by the signing process", through * 1000, "ms", alone * 1000, "pyHanko alone", ratio_at_most=2
        )
        yield Figure("a license, set and sealed", both * 1000, "ms", setting * 1000, "the plain PDF", ratio_at_most=12)
        yield Figure("checking a sealed license", checking * 1000, "ms")
        yield Figure(
            "a sealed license", len(sealed) / 1024, "KiB", len(papers[0]) / 1024, "the plain PDF", ratio_at_most=2
        )


def fastest(deed: Callable[[int], object]) -> float:
    """Return the shortest of several runs, in seconds, after one that warms up."""
    deed(0)
    spent = []
    for number in range(1, RUNS):
        begun = time.perf_counter()
        deed(number)
        spent.append(time.perf_counter() - begun)
    return min(spent)


def certificate(number: int) -> typesetting.Certificate:
    return typesetting.Certificate(
        title="食品经营许可证",
        number=f"JY1239901{number:07d}",
        fields=[("经营者名称", "示例饺子馆"), ("经营场所", "示例县示例镇人民大街18号"), ("经营项目", "热食类食品制售")],
        code=f"https://example.org/credentials/verify/?code=7K4M20QX9TBE{number:04d}",
        code_words="扫码核验",
        issuer="示例县市场监督管理局",
        issued_on=date(2026, 3, 2),
        stamp="示例县市场监督管理局",
    )
