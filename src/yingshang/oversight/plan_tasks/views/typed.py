"""Count the typing that a submitted form asked for."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.web import ActorRequest
from yingshang.oversight.plan_tasks import operations
from yingshang.oversight.plan_tasks.forms import TimedForm


def note(request: ActorRequest, form: TimedForm) -> None:
    """Add one form to the day of the unit that the person acts for."""
    operations.note_typing(
        unit_code=request.actor.unit,
        token=form.cleaned_data.get("opened", ""),
        fields=form.fields_typed,
        at=clock.now(),
    )
