"""Hand a party everything that is held of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, clock, ledger, typesetting
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles import queries, rules
from yingshang.registers.profiles.operations.reading import read

PIPL_45 = "《中华人民共和国个人信息保护法》第四十五条"


@transaction.atomic
def export_own(party: Party, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return all that is held of a party and who read it, as plain values: fields, their history, readings.

    Raises what the policy refuses. Records ``profiles.read`` and ``profiles.exported``.
    """
    access.permit(by, "profiles.object", party)
    held = read(by, party, list(rules.FIELDS), purpose="own", at=at)
    ledger.record("profiles.exported", subject=f"party:{party.public_id}", by=by, facts={"count": len(held)}, at=at)
    return {
        "schema": "yingshang-profile/1",
        "party": str(party.public_id),
        "name": party.display_name,
        "exported_at": _shown(at),
        "fields": [
            {
                "field": name,
                "title": rules.FIELDS[name].title,
                "value": one.value,
                "source": one.source,
                "held_since": _shown(one.held_since),
            }
            for name, one in sorted(held.items())
        ],
        "history": [
            {
                "field": row.field,
                "value": queries.open_value(party, row.field, bytes(row.closed)),
                "source": row.source,
                "held_since": _shown(row.held_since),
            }
            for row in queries.history_of(party)
        ],
        "readings": [
            {
                "at": _shown(row.at),
                "by": queries.reader_of(row),
                "purpose": row.purpose.title,
                "fields": row.fields,
                "matter": row.matter,
                "ledger_entry": str(row.entry_id),
            }
            for row in queries.readings_of(party)
        ],
    }


def as_paper(exported: dict[str, Any], *, note: str = "") -> bytes:
    """Return what was handed out as a PDF for people. note: printed at the head, 演示 in a demonstration."""
    rows = [(one["title"], one["value"], one["source"], one["held_since"][:10]) for one in exported["fields"]]
    seen = [(one["at"][:10], one["by"], one["purpose"], rules.titles(one["fields"])) for one in exported["readings"]]
    return typesetting.pdf(
        typesetting.Form(
            title="本人信息摘录",
            fields=[("名称", exported["name"]), ("取出时间", exported["exported_at"][:16].replace("T", " "))],
            body=[
                typesetting.Heading("已有信息"),
                typesetting.Grid(("项目", "内容", "来源", "起始日期"), rows),
                typesetting.Heading("谁看过"),
                typesetting.Grid(("日期", "谁", "用途", "项目"), seen),
                typesetting.Paragraph(f"依据{PIPL_45}取出。"),
            ],
            note=note,
        )
    )


def _shown(moment: datetime) -> str:
    return moment.astimezone(clock.BEIJING).isoformat(timespec="seconds")
