"""What may be done to a case now, and by whom: the deeds that its state allows, each with the reason for a no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yingshang.casework.cases.models import Case, Commitment
from yingshang.kernel import access, clock, procedures, registry, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials import api as credentials
from yingshang.registers.fees import api as fees

UNDECIDED = ("decision", "committed")
BEFORE_AND_AFTER = ("submitted", "correcting", "received", "informed", "granted")


@dataclass(frozen=True, kw_only=True)
class Way:
    """When a deed stands open: its action; the move it makes, if any; what else must be so."""

    action: str
    move: str = ""
    stands: Callable[[Case], Any] | None = None


def possible_deeds(case: Case, actor: Actor) -> dict[str, Refusal | None]:
    """Return the deeds that the state of a case allows, by name, each with its refusal or None.

    The policies of the case and of the engine are asked, and the conditions of
    the procedure; what a deed asks of its form is not. Queries: about 12.
    """
    rules = {rule.do: (rule, refusal) for step, rule, refusal in _moves(case, actor)}
    found: dict[str, Refusal | None] = {}
    for name, way in WAYS.items():
        if way.move and way.move not in rules:
            continue
        if way.stands is not None and not way.stands(case):
            continue
        refusal = access.may(actor, way.action, case)
        if refusal is None and way.move:
            rule, refusal = rules[way.move]
            refusal = refusal or _conditions(case, rule)
        found[name] = refusal
    return found


def step_version(case: Case, actor: Actor | None = None) -> int | None:
    """Return the version of the step that an actor's moves change: the main line's, or of their own branch. Queries: 1.

    Moves of a branch are not guarded by the page: another unit's step is its own.
    """
    rows = (
        work.Step.objects.filter(dossier=case.dossier_id, branch="").order_by("-pk").values_list("version", flat=True)
    )
    return rows.first() if actor is None or actor.unit == case.unit.code else None


def owed_materials(case: Case) -> dict[str, str]:
    """Return key and title of the materials that the applicant still has to hand in. Queries: 1."""
    rows = work.Obligation.objects.filter(dossier=case.dossier_id, kind="work.material", state="open")
    return {
        key.removeprefix("supply-"): title.rpartition("：")[2].removeprefix("补交")
        for key, title in rows.values_list("key", "title")
    }


def pauses_of(case: Case) -> list[tuple[str, str]]:
    """Return key and title of the special procedures of an item, with the days they usually take. Queries: 1."""
    version = catalogue.version(case.version_id)
    days = {special.key: special.days for special in version.content.special}
    rules = procedures.frozen(version.procedure).pauses
    return [(key, f"{rule.title}（预计{days[key]}天）" if days.get(key) else rule.title) for key, rule in rules.items()]


def standing_pauses(case: Case) -> set[str]:
    """Return the keys of the special procedures that have not ended. Queries: 1."""
    running = work.Obligation.objects.filter(dossier=case.dossier_id, state="open", clock__paused_since__isnull=False)
    rows = clock.Pause.objects.filter(clock__in=running.values("clock"), last_day=None)
    return set(rows.values_list("kind", flat=True))


def open_request(case: Case) -> Any:
    """Return the wish for more time that waits for the head, or None. Queries: 1."""
    return case.extension_requests.filter(is_approved=None).first()


def open_explanation(case: Case) -> Any:
    """Return the explanation that is owed to the public, or None. Queries: 1."""
    return case.explanations.filter(explained_at=None).order_by("pk").first()


def unchecked(case: Case) -> list[Commitment]:
    """Return the promises that are to be checked. Queries: 1."""
    return list(case.commitments.filter(result="", duty__isnull=False).order_by("pk"))


def broken(case: Case) -> list[Commitment]:
    """Return the broken promises that nobody repaired. Queries: 1."""
    return list(case.commitments.filter(result=Commitment.Result.BROKEN, repaired_on=None).order_by("pk"))


def _moves(case: Case, actor: Actor) -> list[tuple[Any, procedures.MoveRule, Refusal | None]]:
    """Return what the engine allows; after the end only what may be done afterwards."""
    found: list[tuple[Any, procedures.MoveRule, Refusal | None]] = list(work.possible_moves(case.dossier, actor))
    if not case.is_open and case.dossier.procedure is not None:
        rules = procedures.frozen(case.dossier.procedure).moves_from(case.state)
        found += [(None, rule, None) for rule in rules if rule.afterwards]
    return found


def _conditions(case: Case, rule: procedures.MoveRule) -> Refusal | None:
    for name in rule.when:
        answer: Refusal | None = registry.condition(name)([case.dossier_id])[case.dossier_id]
        if answer is not None:
            return answer
    return None


def _running(case: Case) -> bool:
    rows = work.Obligation.objects.filter(dossier=case.dossier_id, state="open", key__in=UNDECIDED)
    return case.is_open and rows.filter(clock__isnull=False).exists()


def _may_stop(case: Case) -> bool:
    return _running(case) and bool(pauses_of(case)) and not standing_pauses(case)


def _extendable(case: Case) -> bool:
    if not _running(case) or case.dossier.procedure is None:
        return False
    limits = procedures.frozen(case.dossier.procedure).limits.values()
    asked = case.extension_requests.exclude(is_approved=False)
    return any(limit.extends for limit in limits) and not asked.exists()


def _letter_here(case: Case) -> bool:
    runs = case.is_open and case.state not in BEFORE_AND_AFTER
    return runs and catalogue.version(case.version_id).content.choices.letter_in_lieu and not hasattr(case, "letter")


def _license_due(case: Case) -> bool:
    if case.state != "granted" or not catalogue.version(case.version_id).content.basics.result.credential:
        return False
    return not credentials.Credential.objects.filter(dossier_id=case.dossier_id).exists()


def _to_charge(case: Case) -> bool:
    if not case.is_open:
        return False
    due = {fee.row for fee in catalogue.fees_for(catalogue.version(case.version_id), case.situation)}
    charged = fees.Charge.objects.filter(subject=f"dossier:{case.dossier_id}").values_list("row_code", flat=True)
    return bool(due - set(charged)) if due else False


def _to_publish(case: Case) -> bool:
    owed = work.Obligation.objects.filter(origin=f"case:{case.pk}", kind="disclosure.publish", state="open")
    return owed.exists()


WAYS: Mapping[str, Way] = {
    "accept": Way(action="cases.accept", move="accept"),
    "correction": Way(action="cases.ask_to_correct", move="ask_to_correct"),
    "accept-tolerantly": Way(action="cases.accept", move="accept_tolerantly"),
    "accept-on-commitment": Way(action="cases.decide", move="accept_on_commitment"),
    "decline": Way(action="cases.decline", move="decline"),
    "not-needed": Way(action="cases.decline", move="not_needed"),
    "corrected": Way(action="cases.correct", move="correct"),
    "supplied": Way(action="cases.supply", move="supply", stands=owed_materials),
    "advance": Way(action="cases.advance", move="advance"),
    "stop-clock": Way(action="cases.stop_clock", stands=_may_stop),
    "resume": Way(action="cases.stop_clock", stands=standing_pauses),
    "ask-extension": Way(action="cases.ask_extension", stands=_extendable),
    "approve-extension": Way(action="cases.approve_extension", stands=open_request),
    "letter": Way(action="cases.decide", stands=_letter_here),
    "grant": Way(action="cases.decide", move="grant"),
    "refuse": Way(action="cases.decide", move="refuse"),
    "charge": Way(action="cases.accept", stands=_to_charge),
    "license": Way(action="cases.decide", stands=_license_due),
    "deliver": Way(action="cases.deliver", move="deliver"),
    "publish": Way(action="cases.publish_decision", stands=_to_publish),
    "check": Way(action="cases.check_commitment", stands=unchecked),
    "repair": Way(action="cases.check_commitment", stands=broken),
    "explain": Way(action="cases.explain_overdue", stands=open_explanation),
    "withdraw": Way(action="cases.withdraw", move="withdraw"),
    "revoke": Way(action="cases.revoke", move="revoke"),
}
"""By the name of the deed, in the order in which a page offers them."""
