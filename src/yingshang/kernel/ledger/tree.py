"""Reading the tree back from its tables: hashes, tiles, roots and bundles of entries."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from yingshang.kernel.ledger.models import Head, Leaf, Tile
from yingshang.methods import merkle
from yingshang.methods.merkle import TILE_WIDTH, CompactRange, Node


def head() -> CompactRange:
    """Return the tree as it is now: its size and the roots of its full subtrees. Queries: 1."""
    size, peaks = Head.objects.values_list("size", "peaks").get()
    return CompactRange.from_bytes(size, bytes(peaks))


def read_nodes(size: int) -> merkle.ReadNodes:
    """Return the reader that proofs over the first ``size`` leaves take their hashes from.

    Queries: at most 3 for a proof, whatever the size.
    """

    def read(nodes: Sequence[Node]) -> list[bytes]:
        tiles = merkle.tiles_for(nodes, size)
        hashes = {(tile.level, tile.index): hashed for tile, hashed in zip(tiles, hashes_in(tiles), strict=True)}
        return [merkle.node_from_tiles(node, hashes) for node in nodes]

    return read


def hashes_in(tiles: Sequence[merkle.Tile]) -> list[list[bytes]]:
    """Return the hashes of each tile, cut to its width.

    Full tiles are stored; partial ones are put together from the row of leaves
    or of tiles beneath. A tile that is wider than the tree comes out short.
    """
    stored = _stored(tiles)
    below = _leaves([t for t in tiles if t.level == 0 and (t.level, t.index) not in stored])
    below |= _roots([t for t in tiles if t.level > 0 and (t.level, t.index) not in stored])
    return [(stored.get((t.level, t.index)) or below.get((t.level, t.index)) or [])[: t.width] for t in tiles]


Rows = dict[tuple[int, int], list[bytes]]


def _stored(tiles: Sequence[merkle.Tile]) -> Rows:
    if not tiles:
        return {}
    wanted = Q(pk__in=[(tile.level, tile.index) for tile in tiles])
    rows = Tile.objects.filter(wanted).values_list("level", "index", "hashes")
    return {(level, index): merkle.hashes_of(bytes(hashes)) for level, index, hashes in rows}


def _leaves(tiles: Sequence[merkle.Tile]) -> Rows:
    if not tiles:
        return {}
    wanted = Q()
    for tile in tiles:
        wanted |= Q(index__range=(tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width - 1))
    found: Rows = {}
    for index, hashed in Leaf.objects.filter(wanted).order_by("index").values_list("index", "hash"):
        found.setdefault((0, index // TILE_WIDTH), []).append(bytes(hashed))
    return found


def _roots(tiles: Sequence[merkle.Tile]) -> Rows:
    if not tiles:
        return {}
    wanted = Q()
    for tile in tiles:
        first = tile.index * TILE_WIDTH
        wanted |= Q(level=tile.level - 1, index__range=(first, first + tile.width - 1))
    found: Rows = {}
    rows = Tile.objects.filter(wanted).order_by("level", "index").values_list("level", "index", "root")
    for level, index, root in rows:
        found.setdefault((level + 1, index // TILE_WIDTH), []).append(bytes(root))
    return found


def bundle_of(tile: merkle.Tile) -> bytes | None:
    """Return the published bundle of entries under a tile of level 0, or None if the tree is not that large."""
    first = tile.index * TILE_WIDTH
    rows = Leaf.objects.filter(index__range=(first, first + tile.width - 1)).order_by("index")
    entries = [bytes(content) for content in rows.values_list("entry__content", flat=True)]
    return merkle.bundle(entries) if len(entries) == tile.width else None
