"""Public randomness of the League of Entropy (drand), checked offline with one public key per chain.

Source of the keys: drand's chain information, https://api.drand.sh/v2/beacons/quicknet/info and
https://api.drand.sh/info; the same figures are pinned by its client libraries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from py_arkworks_bls12381 import GT, G1Point, G2Point

LAST_SECOND = 253402300799  # of the year 9999
SIGNED_ON_G1 = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
SIGNED_ON_G2 = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True, slots=True)
class Chain:
    """One beacon: its hash names it for ever, ``genesis`` (Unix seconds) is the time of round 1."""

    hash: str
    public_key: str
    genesis: int
    period: int
    is_chained: bool


CHAINS = {
    "quicknet": Chain(
        hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
        public_key="83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
        genesis=1692803367,
        period=3,
        is_chained=False,
    ),
    "default": Chain(
        hash="8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
        public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        genesis=1595431050,
        period=30,
        is_chained=True,
    ),
}


@lru_cache(maxsize=1024)
def is_signed(name: str, round: int, signature: str, previous: str) -> bool:
    """Return whether the chain signed this round. Anything malformed is False, never an error.

    signature, previous: lower-case hex; ``previous`` is the signature before on
    a chained beacon and empty on the others.
    """
    chain = CHAINS.get(name)
    if chain is None or not 0 < round < 2**53 or chain.is_chained != bool(previous):
        return False
    try:
        message = sha256(bytes.fromhex(previous) + round.to_bytes(8, "big")).digest()
        key, signed = bytes.fromhex(chain.public_key), bytes.fromhex(signature)
        if chain.is_chained:
            hashed = G2Point.hash_to_curve(message, SIGNED_ON_G2)
            firsts = [-G1Point(), G1Point.from_compressed_bytes(key)]
            return GT.pairing_check(firsts, [G2Point.from_compressed_bytes(signed), hashed])
        point = -G1Point.hash_to_curve(message, SIGNED_ON_G1)
        seconds = [G2Point(), G2Point.from_compressed_bytes(key)]
        return GT.pairing_check([G1Point.from_compressed_bytes(signed), point], seconds)
    except ValueError:
        return False


def value(signature: str) -> str:
    """Return a round's randomness: SHA-256 of its signature, 64 hex digits."""
    return sha256(bytes.fromhex(signature)).hexdigest()


def time_of(name: str, round: int) -> datetime:
    """Return when a round is due, UTC. Raises KeyError for an unknown chain."""
    chain = CHAINS[name]
    return datetime.fromtimestamp(chain.genesis + (round - 1) * chain.period, UTC)


def round_at(name: str, moment: datetime) -> int:
    """Return the first round that is due at ``moment`` (aware) or later; 1 before the chain began."""
    chain = CHAINS[name]
    seconds = -(-(moment - datetime.fromtimestamp(chain.genesis, UTC)).total_seconds() // chain.period)
    return max(1, int(seconds) + 1)


def due(name: str, round: int) -> str:
    """Return when a round is due as entries of the ledger spell moments; empty for an unknown chain."""
    chain = CHAINS.get(name)
    if chain is None:
        return ""
    seconds = min(chain.genesis + (round - 1) * chain.period, LAST_SECOND)
    return datetime.fromtimestamp(max(seconds, 0), UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
