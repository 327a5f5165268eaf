"""A mask leaves what tells two people apart and no more."""

import pytest

from yingshang.kernel.access import MASKS, mask
from yingshang.kernel.parties import ANONYMOUS, SYSTEM, Actor

OFFICIAL = Actor(person="p-1", name="甲", unit="scjgj")
CITIZEN = Actor(person="p-2", name="乙", party="…")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("resident_id", "230127199001010016", "230127********0016"),  # made up; check digit of GB 11643-1999 holds
        ("resident_id", "1234567890", "**********"),  # too short to leave anything hidden
        ("phone", "13800000000", "138****0000"),
        ("bank_account", "6222020000000000123", "***************0123"),
        ("passport", "E12345678", "E*****678"),
        ("plate", "黑A12345", "黑A***45"),
        ("name", "王敏", "王*"),
        ("name", "欧阳明月", "欧***"),
        ("name", "", ""),
        ("email", "wang@example.com", "w***@example.com"),
        ("email", "nonsense", "********"),
        ("address", "示例县东湖镇东湖街8号2单元301", "示例县东湖镇******"),
        ("address", "东湖街", "***"),
        ("phone", "", ""),
    ],
)
def test_a_value_is_masked_for_the_public(kind, value, shown):
    assert mask(ANONYMOUS, kind, value) == shown
    assert mask(CITIZEN, kind, value) == shown


def test_an_official_sees_names_whole_and_numbers_masked():
    assert mask(OFFICIAL, "name", "王敏") == mask(SYSTEM, "name", "王敏") == "王敏"
    for kind in MASKS.keys() - {"name"}:
        value = "230127199001010016"
        assert mask(OFFICIAL, kind, value) == mask(ANONYMOUS, kind, value) != value


def test_what_has_no_mask_is_not_shown():
    with pytest.raises(KeyError):
        mask(SYSTEM, "health", "…")
