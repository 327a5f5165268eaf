"""An item is written, reviewed by another, published, tried, handed on and ended; a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from yingshang.kernel import parties, search, work
from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.ledger import Entry
from yingshang.registers.catalogue import api, operations
from yingshang.registers.catalogue.models import Adoption, Delegation, Item, ItemVersion, Practice, Transfer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 30)
TOMORROW = ON + timedelta(days=1)


def refused(expected, deed, **given):
    """Expect a refusal that changes nothing and records nothing; return it."""
    counted = (Item, ItemVersion, Delegation, Transfer, Practice, Entry, work.Obligation)
    before = [model.objects.count() for model in counted]
    with pytest.raises(Refusal) as refusal:
        deed(**given)
    assert refusal.value.code == expected, refusal.value
    assert [model.objects.count() for model in counted] == before
    return refusal.value


def draft(writer, content, slug="noodle-shop"):
    version = operations.start_item(
        slug=slug, title="小面馆信息确认", kind="confirmation", code="11239901MB0000115D4230131003099", by=writer, at=AT
    )
    content["basics"] |= {"title": "小面馆信息确认", "kind": "confirmation", "names": ["吃面"]}
    for section, value in content.items():
        version = operations.change_section(version_id=version.pk, section=section, value=value, by=writer, at=AT)
    return version


@pytest.mark.mission("13a")
def test_an_item_is_written_reviewed_by_another_and_published(writer, reviewer, publisher, content):
    version = draft(writer, content)
    assert version.revision == 1 + len(content)
    stale = {"version_id": version.pk, "section": "faq", "value": [], "revision": 1, "by": writer, "at": AT}
    with pytest.raises(Stale):
        operations.change_section(**stale)
    operations.send_to_review(version_id=version.pk, by=writer, at=AT)
    review = {"version_id": version.pk, "by": reviewer, "at": AT}
    both = replace(writer, actions=writer.actions | {"catalogue.review"})
    refused("catalogue.written_by_you", operations.review_version, agree=True, **{**review, "by": both})
    refused("catalogue.reason_missing", operations.review_version, agree=False, **review)
    refused("catalogue.version_in_another_state", operations.change_section, **{**stale, "revision": None})
    operations.review_version(agree=False, note="请补电话", **review)
    operations.send_to_review(version_id=version.pk, by=writer, at=AT)
    operations.review_version(agree=True, **review)
    publish = {"version_id": version.pk, "effective_from": ON, "by": publisher, "at": AT}
    refused("catalogue.not_your_post", operations.publish_version, **{**publish, "by": writer})
    refused(
        "catalogue.begins_in_the_past", operations.publish_version, **{**publish, "effective_from": date(2026, 1, 1)}
    )
    published = operations.publish_version(**publish)
    found = api.version_on("noodle-shop", ON)
    assert (found.pk, found.kind, found.digest) == (published.pk, "confirmation", published.digest)
    assert found.procedure.procedure_id == "item-noodle-shop"
    assert Disclosure.objects.filter(subject=f"catalogue.version:{published.pk}").exists()
    assert "item:noodle-shop" in {row.subject for row in search.find(parties.ANONYMOUS, "小面馆").rows}
    assert Entry.objects.filter(kind="catalogue.version_published", subject="item:noodle-shop").count() == 1


@pytest.mark.mission("3c")
def test_publication_is_refused_with_every_fault_and_its_rule(writer, walk, content):
    content["materials"][1]["title"] = "规定的其他材料"
    content["limits"]["committed"]["days"] = 30
    content["form"]["properties"]["area"] = {"type": "number", "title": "面积", "minimum": 9, "maximum": 1}
    version = draft(writer, content)
    with pytest.raises(Refusal) as refusal:
        walk(version)
    said = refusal.value
    assert said.code == "catalogue.not_publishable"
    assert "（1）" in said.reason and "（2）" in said.reason and "（3）" in said.reason, said.reason
    assert "第三十五条" in said.source and "第三十六条" in said.source
    version.refresh_from_db()
    assert (version.state, version.digest, version.procedure_id) == ("reviewed", "", None)
    assert not Disclosure.objects.filter(subject=f"catalogue.version:{version.pk}").exists()


@pytest.mark.parametrize(
    "given, code",
    [
        ({"slug": "Bad Slug"}, "catalogue.slug_not_usable"),
        ({"slug": "food-business"}, "catalogue.slug_taken"),
        ({"code": "11239901MB0000115D4230131001001"}, "catalogue.code_taken"),
        ({"code": "11239901MB0000115E4230131003098"}, "catalogue.code_not_valid"),
        ({"code": "", "basic": "230199999999"}, "catalogue.no_such_basic_item"),
        ({"code": ""}, "catalogue.code_not_valid"),
    ],
)
def test_an_item_begins_under_its_own_name_and_code(writer, given, code):
    asked = {"slug": "new-item", "title": "新事项", "kind": "service", "code": "11239901MB0000115D4230131003097"}
    refused(code, operations.start_item, **{**asked, **given}, by=writer, at=AT)


def test_another_unit_finds_no_way_in(stranger):
    given = {"slug": "food-business", "changed_because": "x", "at": AT}
    refused("catalogue.not_your_post", operations.start_version, **given, by=stranger)
    publisher_elsewhere = {"slug": "food-business", "ended_on": ON, "because": "x", "go_to": "y", "at": AT}
    refused("catalogue.not_your_unit", operations.end_item, **publisher_elsewhere, by=stranger)


@pytest.mark.mission("13c")
def test_a_new_version_ends_the_one_before_on_its_eve_and_running_cases_keep_theirs(writer, walk):
    first = api.version_on("food-business", ON)
    refused(
        "catalogue.reason_missing",
        operations.start_version,
        slug="food-business",
        changed_because=" ",
        by=writer,
        at=AT,
    )
    version = operations.start_version(slug="food-business", changed_because="压缩时限", by=writer, at=AT)
    refused(
        "catalogue.version_in_hand",
        operations.start_version,
        slug="food-business",
        changed_because="再改",
        by=writer,
        at=AT,
    )
    limits = version.content["limits"] | {"committed": {"days": 6, "basis": "新的承诺清单"}}
    operations.change_section(version_id=version.pk, section="limits", value=limits, by=writer, at=AT)
    walk(version, from_on=TOMORROW)
    assert api.version_on("food-business", ON).pk == first.pk
    assert api.version_on("food-business", TOMORROW).number == 2
    old = api.version(first.pk)
    assert (old.effective_to, old.digest) == (ON, first.digest)
    again = operations.start_version(slug="food-business", changed_because="再改", by=writer, at=AT)
    with pytest.raises(Refusal) as refusal:
        walk(again, from_on=TOMORROW)
    assert refusal.value.code == "catalogue.begins_too_early"
    assert operations.drop_version(version_id=again.pk, by=writer, at=AT).state == "dropped"


@pytest.mark.mission("10")
def test_a_version_is_tried_in_the_zone_and_rolled_out_or_dropped(writer, walk, publisher):
    refused(
        "catalogue.not_a_zone",
        operations.start_version,
        slug="food-business",
        changed_because="试",
        zone="dhz",
        by=writer,
        at=AT,
    )
    trial = operations.start_version(slug="food-business", changed_because="园区先试", zone="gyyq", by=writer, at=AT)
    where = trial.content["where"] | {"consult": "园区电话"}
    operations.change_section(version_id=trial.pk, section="where", value=where, by=writer, at=AT)
    walk(trial)
    assert api.version_on("food-business", ON).number == 1
    assert api.version_on("food-business", ON, zone="gyyq").number == 2
    assert api.version_on("food-business", ON, zone="gyyq").procedure.procedure_id == "item-food-business-in-gyyq"
    asked = {"version_id": trial.pk, "reason": "办理更快", "by": publisher, "at": AT}
    refused("catalogue.begins_in_the_past", operations.roll_out, effective_from=ON, **asked)
    refused("catalogue.reason_missing", operations.drop_trial, **{**asked, "reason": ""})
    rolled = operations.roll_out(effective_from=TOMORROW, **asked)
    assert (rolled.number, rolled.zone, rolled.tried_as_id) == (3, None, trial.pk)
    assert api.version_on("food-business", TOMORROW, zone="gyyq").number == 3
    refused("catalogue.not_a_trial", operations.drop_trial, **{**asked, "version_id": rolled.pk})
    second = operations.start_version(slug="food-business", changed_because="再试", zone="gyyq", by=writer, at=AT)
    walk(second, from_on=TOMORROW)
    operations.drop_trial(version_id=second.pk, reason="没有变快", by=publisher, at=AT + timedelta(days=2))
    assert api.version_on("food-business", TOMORROW + timedelta(days=9), zone="gyyq").number == 3


@pytest.mark.mission("13b")
def test_delegation_needs_training_and_can_be_recalled(head):
    grant = {
        "from_on": TOMORROW,
        "scope": "小餐饮",
        "document": "示政发〔2026〕1号",
        "trained_on": ON,
        "training": "3人，合格",
    }

    def delegate(**given):
        to = given.pop("to", "dhz")
        return operations.delegate(
            slug="food-business", to=to, grant=operations.Grant(**{**grant, **given}), by=head, at=AT
        )

    refused("catalogue.not_close_to_people", delegate, to="sfj")
    refused("catalogue.not_trained", delegate, trained_on=TOMORROW + timedelta(days=1))
    refused("catalogue.reason_missing", delegate, document="")
    refused("catalogue.begins_in_the_past", delegate, from_on=date(2026, 1, 1), trained_on=date(2026, 1, 1))
    made = delegate()
    refused("catalogue.delegated_already", delegate)
    version = api.version_on("food-business", TOMORROW)
    assert api.acting_unit(version, day=ON, town="dhz") == "scjgj"
    assert api.acting_unit(version, day=TOMORROW, town="dhz") == "dhz"
    assert api.acting_unit(version, day=TOMORROW, town="xsz") == "scjgj"
    back = {"delegation_id": made.pk, "by": head, "at": AT}
    refused("catalogue.reason_missing", operations.recall, last_on=TOMORROW, reason="", **back)
    operations.recall(last_on=TOMORROW, reason="接不住", **back)
    refused("catalogue.recalled_already", operations.recall, last_on=TOMORROW, reason="再收", **back)
    assert api.acting_unit(version, day=TOMORROW + timedelta(days=1), town="dhz") == "scjgj"


@pytest.mark.mission("13g")
def test_items_move_to_one_seal_all_or_none(coordinator, writer):
    asked = {
        "to": "ysj",
        "from_on": TOMORROW,
        "document": "示政发〔2026〕2号",
        "seal": "行政审批专用章",
        "regulator": "原单位监管",
    }
    given = {**asked, "by": coordinator, "at": AT}
    refused("catalogue.not_your_post", operations.transfer_items, **{**given, "by": writer}, slugs=["food-business"])
    refused("catalogue.reason_missing", operations.transfer_items, **{**given, "seal": ""}, slugs=["food-business"])
    with pytest.raises(NotFound):
        operations.transfer_items(**given, slugs=["food-business", "nowhere"])
    assert not Transfer.objects.exists()
    assert len(operations.transfer_items(**given, slugs=["food-business", "signboard-record"])) == 2
    refused("catalogue.transferred_already", operations.transfer_items, **given, slugs=["food-business"])
    version = api.version_on("food-business", TOMORROW)
    assert [api.acting_unit(version, day=day) for day in (ON, TOMORROW)] == ["scjgj", "ysj"]


def test_an_ended_item_sends_people_on_and_keeps_its_versions(publisher):
    end = {"slug": "food-business", "ended_on": ON, "because": "改为备案", "by": publisher, "at": AT}
    refused("catalogue.reason_missing", operations.end_item, **end, go_to="")
    operations.end_item(**end, go_to="请办理食品经营备案")
    refused("catalogue.item_ended", operations.end_item, **end, go_to="x")
    told = api.takes_new_cases("food-business", ON)
    assert told.code == "catalogue.item_ended" and "请办理食品经营备案" in told.remedy
    assert api.takes_new_cases("food-business", ON - timedelta(days=1)) is None
    assert api.version_on("food-business", ON).number == 1
    assert "food-business" not in {row.item.slug for row in api.published(ON)}
    assert not [
        row for row in search.find(parties.ANONYMOUS, "食品经营许可").rows if row.subject == "item:food-business"
    ]


@pytest.mark.mission("10c")
def test_each_unit_adopts_adapts_or_declines_a_practice_by_a_date_it_owes(coordinator, head):
    tried = operations.Tried(
        title="拿地即开工", tried_in="某开发区", what="先批后建", effect="少用20天（对比两批项目）", source="省里通报"
    )
    given = {"decide_by": TOMORROW, "by": coordinator, "at": AT}
    nameless = operations.Tried(**{**vars(tried), "effect": ""})
    refused("catalogue.practice_incomplete", operations.propose_practice, tried=nameless, units=["scjgj"], **given)
    practice = operations.propose_practice(tried=tried, units=["scjgj", "zjj"], **given)
    mine = Adoption.objects.get(practice=practice, unit__code="scjgj")
    assert (mine.obligation.state, mine.obligation.due_date) == ("open", TOMORROW)
    answer = {"adoption_id": mine.pk, "by": head, "at": AT}
    other = Adoption.objects.get(practice=practice, unit__code="zjj")
    refused(
        "catalogue.not_your_unit",
        operations.answer_practice,
        decision="adopted",
        reason="好",
        **{**answer, "adoption_id": other.pk},
    )
    refused("catalogue.reason_missing", operations.answer_practice, decision="declined", reason="", **answer)
    operations.answer_practice(decision="adapted", reason="只用于小项目", items=["food-business"], **answer)
    mine.refresh_from_db()
    mine.obligation.refresh_from_db()
    assert (mine.decision, mine.obligation.state) == ("adapted", "fulfilled")
    assert [item.slug for item in mine.items.all()] == ["food-business"]
    refused("catalogue.answered_already", operations.answer_practice, decision="adopted", reason="改主意", **answer)
