"""Draws nobody can rig: sealed plans, public randomness, tickets, pairs, and the proof of it all.

The format draw/1 is told in docs/methods/draw.md. Nothing here reads a clock, a
file or a source of chance: secrets, salts and randomness are handed in.
"""

from yingshang.methods.draw.beacons import CHAINS, round_at, time_of
from yingshang.methods.draw.canonical import canonical, canonical_id, checked_name, digest
from yingshang.methods.draw.commitment import FIRST_PREVIOUS, FORMAT, commit, opens
from yingshang.methods.draw.drawing import Assignment, Result, check_opening, current, run, substitute
from yingshang.methods.draw.plan import Conflict, Inspector, Plan, Stratum
from yingshang.methods.draw.problems import DrawProblem, Missing, NothingToReplace, PlanProblem, RandomnessProblem
from yingshang.methods.draw.publishing import publish
from yingshang.methods.draw.rule import DICE, Beacon, Party, Rule, beacon, dice, randomness_string, refusal, reveal
from yingshang.methods.draw.tickets import chain
from yingshang.methods.draw.verifier import Finding, as_json, verify

__all__ = [
    "CHAINS",
    "DICE",
    "FIRST_PREVIOUS",
    "FORMAT",
    "Assignment",
    "Beacon",
    "Conflict",
    "DrawProblem",
    "Finding",
    "Inspector",
    "Missing",
    "NothingToReplace",
    "Party",
    "Plan",
    "PlanProblem",
    "RandomnessProblem",
    "Result",
    "Rule",
    "Stratum",
    "as_json",
    "beacon",
    "canonical",
    "canonical_id",
    "chain",
    "check_opening",
    "checked_name",
    "commit",
    "current",
    "dice",
    "digest",
    "opens",
    "publish",
    "randomness_string",
    "refusal",
    "reveal",
    "round_at",
    "run",
    "substitute",
    "time_of",
    "verify",
]
