"""A foreign program checks our ledger: the code that guards the Go module ecosystem, from Debian's packages."""

import base64
import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from yingshang.kernel import ledger
from yingshang.kernel.ledger.keys import signer
from yingshang.kernel.ledger.models import Leaf
from yingshang.kernel.ledger.tree import head, read_nodes
from yingshang.methods import merkle

SOURCE = Path(__file__).with_name("foreign") / "verify.go"
PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
SEED = 20260302

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def verify_program(tmp_path_factory):
    go = shutil.which("go")
    if go is None or not PACKAGES.exists():
        pytest.skip("needs Debian's golang-go and golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    program = folder / "verify"
    subprocess.run([go, "build", "-o", program, SOURCE], env=environment, check=True)
    return program


def text(hashed):
    return base64.b64encode(hashed).decode()


def spoiled(proof, chance):
    """Return the proof with one bit of one hash changed."""
    place, bit = chance.randrange(len(proof)), chance.randrange(256)
    changed = int.from_bytes(proof[place], "big") ^ (1 << bit)
    return [*proof[:place], changed.to_bytes(32, "big"), *proof[place + 1 :]]


def cases(chance, count):
    """Return proofs that hold, and each once more with one bit changed."""
    leaves = dict(Leaf.objects.values_list("index", "hash"))
    inclusion, consistency = [], []
    for _ in range(count):
        size = chance.randint(2, head().size)
        index, old = chance.randrange(size), chance.randint(1, size - 1)
        roots = {one: merkle.root(bytes(leaves[place]) for place in range(one)) for one in (old, size)}
        included = merkle.inclusion_proof(index, size, read_nodes(size))
        continued = ledger.consistency(old, size)
        for proof, holds in [(included, True), (spoiled(included, chance), False)]:
            given = {"index": index, "size": size, "leaf": text(leaves[index]), "root": text(roots[size])}
            inclusion.append(given | {"proof": list(map(text, proof)), "holds": holds})
        for proof, holds in [(continued, True), (spoiled(continued, chance), False)]:
            given = {"old": old, "new": size, "oldRoot": text(roots[old]), "newRoot": text(roots[size])}
            consistency.append(given | {"proof": list(map(text, proof)), "holds": holds})
    return {"inclusion": inclusion, "consistency": consistency}


def download(client, folder, size):
    """Fetch every published file."""
    paths = ["checkpoint"]
    for tile in merkle.tiles_of(size):
        paths += [tile.path()] if tile.level else [tile.path(), tile.entries_path()]
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(client.get(f"/ledger/{path}").content)


def test_the_go_program_agrees_with_every_entry_and_every_proof(verify_program, client, note_down_many, tmp_path):
    note_down_many(600)
    while ledger.sequence():
        pass
    size = ledger.checkpoint().size
    download(client, tmp_path, size)
    told = cases(random.Random(SEED), 40)
    answer = subprocess.run(
        [verify_program, tmp_path, str(signer().verifier)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stderr == ""
    assert answer.stdout == f"size {size}, checked {size + 160}, wrong 0\n", f"seed {SEED}"


def test_the_go_program_refuses_a_key_that_is_not_ours(verify_program, client, note_down, tmp_path, stranger):
    note_down()
    ledger.sequence()
    download(client, tmp_path, ledger.checkpoint().size)
    answer = subprocess.run(
        [verify_program, tmp_path, str(stranger.verifier)], input="{}", capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert "verifiable signature" in answer.stderr
