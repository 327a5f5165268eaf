"""Worked examples that others printed: RFC 3797, the Thomson draft, drand."""

from datetime import UTC, datetime, timedelta

import pytest

from yingshang.methods.draw import beacons, rfc3797, tickets

# RFC 3797 section 6: three lotteries, a pool of 25, sixteen selected; position and MD5 of each.
LOTTERIES = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]
SELECTED = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]
FIRST_AND_LAST = ["990dd0a5692a029a98b5e01aa28f3459", "3269e6ce559abd57e2ba6aab495eb9bd"]

# draft-thomson-elegy-vrs, "Example Usage": ten iterations of SHA-256, two rounds, the first letters of each position.
PHRASE = b"totally not a bikeshed"
NUMBERS = "1.2.3.4.5.6./1.2.3.4.5.6./1.2.3.4.5.6./"
TENTH = "950ea08d8d5fd3ae415b9967aba7a48aba39ca62a4d98f2e7fe25cb1b8f8c488"
NINTH = "5346f2efb5397a6788fc1f1d9c05c6d3f2abe9b7d16d8592a3695b6dbe9f2456"
EIGHTH = "2f70f884997ce80771adbefbbbc6c71a1b921da71896c25ca0f64966bfd0c8ce"
FIRST_ROUND = {
    "lavenderblush": "002ed527ae0a44a86c205d1cdba",
    "blue": "03f710be2b61a6f9c3f89aa5ab5",
    "darkgoldenrod": "08bab81380d7f0769cecf9969a8",
    "mediumvioletred": "0c26494fa81f3aed8a9f66e77b7",
    "bisque": "0e1af5d1ccfd44de075cc0bb6d5",
    "lightpink": "13a07cc9abf3b737e49a62b0634",
}
SECOND_ROUND = {
    "aqua": "00d1c59a9f1b581060a9e732e91",
    "darkgray": "02b514b0b1807bfe086db524f40",
    "cornflowerblue": "0337add95eac62a356b020a273a",
}

# drand: quicknet round 657413 as its client libraries test it; round 1 of the default chain as its relays serve it.
QUICK = (
    "quicknet",
    657413,
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    "",
)
SLOW = (
    "default",
    1,
    "8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b101"
    "04990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655",
    "176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
)


def test_rfc_3797_section_6():
    key = rfc3797.key_string(LOTTERIES)
    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    digests = rfc3797.digests(key, 16)
    assert [digests[0], digests[-1]] == FIRST_AND_LAST
    assert rfc3797.select(LOTTERIES, [str(place) for place in range(1, 26)], 16) == [str(one) for one in SELECTED]
    assert sorted(rfc3797.select(LOTTERIES, ["a", "b", "c"], 9)) == ["a", "b", "c"]


def test_codes_and_tickets_are_those_of_the_thomson_draft():
    codes = tickets.chain(PHRASE, 10)
    assert [one.hex() for one in codes[-3:]] == [EIGHTH, NINTH, TENTH]
    for code, positions in ((codes[-2], FIRST_ROUND), (codes[-3], SECOND_ROUND)):
        key = tickets.key(code, NUMBERS)
        for label, begins in positions.items():
            assert tickets.ticket(key, label).hex().startswith(begins)
        assert tickets.in_order(key, "", sorted(positions), 9) == list(positions)


@pytest.mark.parametrize("chain, round, signature, previous", [QUICK, SLOW])
def test_a_published_beacon_is_accepted_for_its_own_round_only(chain, round, signature, previous):
    assert beacons.is_signed(chain, round, signature, previous)
    assert not beacons.is_signed(chain, round + 1, signature, previous)
    assert not beacons.is_signed(chain, round, signature[:-2] + "00", previous)
    assert not beacons.is_signed(chain, round, "", previous)
    assert not beacons.is_signed(chain, round, "zz", previous)
    assert not beacons.is_signed("fastnet", round, signature, previous)
    assert not beacons.is_signed(chain, round, signature, "" if previous else "00")


def test_the_value_of_a_beacon_is_the_digest_of_its_signature():
    assert beacons.value(QUICK[2]) == "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
    assert beacons.value(SLOW[2]) == "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec"


def test_rounds_and_moments_lead_to_each_other():
    due = beacons.time_of("quicknet", 657413)
    assert due == datetime.fromtimestamp(1692803367 + 657412 * 3, UTC)
    assert beacons.round_at("quicknet", due) == 657413
    assert beacons.round_at("quicknet", due + timedelta(microseconds=1)) == 657414
    assert beacons.round_at("quicknet", datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert beacons.due("quicknet", 657413) == due.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    assert beacons.due("quicknet", 2**53 - 1).startswith("9999")
    assert beacons.due("fastnet", 1) == ""
