"""What pages need before they can be visited: a digest, letters, a license, a survey, an evaluation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path


def supervise() -> None:
    """Make a duty that is late, confirm today's digest, and let one unit answer."""
    from yingshang.kernel import clock, work
    from yingshang.kernel.parties import SYSTEM
    from yingshang.kernel.testing import actor_of
    from yingshang.oversight.supervision import operations

    today, now = clock.today(), clock.now()
    work.owe(
        kind="plan_tasks.carry_out",
        title="公布清单",
        unit="scjgj",
        due_date=today - timedelta(days=60),
        source="第1项",
        by=SYSTEM,
        at=now - timedelta(days=120),
    )
    zhou = actor_of("zhou", unit="ysj", on=today)
    digest = operations.sweep_and_make(on=today, by=SYSTEM, at=now)
    letters = operations.confirm_digest(digest_id=digest.pk, by=zhou, at=now)
    letter = next(each for each in letters if each.unit.code == "scjgj")
    operations.render_letter(letter_id=letter.pk, by=SYSTEM, at=now)


def license_wu() -> None:
    """Issue 吴桐 a permit and replace it, so that a holder and an issuing unit have something to look at."""
    from yingshang.kernel import clock, parties
    from yingshang.kernel.testing import actor_of
    from yingshang.registers.credentials import api

    today, now = clock.today(), clock.now()
    sun = actor_of("sun", unit="scjgj", on=today)
    first = api.issue(
        kind="permit",
        holder=parties.party(actor_of("wu", on=today).party),
        fields={"name": "吴桐", "content": "临时占用城市道路设摊"},
        valid_from=today,
        valid_to=today + timedelta(days=365),
        unit="scjgj",
        by=sun,
        at=now,
    )
    api.replace(credential_id=first.pk, cause="damaged", by=sun, at=now)


def evaluate() -> None:
    """Play the surveys and the evaluations that Mulan demonstrates with."""
    from django.conf import settings

    from yingshang.conduct.surveys.operations.demonstrated import load_demonstration as ask
    from yingshang.kernel import org
    from yingshang.oversight.evaluation.models import Owner
    from yingshang.oversight.evaluation.operations.demonstrated import load_demonstration as evaluate

    mulan = Path(settings.YS_COUNTIES_DIR) / "mulan"
    answers_for = {"edition_key": "mulan-2026", "series": "starting-days", "origin": "system"}
    Owner.objects.create(unit=org.unit("scjgj"), post="unit-head", **answers_for)
    ask(mulan)
    evaluate(mulan)
