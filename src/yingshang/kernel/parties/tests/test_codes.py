"""Codes are found again, and never kept."""

import pytest

from yingshang.kernel import parties
from yingshang.kernel.parties.codes import code_hash

MADE_UP_USCC = "91230127MA1B000173"  # passes the check digit of GB 32100-2015; no such enterprise


def test_a_hash_is_the_same_for_one_code_and_tells_nothing_of_it(settings):
    assert code_hash(MADE_UP_USCC) == code_hash(" 91230127ma1b000173 ")
    assert len(code_hash(MADE_UP_USCC)) == 64
    assert MADE_UP_USCC not in code_hash(MADE_UP_USCC)


def test_another_data_folder_has_another_key(settings, tmp_path):
    here = code_hash(MADE_UP_USCC)
    settings.YS_DATA_DIR = tmp_path
    assert code_hash(MADE_UP_USCC) != here
    assert (tmp_path / "keys" / "party-codes.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["party-codes.key"]


@pytest.mark.django_db
def test_a_party_is_found_by_its_code():
    made = parties.Party.objects.create(kind="enterprise", display_name="示例公司", code_hash=code_hash(MADE_UP_USCC))
    assert parties.party_by_code(MADE_UP_USCC) == made
    assert parties.party_by_code("11230127MB00000191") is None
