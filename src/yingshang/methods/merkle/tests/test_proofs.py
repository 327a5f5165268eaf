"""Proofs of every shape hold, and nothing else does; an independent reading of RFC 6962 is the judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingshang.methods import merkle
from yingshang.methods.merkle import CompactRange, Tile

LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(1100)]


def tree_hash(leaves):
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def path(m, leaves):
    """PATH of RFC 6962 section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), tree_hash(leaves[k:])]
    return [*path(m - k, leaves[k:]), tree_hash(leaves[:k])]


def subproof(m, leaves, complete=True):
    """SUBPROOF of RFC 6962 section 2.1.2, word for word."""
    if m == len(leaves):
        return [] if complete else [tree_hash(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], complete), tree_hash(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), tree_hash(leaves[:k])]


def read(nodes):
    return [tree_hash(LEAVES[node.index << node.level : node.index + 1 << node.level]) for node in nodes]


def tiles_of(leaves):
    """Return every tile of a tree as its hashes, built level by level."""
    rows, row = {}, leaves
    level = 0
    while row:
        for index in range(-(-len(row) // 256)):
            rows[level, index] = row[index * 256 : index * 256 + 256]
        row = [tree_hash(row[at : at + 256]) for at in range(0, len(row) - 255, 256)]
        level += 1
    return rows


sizes = st.integers(1, 300)


@given(sizes, st.data())
def test_inclusion_proofs_are_those_of_the_text_and_hold(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, read)
    assert proof == path(index, LEAVES[:size])
    root = tree_hash(LEAVES[:size])
    assert merkle.verify_inclusion(index=index, size=size, leaf=LEAVES[index], proof=proof, root=root)
    other = data.draw(st.integers(0, size - 1))
    assert merkle.verify_inclusion(index=other, size=size, leaf=LEAVES[index], proof=proof, root=root) is (
        other == index
    )


@given(sizes, st.data())
def test_consistency_proofs_are_those_of_the_text_and_hold(new, data):
    old = data.draw(st.integers(0, new))
    proof = merkle.consistency_proof(old, new, read)
    assert proof == (subproof(old, LEAVES[:new]) if old else [])
    roots = {"old_root": tree_hash(LEAVES[:old]), "new_root": tree_hash(LEAVES[:new])}
    assert merkle.verify_consistency(old=old, new=new, proof=proof, **roots)
    if proof:
        place, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        proof[place] = bytes(byte ^ (1 << bit % 8 if at == bit // 8 else 0) for at, byte in enumerate(proof[place]))
        assert not merkle.verify_consistency(old=old, new=new, proof=proof, **roots)


@given(st.integers(1, 1100), st.data())
def test_proofs_read_from_tiles_are_the_same(size, data):
    index = data.draw(st.integers(0, size - 1))
    stored = tiles_of(LEAVES[:size])

    def from_tiles(nodes):
        needed = merkle.tiles_for(nodes, size)
        assert all(tile.width == len(stored[tile.level, tile.index]) for tile in needed)
        given_tiles = {(tile.level, tile.index): stored[tile.level, tile.index] for tile in needed}
        return [merkle.node_from_tiles(node, given_tiles) for node in nodes]

    proof = merkle.inclusion_proof(index, size, from_tiles)
    root = merkle.root_at(size, from_tiles)
    assert root == tree_hash(LEAVES[:size])
    assert merkle.verify_inclusion(index=index, size=size, leaf=LEAVES[index], proof=proof, root=root)


@given(st.integers(0, 1100), st.data())
def test_a_compact_range_goes_on_from_where_it_was_written_down(size, data):
    cut = data.draw(st.integers(0, size))
    written = CompactRange().extend(LEAVES[:cut])
    resumed = CompactRange.from_bytes(cut, written.to_bytes()).extend(LEAVES[cut:size])
    assert resumed.root() == tree_hash(LEAVES[:size])
    assert len(resumed.peaks) == size.bit_count()


@pytest.mark.parametrize(("size", "peaks"), [(-1, b""), (1, b""), (3, b"x" * 32), (2, b"x" * 64), (1, b"x" * 31)])
def test_a_range_that_does_not_fit_its_size_is_refused(size, peaks):
    with pytest.raises(ValueError, match="leaves has"):
        CompactRange.from_bytes(size, peaks)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3)])
def test_there_is_no_proof_for_a_leaf_outside_the_tree(index, size):
    with pytest.raises(ValueError, match="is not in a tree"):
        merkle.inclusion_proof(index, size, read)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1)])
def test_there_is_no_proof_of_going_back(old, new):
    with pytest.raises(ValueError, match="cannot come after"):
        merkle.consistency_proof(old, new, read)


def test_the_tiles_of_a_tree_are_those_of_the_specification():
    """C2SP tlog-tiles, section "Partial Tiles": the example of 70,000 entries, and a tree of 256."""
    tiles = list(merkle.tiles_of(70_000))
    assert len([t for t in tiles if t.level == 0 and not t.is_partial]) == 273
    assert [t for t in tiles if t.is_partial] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert [t for t in tiles if t.level == 1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert list(merkle.tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(merkle.tiles_of(0)) == []


@given(st.integers(0, 63), st.integers(0, 10**17), st.integers(1, 256))
def test_a_tile_is_read_back_from_its_path(level, index, width):
    tile = Tile(level, index, width)
    assert Tile.named(tile.path().removeprefix("tile/")) == (tile, False)
    leaves = Tile(0, index, width)
    assert Tile.named(leaves.entries_path().removeprefix("tile/")) == (leaves, True)


WIDTHS = ["0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000."]
INDEXES = ["0/0", "0/0000", "0/x000/001", "x/000", "0/000/001", "0/１23"]
LEVELS = ["64/000", "-1/000", "00/000"]


@pytest.mark.parametrize("name", WIDTHS + INDEXES + LEVELS)
def test_a_tile_has_one_spelling(name):
    with pytest.raises(ValueError, match="no tile is called"):
        Tile.named(name)


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_a_bundle_holds_its_entries(entries):
    assert merkle.entries_of(merkle.bundle(entries)) == entries


@pytest.mark.parametrize("cut", [b"\x00", b"\x00\x05abc", b"\x00\x01a\xff"])
def test_a_bundle_cut_short_is_refused(cut):
    with pytest.raises(ValueError, match="ends inside entry"):
        merkle.entries_of(cut)


def test_an_entry_longer_than_its_length_can_say_is_refused():
    with pytest.raises(ValueError, match="at most 65535 bytes"):
        merkle.bundle([b"x" * 65_536])
