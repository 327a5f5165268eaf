"""The tree cut into files of 256 hashes (C2SP tlog-tiles), and entries into bundles of 256.

A tile of level 0 holds leaf hashes; each hash of a tile one level up is the
root of a full tile below it. The rightmost tile of a level may be partial: its
name then carries its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yingshang.methods.merkle.compact import root
from yingshang.methods.merkle.hashing import HASH_SIZE
from yingshang.methods.merkle.proofs import Node

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
LONGEST_ENTRY = 0xFFFF
HIGHEST_LEVEL = 63

_NAME = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """Where a tile stands. ``width`` is its number of hashes, 1 to 256.

    >>> Tile(0, 1234067).path()
    'tile/0/x001/x234/067'
    >>> Tile(1, 0, 17).path()
    'tile/1/000.p/17'
    """

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def is_partial(self) -> bool:
        return self.width < TILE_WIDTH

    def path(self) -> str:
        """Return the path under the log's prefix."""
        return f"tile/{self.level}/{self._tail()}"

    def entries_path(self) -> str:
        """Return the path of the bundle of entries under a tile of level 0."""
        return f"tile/entries/{self._tail()}"

    def _tail(self) -> str:
        parts, rest = [f"{self.index % 1000:03}"], self.index // 1000
        while rest:
            parts.append(f"x{rest % 1000:03}")
            rest //= 1000
        return "/".join(reversed(parts)) + (f".p/{self.width}" if self.is_partial else "")

    @classmethod
    def named(cls, name: str) -> tuple[Tile, bool]:
        """Read a path after ``tile/``. Return the tile and whether its entries are meant.

        Only the one spelling that ``path`` and ``entries_path`` write is
        accepted, so that a resource has one address. Raises ValueError.
        """
        match = _NAME.fullmatch(name)
        if match is None:
            raise ValueError(f"no tile is called {name!r}")
        entries = match["level"] == "entries"
        index = int(match["index"].replace("x", "").replace("/", ""))
        tile = cls(0 if entries else int(match["level"]), index, int(match["width"] or TILE_WIDTH))
        right = tile.entries_path() if entries else tile.path()
        if right != f"tile/{name}" or tile.level > HIGHEST_LEVEL:
            raise ValueError(f"no tile is called {name!r}")
        return tile, entries


def tile_at(level: int, index: int, size: int) -> Tile | None:
    """Return the tile as wide as a tree of ``size`` leaves has it, or None if it has none there."""
    width = min((size >> TILE_HEIGHT * level) - index * TILE_WIDTH, TILE_WIDTH)
    return Tile(level, index, width) if width > 0 else None


def tiles_of(size: int) -> Iterable[Tile]:
    """Yield every tile of a tree of ``size`` leaves, level by level."""
    level = 0
    while size >> TILE_HEIGHT * level:
        for index in range(-(-(size >> TILE_HEIGHT * level) // TILE_WIDTH)):
            yield Tile(level, index, min((size >> TILE_HEIGHT * level) - index * TILE_WIDTH, TILE_WIDTH))
        level += 1


def tiles_for(nodes: Iterable[Node], size: int) -> list[Tile]:
    """Return the tiles of a tree of ``size`` leaves that hold these full subtrees, sorted, each once."""
    needed = {tile_at(*_place(node)[:2], size) for node in nodes}
    return sorted(tile for tile in needed if tile is not None)


def node_from_tiles(node: Node, tiles: Mapping[tuple[int, int], Sequence[bytes]]) -> bytes:
    """Return the hash of a full subtree from the tiles that ``tiles_for`` named.

    tiles: (level, index) → hashes. Raises KeyError or ValueError when a tile is missing or too narrow.
    """
    level, index, first, width = _place(node)
    hashes = tiles[level, index][first : first + width]
    if len(hashes) != width:
        raise ValueError(f"tile {level}/{index} is too narrow for {node}")
    return root(hashes)


def _place(node: Node) -> tuple[int, int, int, int]:
    """Return level and index of the tile that holds a subtree, and where in it."""
    level, height = divmod(node.level, TILE_HEIGHT)
    first = node.index << height
    return level, first // TILE_WIDTH, first % TILE_WIDTH, 1 << height


def hashes_of(tile: bytes) -> list[bytes]:
    """Return the hashes in a tile's bytes. Raises ValueError unless they are whole hashes, 1 to 256 of them."""
    if not tile or len(tile) % HASH_SIZE or len(tile) > TILE_WIDTH * HASH_SIZE:
        raise ValueError(f"a tile has 1 to {TILE_WIDTH} hashes of {HASH_SIZE} bytes, got {len(tile)} bytes")
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as one bundle: each with its length in two bytes before it, high byte first."""
    parts = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise ValueError(f"an entry has at most {LONGEST_ENTRY} bytes, got {len(entry)}")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def entries_of(bundle: bytes) -> list[bytes]:
    """Return the entries in a bundle. Raises ValueError when it is cut short."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            raise ValueError(f"the bundle ends inside entry {len(entries)}")
        entries.append(bundle[at + 2 : end])
        at = end
    return entries
