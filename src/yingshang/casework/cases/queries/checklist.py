"""One case as the window works on it: its materials one by one, its clocks explained, its history, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yingshang.casework.cases.models import Case, CaseMaterial, Commitment
from yingshang.casework.cases.queries.desk import duty_words, people_named, why
from yingshang.kernel import clock, procedures, work
from yingshang.registers.catalogue import api as catalogue

IN = (CaseMaterial.Given.FILE, CaseMaterial.Given.PAPER)
FREE = (CaseMaterial.Given.HELD, CaseMaterial.Given.SHARED, CaseMaterial.Given.GENERATED)
COLORS = {"in": "green", "held": "green", "promised": "blue", "tolerated": "yellow", "missing": "red", "free": "grey"}


@dataclass(frozen=True)
class CheckRow:
    """One material of a case.

    stand: in, held, promised, tolerated, missing, or free (not required and
    not given); words: the same in Chinese with its source or last day. papers:
    what was handed in for it, oldest first; the last one counts.
    """

    material: catalogue.Material
    stand: str
    words: str
    papers: tuple[CaseMaterial, ...]
    due: date | None

    @property
    def color(self) -> str:
        return COLORS[self.stand]

    @property
    def latest(self) -> CaseMaterial | None:
        return self.papers[-1] if self.papers else None


@dataclass(frozen=True)
class ClockRow:
    """One running or ended period of a case. lines: why it is due when it is, one sentence each."""

    title: str
    lamp: work.Lamp
    remaining: clock.Remaining | None
    due: date | None
    is_open: bool
    lines: tuple[str, ...]


def checklist(case: Case, version: catalogue.Version) -> list[CheckRow]:
    """Return every material that applies in the situation of a case, in the order of the item. Queries: 3."""
    given: dict[str, list[CaseMaterial]] = {}
    for paper in CaseMaterial.objects.filter(case=case).select_related("document").order_by("pk"):
        given.setdefault(paper.key, []).append(paper)
    promised = {row.material: row for row in case.commitments.filter(kind=Commitment.Kind.CERTIFICATE) if row.material}
    owed = work.Obligation.objects.filter(dossier=case.dossier_id, kind="work.material", state="open")
    until = {key.removeprefix("supply-"): due for key, due in owed.values_list("key", "due_date")}
    rows = []
    for material in catalogue.materials_for(version, case.situation):
        papers = tuple(given.get(material.key, ()))
        stand, words = _stand(material, papers[-1] if papers else None, promised, until)
        rows.append(CheckRow(material, stand, words, papers, until.get(material.key)))
    return rows


def _stand(
    material: catalogue.Material,
    latest: CaseMaterial | None,
    promised: Mapping[str, Commitment],
    until: Mapping[str, date | None],
) -> tuple[str, str]:
    if material.key in until:
        due = until[material.key]
        return "tolerated", f"容缺，{due:%Y年%m月%d日}前补交" if due else "容缺，待补交"
    if latest is None and material.key in promised:
        return "promised", "承诺代替"
    if latest is None:
        if not material.required:
            return "free", "不是必交，没有交"
        if material.source_kind == "shared":
            return "missing", "由本单位共享获取，还没有取得"
        return "missing", "还没有收到"
    if latest.given == CaseMaterial.Given.LATER:
        return "missing", "申请人说好以后补交"
    if latest.given == CaseMaterial.Given.COMMITTED:
        return "promised", "承诺代替"
    if latest.given in FREE:
        return "held", f"{latest.get_given_display()}：{latest.source}" if latest.source else latest.get_given_display()
    copies = f"，{latest.copies}份" if latest.copies > 1 else ""
    when = clock.beijing_date(latest.given_at)
    return "in", f"{latest.get_given_display()}{copies}，{when:%m月%d日}收到"


def clocks_explained(case: Case, on: date) -> list[ClockRow]:
    """Return the periods of a case, those that run first, each with the reason for its last day. Queries: 5."""
    owed = work.Obligation.objects.filter(dossier=case.dossier_id, clock__isnull=False).exclude(
        state=work.Obligation.State.CANCELLED
    )
    rows = list(
        owed.select_related("clock__limit", "party", "unit")
        .prefetch_related("clock__pauses", "clock__extensions")
        .order_by("-state", "due_order", "pk")
    )
    lit, days = work.lamps(rows, on), clock.calendar()
    return [
        ClockRow(
            title=duty_words(row),
            lamp=lit[row.pk],
            remaining=clock.remaining(row.clock, on, working=days) if row.state == "open" and row.clock else None,
            due=row.due_date,
            is_open=row.state == work.Obligation.State.OPEN,
            lines=tuple(_lines(row)),
        )
        for row in rows
    ]


def _lines(duty: work.Obligation) -> list[str]:
    running = duty.clock
    assert running is not None  # the query asks for it
    lines = [f"{why(duty)}；起算的当天不算。"]
    if running.limit is not None and running.limit.source:
        lines.append(f"依据：{running.limit.source}。")
    for pause in running.pauses.all():
        last = f"到{pause.last_day:%Y年%m月%d日}" if pause.last_day else "，还没有结束"
        lines.append(f"特别程序“{pause.reason}”：{pause.first_day:%Y年%m月%d日}起{last}，这些天不算。{pause.source}")
    extended = running.extensions.all()
    lines += [f"{each.granted_on:%Y年%m月%d日}批准延长：{each.reason}。" for each in extended]
    if running.paused_since is not None:
        lines.append("现在停止计时，恢复后接着算。")
    elif duty.due_date is not None:
        lines.append(f"最后一天是{duty.due_date:%Y年%m月%d日}，按公布的节假日和调休计算。")
    if running.provisional:
        lines.append("其中有的年份节假日安排还没有公布，公布后可能变动。")
    if duty.closed_at is not None:
        closed = clock.beijing_date(duty.closed_at)
        late = duty.due_date is not None and closed > duty.due_date
        lines.append(f"{closed:%Y年%m月%d日}办结{'，超过期限' if late else '，没有超期'}。")
    if duty.party is not None:
        lines.append("这是申请人要做的事。")
    return lines


def history(case: Case) -> list[dict[str, Any]]:
    """Return who did what and when, oldest first, as the timeline draws it. Queries: 2."""
    definition = procedures.frozen(case.dossier.procedure) if case.dossier.procedure else None
    moves = [move for move in work.moves_of(case.dossier) if not (move.branch and move.kind == work.Move.Kind.OPEN)]
    names = people_named({move.by for move in moves})
    rows = []
    for move in moves:
        title = definition.title_of_move(move.do, move.from_state) if definition else move.do
        if move.kind == work.Move.Kind.OPEN:
            title = "收件"
        elif move.kind in (work.Move.Kind.PAUSE, work.Move.Kind.RESUME, work.Move.Kind.EXTEND):
            title = f"{move.get_kind_display()}：{title}"
        who = names.get(move.by, "平台" if move.kind == work.Move.Kind.CLOCK else "申请人")
        rows.append(
            {
                "title": title,
                "at": move.at.astimezone(clock.BEIJING),
                "who": who,
                "text": _facts(move),
                "state": "done",
            }
        )
    return rows


SAID = {
    "reason": "理由",
    "opinion": "意见",
    "notice": "告知",
    "promise": "承诺",
    "how": "方式",
    "tracking_no": "单号",
}
HOW = {"window": "窗口领取", "post": "邮寄", "online": "网上送达", "other": "其他方式"}


def _facts(move: work.Move) -> str:
    said = [f"从{move.counts_as_of:%Y年%m月%d日}起算"] if move.counts_as_of else []
    facts = move.facts or {}
    if facts.get("defects"):
        said.append("；".join(str(each) for each in facts["defects"]))
    for key, label in SAID.items():
        if facts.get(key):
            value = HOW.get(str(facts[key]), str(facts[key])) if key == "how" else str(facts[key])
            said.append(f"{label}：{value}")
    return "。".join(said)


def first_of(case: Case) -> tuple[str, str]:
    """Return who was first and what they did: the name and the last move of a case. Queries: 2."""
    rows = history(case)
    return (str(rows[-1]["who"]), str(rows[-1]["title"])) if rows else ("", "")
