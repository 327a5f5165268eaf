"""Tests that really commit leave the database as they found it."""

import pytest

from yingshang.kernel import org
from yingshang.kernel.testing import at_once


def names():
    return sorted(org.Unit.objects.values_list("code", flat=True))


@pytest.mark.parametrize("round_", [1, 2])
def test_what_one_round_commits_the_next_does_not_see(committed_db, round_):
    assert "made-up" not in names()
    answers = at_once(
        *(
            lambda code=code: org.Unit.objects.create(
                code=code, name=code, short_name=code, kind="gov", path=f"shili/{code}/"
            )
            for code in ("made-up", "made-up", "another")
        )
    )
    assert sum(isinstance(answer, Exception) for answer in answers) == 1
    assert {"made-up", "another"} <= set(names())


def test_the_cast_is_there_with_real_commits_too(committed_db, wang_min):
    assert wang_min.unit == "scjgj"
    assert org.Unit.objects.create(code="after", name="后", short_name="后", kind="gov", path="shili/after/").pk > 1
