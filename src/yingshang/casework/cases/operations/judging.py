"""What the officer found of each material is kept beside it: it fits, or it needs correction, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yingshang.casework.cases.models import Case, CaseMaterial

LONGEST = 400
Verdict = CaseMaterial.Verdict


def judge_by_notice(case: Case, defects: Iterable[Mapping[str, str]]) -> None:
    """Keep the verdict of the one notice: what it names needs correction, and because it names all, the rest fits.

    Of several papers for a material the latest is judged; what is to come later is not. Queries: 2.
    """
    reasons: dict[str, list[str]] = {}
    for each in defects:
        reasons.setdefault(each["material"], []).append(each["what"])
    latest = {paper.key: paper for paper in CaseMaterial.objects.filter(case=case).order_by("pk")}
    judged = [paper for paper in latest.values() if paper.given != CaseMaterial.Given.LATER]
    for paper in judged:
        paper.remark = "；".join(reasons.get(paper.key, ()))[:LONGEST]
        paper.verdict = Verdict.DEFECT if paper.remark else Verdict.FITS
    CaseMaterial.objects.bulk_update(judged, ["verdict", "remark"])


def judge_by_acceptance(case: Case) -> None:
    """Keep that what was accepted fits. What the notice named keeps its verdict; what came for it fits. Queries: 1."""
    papers = CaseMaterial.objects.filter(case=case, verdict="").exclude(given=CaseMaterial.Given.LATER)
    papers.update(verdict=Verdict.FITS)
