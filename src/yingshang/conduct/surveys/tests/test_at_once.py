"""Two who open a survey at the same moment: one code is one survey, and nobody is sent one questionnaire too many."""

import pytest
from django.db.models import Count

from yingshang.conduct.surveys import operations
from yingshang.conduct.surveys.models import FrameRow, Survey
from yingshang.conduct.surveys.tests.factories import LAST, at, market, officer, questionnaire
from yingshang.kernel.testing import at_once


@pytest.mark.usefixtures("committed_db", "example_county")
def test_two_at_once_open_one_survey_and_keep_the_quota():
    market(enterprise=12)
    for code in ("first", "second"):
        questionnaire(code)

    def opening(code, of):
        return lambda: operations.open_survey(
            code=code, title="调查", questionnaire=of, kinds=["enterprise"], last_day=LAST, by=officer(), at=at()
        )

    said = at_once(opening("s1", "first"), opening("s1", "second"))
    assert sorted(getattr(one, "code", "") for one in said) == ["", "surveys.code_taken"]
    # The year allows two: of two further ones at once only one finds anybody to ask.
    said = at_once(opening("s2", "first"), opening("s3", "second"))
    assert sorted(getattr(one, "code", "") for one in said) == ["", "surveys.nobody_to_ask"]
    received = FrameRow.objects.filter(reason="").values("party").annotate(count=Count("pk"))
    assert {each["count"] for each in received} == {2}
    assert Survey.objects.count() == 2
