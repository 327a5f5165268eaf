"""Identifiers of electronic credentials: samples that were published, and an independent oracle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from yingshang.methods.identifiers import credential_id

# Identifiers of real credentials, as their authorities publish them.
PUBLISHED = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
]


@pytest.mark.parametrize("text", PUBLISHED)
def test_a_published_identifier_checks_and_is_made_again_from_its_parts(text):
    parts = credential_id.parts(text)
    assert credential_id.check(f" {text.lower()} ") == text
    made = credential_id.made(kind=parts.kind, authority=parts.authority, serial=parts.serial, version=parts.version)
    assert made == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PUBLISHED[0][:-1] + "V", "校验位对不上"),
        (PUBLISHED[0].replace("20230000403", "20230000430"), "校验位对不上"),  # two digits changed places
        (PUBLISHED[0].replace(".001.", ".002."), "校验位对不上"),
        (PUBLISHED[0].replace("3005", "3006"), "格式不对"),
        ("", "格式不对"),
        ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", "格式不对"),
    ],
)
def test_a_wrong_identifier_is_told_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        credential_id.check(text)


@settings(max_examples=30)
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=60))
def test_the_check_character_agrees_with_another_program(text):
    assert credential_id.check_character(text) == mod_37_36.calc_check_digit(text)
