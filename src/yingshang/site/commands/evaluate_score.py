"""按一版指标体系给各地打分，任何人都可以重算（evaluate score --edition 文件 --values 文件 --out 文件）"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from yingshang.methods import scoring
from yingshang.methods.county_files import DataProblem
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser

MOST_BYTES = 128 * 2**20  # some three million values; they take 3 GB of memory


def main(arguments: list[str]) -> int:
    """Score, and write the scores/1 file, whole or not at all.

    Returns 0 when it is written (and equal to ``--against``, if given), 1 when
    it differs, 2 when edition or values are wrong; then nothing is written.
    """
    parser = Parser(prog="./ys evaluate score", description="按一版指标体系给各地打分 Score places by an edition.")
    parser.add_argument("--edition", required=True, type=Path, metavar="文件", help="指标体系，edition/1 的 YAML 文件")
    parser.add_argument(
        "--values", required=True, type=Path, metavar="文件", help="各地的值，CSV：place, series, value"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="文件", help="结果写到这里，JSON 格式")
    parser.add_argument("--against", type=Path, metavar="文件", help="公布的结果；逐字节核对重算是否相同")
    parser.add_argument("--explain", metavar="地方", default="", help="另外打印这个地方每一分的来历")
    wish = parser.parse_args(arguments)
    refuse_to_overwrite(wish.out, [wish.edition, wish.values, *([wish.against] if wish.against else [])])
    try:
        digest = hashlib.sha256(read(wish.edition)).hexdigest()
        edition = scoring.read(wish.edition)
        found = scoring.score(edition, scoring.read_values(read(wish.values), edition))
    except (DataProblem, scoring.WrongValues) as wrong:
        said = wrong.in_chinese if isinstance(wrong, DataProblem) else wrong
        print(f"✗ 没有打分，什么都没有写。\n{said}", file=sys.stderr)
        return 2
    if wish.explain and wish.explain not in found.place_no:
        raise Trouble(
            f"值里没有“{wish.explain}”，请核对名称。", f"There is no place “{wish.explain}” among the values."
        )
    content = scoring.as_json(found, edition_digest=digest)
    write(wish.out, content)
    ranked = len(scoring.standings(found))
    print(f"✓ {edition.title}：{len(found.values.places)} 个地方，{ranked} 个有总分，写入 {wish.out.name}。")
    if wish.explain:
        print("\n".join(scoring.explain(found, wish.explain).lines()))
    return compare(content, wish.against) if wish.against else 0


def refuse_to_overwrite(out: Path, others: list[Path]) -> None:
    """Raise Trouble where the result would be written over what it is computed from."""
    for other in others:
        if out.exists() and other.exists() and out.samefile(other):
            raise Trouble(
                f"结果不能写到 {out.name} 里，它是要读的文件。请换一个文件名。", f"{out.name} is read; name another."
            )


def write(out: Path, content: bytes) -> None:
    """Put the content into a file beside and move it there, so that nobody finds half of it. Raises Trouble."""
    part = out.with_name(f".{out.name}.part")
    try:
        if out.is_dir():
            raise IsADirectoryError
        part.write_bytes(content)
        part.replace(out)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Trouble(
            f"写不到 {out}：没有这个文件夹，或者它本身是文件夹。请换一个位置。", f"{out} is no file to write."
        ) from None
    finally:
        if part.exists():
            part.unlink()


def compare(content: bytes, published: Path) -> int:
    """Say whether the published file has the same bytes."""
    if read(published) == content:
        print("✓ 与公布的结果逐字节相同。")
        return 0
    print("✗ 与公布的结果不同：指标体系、值或者结果有一个改过。", file=sys.stderr)
    return 1


def read(path: Path) -> bytes:
    """Return a file's bytes. Raises Trouble when it is not there or too large."""
    if not path.is_file():
        raise Trouble(f"没有这个文件：{path.name}，请核对路径。", f"There is no file {path.name}.")
    if path.stat().st_size > MOST_BYTES:
        raise Trouble(f"文件太大：{path.name}，请分开打分。", f"{path.name} is too large.")
    return path.read_bytes()
