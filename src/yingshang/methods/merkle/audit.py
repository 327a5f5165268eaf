"""Checking a whole published log as a stranger: from its files and its public key alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yingshang.methods.merkle.checkpoints import Checkpoint
from yingshang.methods.merkle.compact import CompactRange
from yingshang.methods.merkle.hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash
from yingshang.methods.merkle.notes import NoteProblem, Verifier
from yingshang.methods.merkle.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, entries_of, tiles_of

Read = Callable[[str], bytes]
"""Given a path under the log's prefix, return the file's bytes; raises OSError when there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong: in which file, and in one Chinese sentence what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}"


def audit(
    read: Read,
    *,
    trusted: Iterable[Verifier],
    kept: Iterable[Checkpoint] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Checkpoint | Finding:
    """Fetch every entry and every tile, derive the root again, and compare it with the signed one.

    kept: checkpoints of this log seen earlier; its first leaves must lead to each.
    progress: called with (leaves done, leaves in all) after each bundle.
    Returns the signed checkpoint when all agree, else the first Finding.
    Memory: one bundle and one tile row per level at a time.
    """
    try:
        checkpoint = Checkpoint.opened(read("checkpoint").decode(), trusted)
    except (NoteProblem, UnicodeDecodeError) as problem:
        return Finding("checkpoint", f"签名不对或者格式不对（{problem}）。")
    expected = sorted({(one.size, one.root) for one in (*kept, checkpoint)})
    if expected[-1][0] > checkpoint.size:
        return Finding("checkpoint", f"只有 {checkpoint.size} 条，以前保存的检查点有 {expected[-1][0]} 条。")
    if expected[0][0] == 0 and expected.pop(0)[1] != EMPTY_ROOT:
        return Finding("checkpoint", "空账本的根不对。")
    edge = CompactRange()
    tiles: dict[int, bytearray] = {}
    for tile in (tile for tile in tiles_of(checkpoint.size) if tile.level == 0):
        found = _read_bundle(read, tile, edge, tiles, expected)
        if found is not None:
            return found
        if progress is not None:
            progress(edge.size, checkpoint.size)
    for tile in tiles_of(checkpoint.size):
        if tile.is_partial and read(tile.path()) != bytes(tiles[tile.level]):
            return Finding(tile.path(), "里面的哈希与记录算出的不一致。")
    return checkpoint


def _read_bundle(
    read: Read, tile: Tile, edge: CompactRange, tiles: dict[int, bytearray], expected: list[tuple[int, bytes]]
) -> Finding | None:
    """Add one bundle's entries to the edge; compare each tile and each signed root that they complete."""
    try:
        entries = entries_of(read(tile.entries_path()))
    except ValueError as problem:
        return Finding(tile.entries_path(), f"文件不完整（{problem}）。")
    if len(entries) != tile.width:
        return Finding(tile.entries_path(), f"里面有 {len(entries)} 条记录，应有 {tile.width} 条。")
    for entry in entries:
        _add(tiles, edge.append(leaf_hash(entry)))
        while expected and expected[0][0] == edge.size:
            size, signed = expected.pop(0)
            if edge.root() != signed:
                found = edge.root().hex()
                return Finding("checkpoint", f"前 {size} 条记录算出的根是 {found}，签名的是 {signed.hex()}。")
        for level, row in tiles.items():
            full = Tile(level, (edge.size >> TILE_HEIGHT * (level + 1)) - 1)
            is_new = edge.size % TILE_WIDTH ** (level + 1) == 0
            if is_new and read(full.path()) != bytes(row):
                return Finding(full.path(), "里面的哈希与记录算出的不一致。")
    return None


def _add(tiles: dict[int, bytearray], completed: list[bytes]) -> None:
    """Put each hash that a leaf completed into the newest tile of its level; a full one makes room first."""
    for level, hashed in enumerate(completed[::TILE_HEIGHT]):
        row = tiles.setdefault(level, bytearray())
        if len(row) == TILE_WIDTH * HASH_SIZE:
            row.clear()
        row += hashed
