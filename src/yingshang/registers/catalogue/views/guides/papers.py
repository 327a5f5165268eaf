"""A guide as a chapter of a booklet: the same version as on the page, and said so."""

from __future__ import annotations

from collections.abc import Iterator

from yingshang.kernel.typesetting import Block, Chapter, Code, Grid, Heading, Paragraph
from yingshang.registers.catalogue.queries.guides import Guide
from yingshang.registers.catalogue.rules.wording import reliefs
from yingshang.registers.catalogue.views.guides.showing import facts, named, source_words, when_words

MARK = 16  # signs of the digest that are printed beside the version


def chapter(guide: Guide, address: str) -> Chapter:
    """Return the chapter of one guide. address: of the page, for the QR code."""
    version, content = guide.version, guide.content
    until = f"，{version.effective_to:%Y年%m月%d日}止" if version.effective_to else ""
    state = "" if guide.is_in_force else "（印制时不生效）"
    fields = [
        ("实施单位", guide.unit),
        *((str(name), str(value)) for name, value in facts(guide)),
        ("谁可以办", guide.applicants or "没有限定"),
        ("实施编码", version.item_code),
        ("版本", f"第{version.number}版{state}，{version.effective_from:%Y年%m月%d日}起施行{until}"),
        ("摘要", f"{version.digest[:MARK]}…"),
    ]
    if content.basics.result.title:
        fields.append(("办完拿到", content.basics.result.title))
    return Chapter(version.title, fields, list(_body(guide, address)))


def _body(guide: Guide, address: str) -> Iterator[Block]:
    content = guide.content
    if content.basics.summary:
        yield Paragraph(content.basics.summary)
    if guide.conditions:
        yield Heading("要符合什么条件")
        yield from (Paragraph(_with(title, basis)) for title, basis in guide.conditions)
    yield Heading("要交什么材料")
    yield from _materials(guide)
    yield Heading("办理环节")
    rows = [
        [step.title, guide.who(step), step.time, "到场" if step.visit else "不用到场", step.note]
        for step in guide.stages
    ]
    yield Grid(["环节", "谁来办", "多久", "到场", "说明"], rows)
    for each in guide.special:
        yield Paragraph(_with(f"特别程序：{each.title}，{_days(each.days)}不计入办理时限。{each.note}", each.basis))
    yield Heading("收费")
    if guide.fees:
        yield Grid(["项目", "标准", "减免", "依据"], [[f.name, f.words, f.exemption, f.basis] for f in guide.fees])
    else:
        yield Paragraph("不收费。")
    yield Heading("在哪里办，找谁问")
    for place in content.where.places:
        parts = (place.name, place.window, place.address, place.hours, place.phone)
        yield Paragraph("，".join(part for part in parts if part))
    yield Paragraph(f"办理方式：{guide.channels}。咨询：{content.where.consult}。投诉：{content.where.complain}。")
    if content.faq:
        yield Heading("常见问题")
        yield from (Paragraph(f"问：{each.ask}\n答：{each.answer}") for each in content.faq)
    yield Heading("依据")
    for basis in content.basics.bases:
        yield Paragraph(f"{basis.text}（{basis.edition + '版本' if basis.edition else '尚无出处，' + basis.todo}）")
    if guide.remedies:
        yield Heading("不服怎么办")
        yield from (Paragraph(_with(f"{each.title}：{each.words}", each.source)) for each in guide.remedies)
    yield Code(address)


def _materials(guide: Guide) -> Iterator[Block]:
    content = guide.content
    if not content.materials:
        yield Paragraph("不用交材料。")
        return
    head = ["材料", "从哪里来", "后补、承诺或者不交", "要求"]
    head += ["什么情形要"] if content.situations else []
    rows = []
    for each in content.materials:
        row = [named(each), source_words(each), "；".join(reliefs(content, each)), each.standard]
        rows.append([*row, when_words(content, each)] if content.situations else row)
    yield Grid(head, rows)


def _with(text: str, basis: str) -> str:
    return f"{text}（{basis}）" if basis else text


def _days(days: int) -> str:
    return f"一般{days}个工作日，" if days else ""
