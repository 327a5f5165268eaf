"""What the pages of guides share: facts, tables, ways on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yingshang.kernel import registry
from yingshang.kernel.web import ActorRequest, Column, Table, table
from yingshang.registers.catalogue.queries.guides import FeeLine, Guide
from yingshang.registers.catalogue.queries.versions import Version
from yingshang.registers.catalogue.rules.content import Content, Material
from yingshang.registers.catalogue.rules.wording import FREE, SOURCES, paper_words, reliefs

APPLY_SLOT = "catalogue.apply_link"


def facts(guide: Guide) -> list[tuple[str, str]]:
    """Return the figures at the head of a guide: how long, how often there, how much, how far online."""
    visits = guide.content.where.visits
    return [
        (_("承诺办结"), guide.committed or _("没有承诺")),
        (_("法定时限"), guide.statutory or _("没有规定")),
        (_("要跑几次"), _("不用跑") if visits == 0 else _("%(n)d次") % {"n": visits}),
        (_("收不收费"), _(guide.charge)),
        (_("网上能办到"), guide.online or _("只能到窗口")),
    ]


def apply_links(request: ActorRequest, version: Version) -> list[tuple[str, str]]:
    """Return where an application for the version begins: words and address, from whoever takes applications."""
    return [link for provider in registry.slot(APPLY_SLOT) for link in provider(request.actor, version)]


def materials_table(
    content: Content, shown: tuple[Material, ...], request: ActorRequest, *, name: str, with_situation: bool = True
) -> Table:
    """Return the materials as a table with its workbook."""
    columns = [
        Column(title=_("材料"), value=named, heads=True, width=36),
        Column(title=_("从哪里来"), value=source_words, width=36),
        Column(title=_("可以后补、承诺或者不交"), value=lambda each: "；".join(reliefs(content, each)), width=30),
        Column(title=_("要求"), value="standard", width=36),
    ]
    if with_situation and content.situations:
        columns.append(Column(title=_("什么情形要"), value=lambda each: when_words(content, each), width=36))
    columns.append(Column(title=_("依据"), value=lambda each: content.basis_text(each.basis), width=40))
    return table(columns, list(shown), request=request, name=name, empty=_("这件事不用交材料。"))


def named(material: Material) -> str:
    """Return the name of a paper, marked where it need not be there."""
    return material.title if material.required else _("%(title)s（有就交）") % {"title": material.title}


def source_words(material: Material) -> str:
    """Return where a paper comes from, who gives it, and how many are asked for."""
    words = _(SOURCES[material.source_kind])
    if material.issuer:
        words = f"{words}（{material.issuer}）"
    return words if material.source_kind in FREE else f"{words}，{paper_words(material.form)}".rstrip("，")


def when_words(content: Content, material: Material) -> str:
    """Return in which answers a paper is asked for, in the words of the questions; 都要 where always."""
    if not material.applies:
        return _("都要")
    parts = []
    for question in content.situations:
        wanted = material.applies.get(question.key)
        if wanted:
            said = "、".join(answer.title for answer in question.answers if answer.key in wanted)
            parts.append(f"{question.title}{said}")
    return "；".join(parts)


def steps_table(guide: Guide) -> Table:
    """Return the steps of the drawing as a table."""
    columns = [
        Column(title=_("环节"), value="title", heads=True),
        Column(title=_("谁来办"), value=guide.who),
        Column(title=_("多久"), value="time"),
        Column(title=_("要不要到场"), value=lambda each: _("要") if each.visit else _("不用")),
        Column(title=_("说明"), value="note"),
        Column(title=_("依据"), value="basis"),
    ]
    return table(columns, guide.stages, name=_("办理环节"))


def fees_table(lines: list[FeeLine] | tuple[FeeLine, ...]) -> Table:
    """Return what is charged, each line cited from the fee list."""
    columns = [
        Column(title=_("收费项目"), value="name", heads=True),
        Column(title=_("标准"), value="words"),
        Column(title=_("减免"), value="exemption"),
        Column(title=_("依据"), value="basis"),
        Column(title=_("清单编号"), value="code"),
        Column(title=_("说明"), value=lambda line: line.fee.note),
    ]
    return table(columns, list(lines), name=_("收费"))


def given(request: ActorRequest) -> Mapping[str, Any]:
    """Return the answers in an address; the last one counts where a question stands twice."""
    return {key: value for key, value in request.GET.items() if key != "format"}
