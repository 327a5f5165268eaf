"""What may be done against a decision, in the words that every refusal carries."""

from __future__ import annotations

from datetime import date

from yingshang.kernel import clock

REVIEW, LAWSUIT = "REC.APPLY", "LAW.SUE"


def remedy_words(day: date) -> str:
    """Return the usual text, with the periods of the limits in force on a day. Queries: 2."""
    review, lawsuit = clock.limit_on(REVIEW, day), clock.limit_on(LAWSUIT, day)
    return (
        f"不服本决定的，可以自知道本决定之日起{review.length}内依法申请行政复议（{review.source}），"
        f"也可以自知道本决定之日起{lawsuit.length}内依法向人民法院提起行政诉讼（{lawsuit.source}）。"
    )
