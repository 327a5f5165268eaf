"""Published vectors: the roots and proofs that every implementation of RFC 6962 must agree on.

Source of leaves, roots and proofs: transparency-dev/merkle, proof/verify_test.go
(Apache-2.0), taken over from Certificate Transparency. The corruptions are the
kinds that its proof generator (cmd/proofgen) makes; each must be refused.
"""

from functools import reduce

import pytest

from yingshang.methods import merkle

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
NODE = {
    "10": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "2-3": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "4-7": "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "4": "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "6-7": "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0-3": "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "0-1": "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "0": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "4-5": "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "6": "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
}
INCLUSION = [
    (0, 1, ""),
    (0, 8, "10 2-3 4-7"),
    (5, 8, "4 6-7 0-3"),
    (2, 3, "0-1"),
    (1, 5, "0 2-3 4"),
]
CONSISTENCY = [
    (1, 1, ""),
    (1, 8, "10 2-3 4-7"),
    (6, 8, "4-5 6-7 0-3"),
    (2, 5, "2-3 4"),
    (6, 7, "4-5 6 0-3"),
]
SOME_HASH = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")


def proof_of(names):
    return [bytes.fromhex(NODE[name]) for name in names.split()]


def read(nodes):
    hashes = [merkle.leaf_hash(leaf) for leaf in LEAVES]
    return [merkle.root(hashes[node.index << node.level : node.index + 1 << node.level]) for node in nodes]


def with_bit_changed(proof, place, bit):
    changed = list(proof)
    changed[place] = bytes([changed[place][0] ^ bit]) + changed[place][1:]
    return changed


def bad_inclusions(index, size, proof, root, leaf):
    """Yield (what is wrong, index, size, leaf, proof, root)."""
    yield "index before", index - 1, size, leaf, proof, root
    yield "index after", index + 1, size, leaf, proof, root
    yield "index elsewhere", index ^ 2, size, leaf, proof, root
    yield "tree twice as large", index, size * 2, leaf, proof, root
    yield "tree half as large", index, size // 2, leaf, proof, root
    yield "wrong leaf", index, size, b"WrongLeaf", proof, root
    yield "empty root", index, size, leaf, proof, merkle.EMPTY_ROOT
    yield "random root", index, size, leaf, proof, SOME_HASH
    yield "trailing garbage", index, size, leaf, [*proof, b""], root
    yield "trailing root", index, size, leaf, [*proof, root], root
    yield "preceding garbage", index, size, leaf, [b"", *proof], root
    yield "preceding root", index, size, leaf, [root, *proof], root
    for place in range(len(proof)):
        yield f"bit in hash {place}", index, size, leaf, with_bit_changed(proof, place, 8), root
    if proof:
        yield "hash removed", index, size, leaf, proof[:-1], root
    if len(proof) > 1:
        yield "hash inserted", index, size, leaf, [proof[0], SOME_HASH, *proof[1:]], root


def bad_consistencies(old, new, proof, old_root, new_root):
    """Yield (what is wrong, old, new, old root, new root, proof)."""
    yield "old before", old - 1, new, old_root, new_root, proof
    yield "old after", old + 1, new, old_root, new_root, proof
    yield "old elsewhere", old ^ 2, new, old_root, new_root, proof
    yield "new twice as large", old, new * 2, old_root, new_root, proof
    yield "new half as large", old, new // 2, old_root, new_root, proof
    yield "wrong old root", old, new, b"WrongRoot", new_root, proof
    yield "wrong new root", old, new, old_root, b"WrongRoot", proof
    yield "roots swapped", old, new, new_root, old_root, proof
    yield "no proof", old, new, old_root, new_root, []
    yield "trailing garbage", old, new, old_root, new_root, [*proof, b""]
    yield "trailing old root", old, new, old_root, new_root, [*proof, old_root]
    yield "trailing new root", old, new, old_root, new_root, [*proof, new_root]
    yield "preceding garbage", old, new, old_root, new_root, [b"", *proof]
    yield "preceding old root", old, new, old_root, new_root, [old_root, *proof]
    yield "preceding new root", old, new, old_root, new_root, [new_root, *proof]
    yield "first hash twice", old, new, old_root, new_root, [proof[0], *proof]
    yield "truncated", old, new, old_root, new_root, proof[:-1]
    for place in range(len(proof)):
        yield f"bit in hash {place}", old, new, old_root, new_root, with_bit_changed(proof, place, 16)


def test_the_published_roots_agree():
    grown = merkle.CompactRange()
    for size, root in enumerate(ROOTS, 1):
        grown.append(merkle.leaf_hash(LEAVES[size - 1]))
        assert grown.root() == root == merkle.root(map(merkle.leaf_hash, LEAVES[:size])) == merkle.root_at(size, read)


def test_an_empty_tree_has_the_hash_of_nothing():
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root([]) == merkle.CompactRange().root() == merkle.root_at(0, read) == merkle.EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "names"), INCLUSION)
def test_published_inclusion_proofs_are_made_and_hold(index, size, names):
    proof, root, leaf = proof_of(names), ROOTS[size - 1], merkle.leaf_hash(LEAVES[index])
    assert merkle.inclusion_proof(index, size, read) == proof
    assert merkle.verify_inclusion(index=index, size=size, leaf=leaf, proof=proof, root=root)


@pytest.mark.parametrize(("index", "size", "names"), INCLUSION)
def test_every_corrupted_inclusion_proof_is_refused(index, size, names):
    proof, root, leaf = proof_of(names), ROOTS[size - 1], merkle.leaf_hash(LEAVES[index])
    accepted = [
        what
        for what, i, s, given, hashes, told in bad_inclusions(index, size, proof, root, leaf)
        if merkle.verify_inclusion(index=i, size=s, leaf=given, proof=hashes, root=told)
    ]
    assert accepted == []


@pytest.mark.parametrize(("old", "new", "names"), CONSISTENCY)
def test_published_consistency_proofs_are_made_and_hold(old, new, names):
    proof = proof_of(names)
    assert merkle.consistency_proof(old, new, read) == proof
    assert merkle.verify_consistency(old=old, new=new, old_root=ROOTS[old - 1], new_root=ROOTS[new - 1], proof=proof)


@pytest.mark.parametrize(("old", "new", "names"), CONSISTENCY[1:])
def test_every_corrupted_consistency_proof_is_refused(old, new, names):
    accepted = [
        what
        for what, a, b, root_a, root_b, hashes in bad_consistencies(
            old, new, proof_of(names), ROOTS[old - 1], ROOTS[new - 1]
        )
        if merkle.verify_consistency(old=a, new=b, old_root=root_a, new_root=root_b, proof=hashes)
    ]
    assert accepted == []


@pytest.mark.parametrize(
    ("old", "new", "old_root", "new_root", "proof", "holds"),
    [
        (0, 0, b"don't care 1", b"don't care 2", [], False),
        (1, 1, b"don't care 1", b"don't care 2", [], False),
        (0, 0, b"don't care 1", b"don't care 1", [], True),
        (0, 1, b"don't care 1", b"don't care 2", [], True),
        (1, 1, b"don't care 2", b"don't care 2", [], True),
        (1, 0, b"don't care 1", b"don't care 2", [], False),  # back in time
        (2, 1, b"don't care 1", b"don't care 2", [], False),
        (1, 2, b"don't care 1", b"don't care 2", [], False),
        (0, 0, merkle.EMPTY_ROOT, b"don't care 2", [], False),
        (1, 1, merkle.EMPTY_ROOT, b"don't care 2", [], False),
        (0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [merkle.EMPTY_ROOT], False),
        (0, 1, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [merkle.EMPTY_ROOT], False),
        (1, 1, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [merkle.EMPTY_ROOT], False),
    ],
)
def test_published_edge_cases_of_consistency(old, new, old_root, new_root, proof, holds):
    assert merkle.verify_consistency(old=old, new=new, old_root=old_root, new_root=new_root, proof=proof) is holds


@pytest.mark.parametrize(("index", "size"), [(0, 0), (0, 1), (1, 0), (2, 1)])
@pytest.mark.parametrize(("leaf", "root"), [(SOME_HASH, b""), (b"", merkle.EMPTY_ROOT), (SOME_HASH, merkle.EMPTY_ROOT)])
def test_nothing_is_included_where_nothing_fits(index, size, leaf, root):
    assert not merkle.verify_inclusion(index=index, size=size, leaf=leaf, proof=[], root=root)


def test_the_single_leaf_is_its_own_root():
    hashed = merkle.leaf_hash(b"data")
    assert merkle.verify_inclusion(index=0, size=1, leaf=hashed, proof=[], root=hashed)
    for leaf, root in [(hashed, b""), (b"", hashed), (b"", b"")]:
        assert not merkle.verify_inclusion(index=0, size=1, leaf=leaf, proof=[], root=root)


def test_a_root_is_folded_from_the_right():
    leaves = [merkle.leaf_hash(leaf) for leaf in LEAVES[:3]]
    assert ROOTS[2] == reduce(merkle.node_hash, [merkle.node_hash(*leaves[:2]), leaves[2]])
