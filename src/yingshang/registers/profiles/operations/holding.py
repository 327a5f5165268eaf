"""Keep what a party gave once, so that no unit asks for it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party, code_hash, party_by_code
from yingshang.registers.profiles import queries, rules
from yingshang.registers.profiles.models import HeldValue

Origin = HeldValue.Origin


@transaction.atomic
def hold(
    party: Party,
    values: Mapping[str, str],
    *,
    source: str,
    by: Actor,
    at: datetime,
    from_registry: bool = False,
    holder: str = "",
) -> tuple[str, ...]:
    """Keep values of a party and return the names of the fields that are new or changed.

    values: field → text as given; empty texts are left out. source: where it
    comes from, in Chinese, as the party will read it. What a registry said
    stays until it is corrected: a typed value does not replace it. holder: code
    of the unit that answers for the values; by's unit unless told. The code of
    the party (identity number, credit code) makes it findable for every unit.
    Raises Refusal ``profiles.no_such_field``, ``profiles.value_unfit``,
    ``profiles.another_code``, ``profiles.code_of_another`` and what the policy
    refuses. Records ``profiles.held``.
    """
    party = Party.objects.select_for_update().get(pk=party.pk)
    access.permit(by, "profiles.hold", party)
    clean = cleaned_values(values)
    origin = Origin.REGISTRY if from_registry else Origin.UNIT if by.unit else Origin.SELF
    standing = {row.field: row for row in queries.newest_rows([party], set(clean))}
    fresh = {name: value for name, value in clean.items() if _is_news(party, standing.get(name), value, origin)}
    if not fresh:
        return ()
    bind_code(party, fresh)
    store(party, fresh, origin=origin, source=source, unit=holder or by.unit, by=by, at=at)
    return tuple(sorted(fresh))


@transaction.atomic
def identify(*, code: str, name: str, kind: str, by: Actor, at: datetime) -> Party:
    """Return the party with this identity or credit code, one and the same for every unit; make it at first sight.

    kind: of ``Party.Kind``. The name stands as it was first given. Raises
    Refusal ``profiles.value_unfit`` for a code that does not check, and what
    the policy refuses. Records ``profiles.held`` for a new one.
    """
    field = rules.CODE_FIELD[kind == Party.Kind.PERSON]
    checked = cleaned_values({field: code})[field]
    found = party_by_code(checked)
    if found is not None:
        return found
    made, is_new = Party.objects.get_or_create(
        code_hash=code_hash(checked), defaults={"kind": kind, "display_name": name[:120]}
    )
    access.permit(by, "profiles.hold", made)
    if is_new:
        hold(made, {field: checked, f"{field.split('.')[0]}.name": name}, source="首次办理时登记", by=by, at=at)
    return made


def store(
    party: Party,
    values: Mapping[str, str],
    *,
    origin: HeldValue.Origin,
    source: str,
    unit: str,
    by: Actor,
    at: datetime,
) -> None:
    """Add the rows and the entry. The caller has permitted, cleaned and locked."""
    holder = org.unit(unit) if unit else None
    rows = [
        HeldValue(
            party=party,
            field=name,
            closed=queries.close(party, name, value),
            origin=origin,
            source=source[:120],
            unit=holder,
            held_since=at,
            by=by.person,
        )
        for name, value in values.items()
    ]
    with queries.opened_for([party]):
        HeldValue.objects.bulk_create(rows)
    facts = {"fields": sorted(values), "count": len(values), "origin": Origin(origin).label}
    ledger.record("profiles.held", subject=f"party:{party.public_id}", by=by, facts=facts, at=at)


def cleaned_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values cleaned; empty ones left out."""
    clean: dict[str, str] = {}
    for name, given in values.items():
        if name not in rules.FIELDS:
            raise Refusal("profiles.no_such_field", f"没有“{name[:40]}”这个项目。", "请从已有的项目中选择。")
        if not str(given).strip():
            continue
        try:
            clean[name] = rules.FIELDS[name].read(str(given))
        except ValueError as fault:
            raise Refusal(
                "profiles.value_unfit", f"{rules.FIELDS[name].title}：{fault}", "请核对后重新填写。"
            ) from None
    return clean


def _is_news(party: Party, standing: HeldValue | None, value: str, origin: HeldValue.Origin) -> bool:
    if standing is None:
        return True
    if standing.origin in (Origin.REGISTRY, Origin.CORRECTION) and origin in (Origin.SELF, Origin.UNIT):
        return False
    return queries.opened(party, standing).value != value


def bind_code(party: Party, fresh: Mapping[str, str], *, is_correction: bool = False) -> None:
    """Bind the party to its code at first sight; a second one is a correction's to change, another's is refused."""
    code = fresh.get(rules.CODE_FIELD[party.kind == Party.Kind.PERSON])
    if code is None:
        return
    digest = code_hash(code)
    if party.code_hash == digest:
        return
    if party.code_hash is not None and not is_correction:
        raise Refusal(
            "profiles.another_code",
            f"“{party.display_name}”已经登记了另一个证件号码。",
            "请核对号码；原来登记错了的，请提出纠错。",
        )
    if party_by_code(code) is not None:
        raise Refusal(
            "profiles.code_of_another",
            "这个证件号码已经登记在另一位当事人名下。",
            "请核对号码；确实是您本人的，请带证件到窗口核实。",
        )
    party.code_hash = digest
    party.save(update_fields=["code_hash"])
