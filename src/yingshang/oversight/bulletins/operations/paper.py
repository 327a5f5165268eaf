"""A bulletin as an official document."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from yingshang.kernel import typesetting
from yingshang.oversight.bulletins import queries
from yingshang.oversight.bulletins.models import Bulletin, Figure
from yingshang.oversight.bulletins.rules import pieces_of
from yingshang.oversight.bulletins.rules.wording import is_heading, plain


def paper_of(bulletin: Bulletin, figures: Sequence[Figure]) -> typesetting.OfficialDocument:
    """Return what is printed: the text with its numbers filled in, then the table of chapters."""
    values = {name: shown for name, (shown, _) in queries.values_of(list(figures)).items()}
    body: list[typesetting.Block] = []
    for pieces in pieces_of(bulletin.text, values):
        said = plain(pieces)
        body.append(typesetting.Heading(said) if is_heading(said) else typesetting.Paragraph(said))
    head, rows = queries.section_table(figures)
    if rows:
        body.append(typesetting.Grid(head, rows, caption="各部分办理情况（件）"))
    return typesetting.OfficialDocument(
        issuer=f"{bulletin.unit.name}文件",
        number=bulletin.number,
        title=bulletin.title,
        body=body,
        signed_by=bulletin.unit.name,
        signed_on=bulletin.issued_on,
        note="演示" if settings.YS_DEMO else "",
    )
