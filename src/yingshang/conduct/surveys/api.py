"""The door of surveys: what evaluation and others above may call."""

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.queries import Estimate
from yingshang.kernel.errors import NotFound

__all__ = ["Estimate", "Survey", "estimates", "published"]

published = queries.published


def estimates(survey_code: str) -> list[Estimate]:
    """Return the figures of a published survey, held back where too few answered. Raises NotFound. Queries: 4.

    A survey that is not published looks like one that is not there.
    """
    one = queries.survey(survey_code)
    if one.state != Survey.State.PUBLISHED:
        raise NotFound("这次调查的结果")
    return queries.estimates(one, one.least)
