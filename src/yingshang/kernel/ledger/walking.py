"""Walking the ledger from its first leaf to its last, comparing as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import merge
from typing import Any, NamedTuple

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from yingshang.kernel.ledger.content import frame
from yingshang.kernel.ledger.keys import origin
from yingshang.kernel.ledger.models import Checkpoint, Entry, Head, Leaf, Tile
from yingshang.methods import merkle
from yingshang.methods.merkle import TILE_HEIGHT, TILE_WIDTH, CompactRange, NoteProblem, Verifier

STRIDE = 8 * TILE_WIDTH
ENTRY = ("id", "kind", "subject", "at", "actor", "unit")
# The database spells moments and ids: reading them as objects takes longer than everything else together.
SPELLED: dict[str, Combinable] = {
    "id": Cast("entry_id", TextField()),
    "at": Func(
        Func(Value("UTC"), F("entry__at"), function="timezone"),
        Value('YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        function="to_char",
        output_field=TextField(),
    ),
}


class Wrong(Exception):
    """The first thing that does not agree, in one Chinese sentence."""


class Signed(NamedTuple):
    """A checkpoint to compare with: the first ``size`` leaves must lead to ``root``."""

    size: int
    root: bytes
    source: str


class Walk:
    """One pass over the ledger, as large as it was when the pass began."""

    def __init__(self, keys: list[Verifier], notes: Iterable[str]) -> None:
        self.edge = CompactRange()
        self.compared = 0
        self.size, self._peaks = Head.objects.values_list("size", "peaks").get()
        self._signed = merge(_kept_here(keys, self.size), sorted(_kept_outside(keys, notes)))
        self._due = next(self._signed, None)
        self._agreed = 0
        self._rows: dict[int, list[bytes]] = {0: []}

    def leaves(self) -> Iterator[int]:
        """Derive each leaf and compare; yield how many are done after each stride. Raises Wrong."""
        append, row_of_leaves = self.edge.append, self._rows[0]
        self._compare_signed()
        for first in range(0, self.size, STRIDE):
            end = min(first + STRIDE, self.size)
            for expected, row in enumerate(_rows(first, end), first):
                if row[0] != expected:
                    raise _missing(expected)
                leaf = _derived(row)
                completed = append(leaf)
                row_of_leaves.append(leaf)
                if len(completed) > TILE_HEIGHT:
                    self._compare_tiles(completed)
                if self._due is not None and self._due.size == expected + 1:
                    self._compare_signed()
            if self.edge.size != end:
                raise _missing(self.edge.size)
            yield end
        if self.edge.to_bytes() != bytes(self._peaks):
            raise Wrong(f"账本末端存的哈希与 {self.size} 条记录算出的不一致：{self._since()}有记录被改动过。")
        if self._due is not None:
            held = f"{self._due.source}签过 {self._due.size} 条"
            raise Wrong(f"{held}，账本现在只有 {self.size} 条：后面的记录被删掉了。")

    def _compare_signed(self) -> None:
        """Compare every checkpoint that is due at this size, and have the next one ready. Raises Wrong."""
        while self._due is not None and self._due.size == self.edge.size:
            if self._due.root != self.edge.root():
                where = f"{self._due.source}签过的 {self._due.size} 条记录"
                raise Wrong(f"{where}与现在的不一致：{self._since()}有记录被改动过。")
            self.compared += 1
            self._agreed = self._due.size
            self._due = next(self._signed, None)

    def _since(self) -> str:
        return f"第 {self._agreed} 号到第 {self.edge.size - 1} 号之间"

    def _compare_tiles(self, completed: list[bytes]) -> None:
        """Compare each tile that the last leaf completed with the stored one. Raises Wrong."""
        for level, root in enumerate(completed[TILE_HEIGHT::TILE_HEIGHT]):
            row = self._rows[level]
            index = (self.edge.size >> TILE_HEIGHT * (level + 1)) - 1
            stored = Tile.objects.filter(pk=(level, index)).values_list("hashes", "root").first()
            if stored is None:
                raise Wrong(f"第 {level} 层第 {index} 块哈希不见了。")
            if bytes(stored[0]) != b"".join(row):
                place = next(at for at, hashed in enumerate(row) if bytes(stored[0])[at * 32 : at * 32 + 32] != hashed)
                raise _moved(level, index * TILE_WIDTH + place)
            if bytes(stored[1]) != root:
                found = bytes(stored[1]).hex()
                raise Wrong(f"第 {level} 层第 {index} 块哈希的根不对：应为 {root.hex()}，存的是 {found}。")
            row.clear()
            self._rows.setdefault(level + 1, []).append(root)


def _rows(first: int, end: int) -> Iterable[tuple[Any, ...]]:
    """Return (index, hash, content, *ENTRY) of the leaves from ``first`` up to ``end``, in order."""
    columns: list[Combinable] = [SPELLED.get(name, F(f"entry__{name}")) for name in ENTRY]
    leaves = Leaf.objects.filter(index__range=(first, end - 1)).order_by("index")
    return leaves.values_list("index", "hash", "entry__content", *columns)


def _derived(row: tuple[Any, ...]) -> bytes:
    """Return the hash of an entry's bytes. Raises Wrong when its columns or its leaf say something else."""
    index, hashed, content, *columns = row
    before, after = frame(*columns)
    content = bytes(content)
    if not (content.startswith(before) and content.endswith(after)):
        raise _unlike(index, content, columns)
    derived = merkle.leaf_hash(content)
    if derived != bytes(hashed):
        raise Wrong(
            f"存证记录 {columns[0]}（第 {index} 号，{columns[1]}）的内容被改动过："
            f"编号时的哈希是 {bytes(hashed).hex()}，现在的内容算出 {derived.hex()}。"
        )
    return derived


def _unlike(index: int, content: bytes, columns: list[Any]) -> Wrong:
    """Name the column that is not what the content says."""
    which = f"存证记录 {columns[0]}（第 {index} 号）"
    with suppress(ValueError):
        said = json.loads(content)
        for name, found in zip(ENTRY, columns, strict=True):
            if said.get(name) != found:
                return Wrong(f"{which}的 {name} 栏被改动过：应为 {said.get(name)}，现在是 {found}。")
    return Wrong(f"{which}的内容已经不是一条记录的样子。")


def _missing(index: int) -> Wrong:
    leaf = Leaf.objects.filter(pk=index).values_list("entry_id", flat=True).first()
    if leaf is None:
        return Wrong(f"第 {index} 号叶子不见了。")
    return Wrong(f"第 {index} 号叶子所指的存证记录 {leaf} 不见了。")


def _moved(level: int, index: int) -> Wrong:
    if level:
        return Wrong(f"第 {level} 层第 {index} 个哈希与下层算出的不一致。")
    entry = Entry.objects.filter(leaf=index).values_list("id", flat=True).first()
    return Wrong(f"第 {index} 号叶子（存证记录 {entry}）与编号时存进哈希块的不一致：记录被调换或改动过。")


def _kept_here(keys: list[Verifier], size: int) -> Iterator[Signed]:
    """Yield the stored checkpoints in order. Raises Wrong for one that no trusted key signed."""
    rows = Checkpoint.objects.filter(size__lte=size).order_by("size").values_list("size", "root", "note")
    for stored_size, root, note in rows.iterator():
        source = f"本机 {stored_size} 条的检查点"
        signed = _opened(note, keys, source)
        if (signed.size, signed.root) != (stored_size, bytes(root)):
            raise Wrong(f"{source}的栏目与签名的内容不一致：签的是 {signed.size} 条。")
        yield Signed(stored_size, bytes(root), source)


def _kept_outside(keys: list[Verifier], notes: Iterable[str]) -> Iterator[Signed]:
    for note in notes:
        signed = _opened(note, keys, "外部保存的检查点")
        yield Signed(signed.size, signed.root, f"外部保存的 {signed.size} 条的检查点")


def _opened(note: str, keys: list[Verifier], source: str) -> merkle.Checkpoint:
    try:
        signed = merkle.Checkpoint.opened(note, keys)
    except NoteProblem as problem:
        raise Wrong(f"{source}的签名不对：{problem}。") from problem
    if signed.origin != origin():
        raise Wrong(f"{source}属于另一个账本“{signed.origin}”，本账本是“{origin()}”。")
    return signed
