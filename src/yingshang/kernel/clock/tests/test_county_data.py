"""Every county loads, and every row of the deadline table stands in it."""

import re
from functools import cache
from pathlib import Path

import pytest

from yingshang.kernel.clock.county import read_limits

COUNTIES = Path(__file__).parents[5] / "counties"

# code: (length in words, what its end means). W = working days, N = natural days.
DEADLINE_TABLE = """
LIC.NOTICE 5W deemed_accepted · LIC.DECIDE 20W explain · LIC.DECIDE.EXTENSION 10W explain · LIC.JOINT 45W explain
LIC.JOINT.EXTENSION 15W explain · LIC.DELIVER 10W explain · LIC.HEAR.ASK 5W ends · LIC.HEAR.HOLD 20W explain
LIC.HEAR.NOTICE 7W block · LIC.ONLINE.REPLY 1W explain · REG.DECIDE 3W explain · REG.DECIDE.EXTENSION 3W explain
REG.CHANGE 30N alarm · REG.SIMPLE.PUB 20N ends · REG.SIMPLE.APPLY 20N ends · REG.SOLE.OBJECT 10N ends
REG.FALSE.PUB 45N ends · PROP.REGISTER 30W explain · PROP.REGISTER.COMMITTED 3W explain · INV.APPROVE 20W explain
INV.APPROVE.EXTENSION 40W explain · TOL.SUPPLY 10W ends · RATE.BAD.CONTACT 1W explain · RATE.BAD.FIX 15W explain
RATE.BAD.FIX.SIMPLE 5W explain · PUB.LICENSE 7W explain · PUB.PENALTY 7W explain · PUB.OTHER 20W explain
PUB.SAMR 20W explain · PUB.SAMR.SEND 10W explain · PUB.SAMR.RECEIVE 10W explain · PUB.WITHDRAW 3W explain
PEN.DECIDE 90N explain · PEN.SERVE 7W explain · PEN.EVIDENCE 7W explain · PEN.HEAR.ASK 5W ends
PEN.HEAR.NOTICE 7W block · PEN.PAY 15N alarm · PEN.LIMIT 2Y ends · PEN.LIMIT.SERIOUS 5Y ends
ENF.SEIZE 30N explain · ENF.SEIZE.EXTENSION 30N explain · CRIME.APPROVE 3N explain · CRIME.TRANSFER 24H explain
CRIME.POLICE 3N alarm · INSP.PUBLISH 20W explain · ABN.LIST 10W explain · CMP.REVIEW 3W deemed_accepted
CMP.RETURN 24H deemed_accepted · CMP.C 5W explain · CMP.B 15W explain · CMP.A 30N explain
CMP.SAMR.ACCEPT 7W explain · CMP.SAMR.MEDIATE 45W ends · CMP.SAMR.CHECK 15W explain
CMP.SAMR.CHECK.EXTENSION 15W explain · CMP.SAMR.TELL 5W explain · PET.SORT 15N explain · PET.DONE 60N explain
PET.DONE.EXTENSION 30N explain · PAY.FORWARD 10W explain · PAY.RESULT 30N explain · PAY.RESULT.EXTENSION 60N explain
PAY.DUE 30N explain · PAY.PUBLISH 31-March explain · INF.ACTIVE 20W explain · INF.REPLY 20W explain
INF.REPLY.EXTENSION 20W explain · INF.CORRECT 7W explain · INF.THIRD 15W explain · DOC.COMMENT 30N block
DOC.LEGAL 15W block · DOC.LEGAL.DECISION 7W block · SUP.OBJECT 30N ends · SUP.REVIEW 30N explain
REC.APPLY 60N ends · REC.DECIDE 60N explain · REC.DECIDE.SIMPLE 30N explain · INT.QUARTER 10W explain
CRD.MIN.GENERAL 3M ends · CRD.MIN.SERIOUS 1Y ends · CRD.MAX.GENERAL 1Y ends · CRD.MAX.SERIOUS 3Y ends
CRD.MAX.MINOR 3M ends · GUA.BID.BACK 5N explain
"""
LETTERS = {"wd": "W", "d": "N", "h": "H", "m": "M", "y": "Y"}


def rows():
    return [tuple(row.split()) for row in re.split(r"[·\n]", DEADLINE_TABLE) if row.strip()]


def short(limit):
    return f"{limit.amount}{LETTERS[limit.unit]}" if limit.amount else f"{limit.day}-March"


@cache
def limits_of(county):
    return [row.limit for row in read_limits(COUNTIES / county)]


@pytest.mark.parametrize("county", ["mulan", "example"])
def test_every_row_of_the_deadline_table_stands_in_the_county(county):
    found = {limit.code: (limit.code, short(limit), limit.on_expiry) for limit in limits_of(county)}
    assert [found.get(row[0]) for row in rows()] == rows()


@pytest.mark.parametrize("county", ["mulan", "example"])
def test_a_limit_without_a_source_says_what_has_to_be_found(county):
    without = [limit for limit in limits_of(county) if not limit.source]
    assert without
    assert all(limit.todo for limit in without)


def test_what_differs_from_county_to_county_is_not_in_the_national_folder():
    local = [limit for limit in limits_of("mulan") if limit.scope == "mulan"]
    borrowed = {"LIC", "TOL", "PROP", "RATE", "CMP", "INT"}
    assert borrowed <= {limit.code.split(".")[0] for limit in local}
    assert all(limit.todo for limit in local if limit.code.split(".")[0] in borrowed)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("LIC.DECIDE", "20个工作日"),
        ("LIC.HEAR.NOTICE", "不少于7个工作日前"),
        ("DOC.COMMENT", "不少于30日"),
        ("DOC.LEGAL", "5至15个工作日"),
        ("PAY.PUBLISH", "每年3月31日前"),
        ("CRIME.TRANSFER", "24小时"),
        ("PEN.LIMIT.SERIOUS", "5年"),
        ("CRD.MIN.GENERAL", "不少于3个月"),
    ],
)
def test_a_limit_is_said_in_words(code, words):
    assert [limit.length for limit in limits_of("mulan") if limit.code == code] == [words]
