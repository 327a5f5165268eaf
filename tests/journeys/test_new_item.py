"""An officer makes an item; five minutes later somebody applies, and stays on that version whatever comes after."""

from datetime import UTC, datetime, timedelta

import pytest

from yingshang.casework.cases import api as cases
from yingshang.kernel import parties
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import actor_of
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.catalogue import operations

pytestmark = [pytest.mark.django_db, pytest.mark.mission("13a", "13c")]

NINE = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
TODAY, TOMORROW = NINE.date(), NINE.date() + timedelta(days=1)
SECTIONS = {
    "basics": {
        "title": "小面馆登记",
        "kind": "confirmation",
        "summary": "开面馆以前登记。",
        "bases": [{"key": "b1", "text": "《示例县政务服务办法》第八条（虚构）", "edition": "2025-12-01"}],
        "basis": ["b1"],
        "applicants": ["1", "2"],
        "result": {"title": "登记书"},
    },
    "where": {"places": [{"name": "政务中心"}], "consult": "0451", "complain": "12345", "channels": ["3"], "visits": 0},
    "conditions": [{"title": "有固定的地点", "basis": "b1"}],
    "limits": {"statutory": {"days": 10, "basis": "b1"}, "committed": {"days": 3, "basis": "承诺清单（虚构）"}},
    "situations": [
        {"key": "q1", "title": "送外卖吗？", "answers": [{"key": "a1", "title": "送"}, {"key": "a2", "title": "不送"}]}
    ],
    "materials": [{"key": "m1", "title": "外卖包装说明", "applies": {"q1": ["a1"]}, "basis": "b1"}],
    "steps": [{"key": "s1", "title": "核对", "days": 2, "basis": "b1"}],
    "form": {
        "type": "object",
        "properties": {"f1": {"type": "string", "title": "店名", "maxLength": 80}},
        "required": ["f1"],
        "order": ["f1"],
    },
}


def written(writer, version, at):
    for section, value in SECTIONS.items():
        operations.change_section(version_id=version.pk, section=section, value=value, by=writer, at=at)
    return version


def published(version, at, *, from_on):
    operations.send_to_review(version_id=version.pk, by=actor_of("han", unit="scjgj"), at=at)
    operations.review_version(version_id=version.pk, agree=True, by=actor_of("sun", unit="scjgj"), at=at)
    publisher = actor_of("wang_min", unit="scjgj")
    return operations.publish_version(version_id=version.pk, effective_from=from_on, by=publisher, at=at)


def apply(fan, at, key, **situation):
    return cases.submit(
        version=catalogue.version_on("noodle-shop", at.date()).pk,
        applicant=parties.Party.objects.get(public_id=fan.party),
        answers={"f1": "一碗面（演示）"},
        situation=situation or {"q1": "a2"},
        papers=[],
        channel="mobile",
        by=fan,
        at=at,
        idempotency_key=key,
    )


def test_a_new_item_is_applied_for_five_minutes_later_and_the_case_stays_on_its_version(example_county):
    writer, fan = actor_of("han", unit="scjgj"), actor_of("fan")
    code = "11239901MB0000115D4230131003099"
    begun = operations.start_item(
        slug="noodle-shop", title="小面馆登记", kind="confirmation", code=code, by=writer, at=NINE
    )
    first = published(written(writer, begun, NINE), NINE, from_on=TODAY)

    soon = NINE + timedelta(minutes=5)
    case = apply(fan, soon, "first")
    assert case.version_id == first.pk
    assert case.dossier.procedure.procedure_id == "item-noodle-shop"
    with pytest.raises(Refusal) as missing:
        apply(fan, soon, "second", q1="a1")
    assert missing.value.code == "cases.papers_do_not_fit"

    later = operations.start_version(slug="noodle-shop", changed_because="压缩时限", by=writer, at=soon)
    limits = {**SECTIONS["limits"], "committed": {"days": 2, "basis": "承诺清单（虚构）"}}
    operations.change_section(version_id=later.pk, section="limits", value=limits, by=writer, at=soon)
    second = published(later, soon, from_on=TOMORROW)
    case.refresh_from_db()
    assert (case.version_id, case.dossier.procedure.version) == (first.pk, 1)
    assert apply(fan, soon + timedelta(days=1), "third").version_id == second.pk

    operations.end_item(
        slug="noodle-shop",
        ended_on=TOMORROW + timedelta(days=1),
        because="改为备案",
        go_to="请办理小面馆备案",
        by=actor_of("wang_min", unit="scjgj"),
        at=soon + timedelta(days=1),
    )
    with pytest.raises(Refusal) as ended:
        cases.submit(
            version=second.pk,
            applicant=parties.Party.objects.get(public_id=fan.party),
            answers={"f1": "又一碗面（演示）"},
            situation={"q1": "a2"},
            papers=[],
            channel="mobile",
            by=fan,
            at=soon + timedelta(days=3),
            idempotency_key="fourth",
        )
    assert ended.value.code == "catalogue.item_ended" and "请办理小面馆备案" in ended.value.remedy
    case.refresh_from_db()
    assert case.is_open
