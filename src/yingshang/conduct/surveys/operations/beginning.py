"""How every survey begins, whether all are asked or some: what it rests on is checked, and openings wait in line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Questionnaire, Stratum, Survey, Terms, Version
from yingshang.conduct.surveys.operations.framing import hold_openings, write_frame
from yingshang.conduct.surveys.queries import Layout
from yingshang.kernel import access, clock
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True)
class Beginning:
    """What a survey to be rests on, as it stands on its first day."""

    questionnaire: Questionnaire
    version: Version
    terms: Terms
    asked: rules.FrameAsked
    layout: Layout
    on: date

    def survey(self, **more: object) -> Survey:
        """Create the survey. Raises Refusal ``surveys.code_taken`` where somebody took the code a moment before."""
        asked, roll = self.asked, self.layout.roll
        try:
            with transaction.atomic():
                return Survey.objects.create(
                    version=self.version,
                    unit=self.questionnaire.unit,
                    opened_on=self.on,
                    roll=asked.roll,
                    roll_title=roll.title,
                    layered_by=asked.layered_by,
                    grouped_by=asked.grouped_by,
                    dealt_from=asked.dealt_from if roll.takes_days else None,
                    dealt_to=asked.dealt_to if roll.takes_days else None,
                    **more,
                )
        except IntegrityError:
            raise _taken(str(more["code"])) from None

    def frame(self, survey: Survey, sizes: Mapping[str, int]) -> list[Stratum]:
        """Write the frame and return its strata; see ``framing.write_frame``."""
        return write_frame(
            survey, self.asked, self.layout, sizes, questionnaire=self.questionnaire, terms=self.terms, on=self.on
        )


def begin(
    *,
    action: str,
    code: str,
    questionnaire: str,
    asked: rules.FrameAsked,
    last_day: date,
    domain_question: str,
    by: Actor,
    at: datetime,
) -> Beginning:
    """Permit, check and count, with the questionnaire locked and other openings held; nothing is written.

    action: what the policy is asked for. Raises NotFound, what the policy says
    and Refusal ``surveys.code_taken``, ``surveys.ends_too_early``,
    ``surveys.not_published``, ``surveys.no_domain_question``,
    ``surveys.no_terms`` and what ``queries.laid_out`` refuses.
    """
    on = clock.beijing_date(at)
    one = queries.questionnaire(questionnaire, lock=True)
    access.permit(by, action, one.unit)
    if Survey.objects.filter(code=code).exists():
        raise _taken(code)
    if last_day < on:
        raise Refusal("surveys.ends_too_early", "截止日已经过去。", "请选今天或者以后的日期。")
    version = queries.newest_version(one)
    _refuse_bad_domain(version, domain_question)
    terms = queries.terms_on(on)
    hold_openings()
    layout = queries.laid_out(asked, questionnaire=one, terms=terms, on=on)
    return Beginning(one, version, terms, asked, layout, on)


def _refuse_bad_domain(version: Version, key: str) -> None:
    if key and key not in {each.key for each in rules.questions_of(version.questions) if each.kind == "single"}:
        raise Refusal(
            "surveys.no_domain_question", "只能按一道单选题分组公布。", "请选这份问卷里的一道单选题，或者不选。"
        )


def _taken(code: str) -> Refusal:
    return Refusal("surveys.code_taken", f"代号“{code}”已经用过。", "请换一个代号。")
