"""What people read: the guide, its short form and its booklet, all from one version; and the questions before."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import pdfplumber
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from yingshang.kernel import clock
from yingshang.registers.catalogue import operations, queries
from yingshang.registers.catalogue.rules.asking import counting, next_question
from yingshang.registers.catalogue.rules.content import read
from yingshang.registers.catalogue.rules.flow import stages

ITEM = "food-business"
ROOM = 60 * 1024  # bytes of a first load


@pytest.fixture
def version(example_county):
    return queries.version_on(ITEM, clock.today())


def test_answers_that_a_changed_mind_makes_pointless_are_dropped(content) -> None:
    item = read(content)
    first, second = item.situations[:2]
    asking = next(iter(second.applies[first.key]))
    skipping = next(each.key for each in first.answers if each.key not in second.applies[first.key])
    both = {first.key: asking, second.key: second.answers[0].key, "nonsense": "x"}
    assert counting(item, both) == {first.key: asking, second.key: second.answers[0].key}
    assert counting(item, both | {first.key: skipping}) == {first.key: skipping}
    assert counting(item, both | {first.key: "no-such-answer"}) == {}
    assert next_question(item, {}) == first
    assert next_question(item, {first.key: skipping}) is None
    assert [stage.title for stage in stages(item)][:2] == ["提交申请", "受理"]


def test_page_short_form_and_booklet_say_the_same_version(version, django_assert_max_num_queries, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    anybody = Client()
    with django_assert_max_num_queries(12):
        page = anybody.get(f"/items/{version.slug}/").content.decode()
    short = anybody.get(f"/items/{version.slug}/short/").content.decode()
    booklet = b"".join(anybody.get(f"/items/{version.slug}/booklet.pdf"))
    with pdfplumber.open(io.BytesIO(booklet)) as opened:
        printed = "".join(sheet.extract_text() for sheet in opened.pages)
    assert version.digest in page
    assert version.digest[:12] in short
    assert version.digest[:12] in printed
    for said in (page, short, printed):
        assert f"第{version.number}版" in said
        assert version.title in said
        assert "演示" in said
    for words in ("承诺办结", "要跑几次", "尚无出处", "不计入办理时限", "行政复议", "谁可以办", "<svg"):
        assert words in page, words
    for material in version.content.materials:
        assert material.title in page
        assert material.title[:4] in printed  # a cell breaks longer titles
    kept = list((tmp_path / "booklets").iterdir())
    assert b"".join(anybody.get(f"/items/{version.slug}/booklet.pdf")) == booklet
    assert list((tmp_path / "booklets").iterdir()) == kept
    assert b"".join(anybody.get(f"/guides/units/{version.unit}/booklet.pdf"))[:5] == b"%PDF-"
    assert anybody.get("/guides/units/no-such-unit/booklet.pdf").status_code == 404
    assert anybody.get(f"/items/{version.slug}/?format=xlsx").status_code == 200


def test_the_first_load_of_a_guide_is_small_and_asks_nobody_else(version) -> None:
    page = Client().get(f"/items/{version.slug}/").content
    asked = re.findall(rb'(?:<script[^>]+src|<link rel="(?:stylesheet|icon)"[^>]*href)="([^"]+)"', page)
    names = [each.decode().removeprefix("/static/") for each in asked]
    assert len(asked) <= 9
    sizes = [
        len(gzip.compress(Path(finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", name))).read_bytes())) for name in names
    ]
    assert len(gzip.compress(page)) + sum(sizes) <= ROOM
    assert not re.search(rb' style="|<style|<script>|src="http', page)


def test_questions_lead_one_by_one_to_the_materials_that_apply(version) -> None:
    anybody = Client()
    first, second = version.content.situations[:2]
    asking = next(iter(second.applies[first.key]))
    start = anybody.get(f"/items/{version.slug}/situation/", follow=True)
    assert first.title in start.content.decode()
    empty = anybody.get(f"/items/{version.slug}/situation/?asked={first.key}")
    assert empty.status_code == 422
    assert "出现问题" in empty.content.decode()
    next_page = anybody.get(f"/items/{version.slug}/situation/?asked={first.key}&{first.key}={asking}", follow=True)
    assert second.title in next_page.content.decode()
    back = re.search(r'govuk-back-link" href="([^"]+)"', next_page.content.decode())
    assert back is not None
    assert f'value="{asking}" checked' in anybody.get(back[1].replace("&amp;", "&")).content.decode()
    answered = f"{first.key}={asking}&{second.key}={second.answers[-1].key}"
    done = anybody.get(f"/items/{version.slug}/situation/?{answered}", follow=True)
    said = done.content.decode()
    wanted = queries.materials_for(version.content, {first.key: asking, second.key: second.answers[-1].key})
    assert 0 < len(wanted) < len(version.content.materials)
    for material in version.content.materials:
        assert (material.title in said) == (material in wanted)
    assert anybody.get(f"/items/{version.slug}/materials/", follow=True).redirect_chain
    assert anybody.get(f"/items/{version.slug}/situation/no-such-question/").status_code == 404
    assert anybody.get("/items/no-such-item/situation/").status_code == 404
    api = "/api/v1/catalogue/guides"
    listed = anybody.get(f"{api}?life_event=open-restaurant").json()["rows"]
    assert version.digest in [row["digest"] for row in listed]
    assert anybody.get(f"{api}/{version.slug}").json()["digest"] == version.digest
    asked = anybody.get(f"{api}/{version.slug}/situation?answers={first.key}:{asking}").json()
    assert asked["question"] == second.key
    pairs = f"{first.key}:{asking},{second.key}:{second.answers[-1].key}"
    told = anybody.get(f"{api}/{version.slug}/situation?answers={pairs}").json()
    assert [each["key"] for each in told["materials"]] == [material.key for material in wanted]
    assert anybody.get(f"{api}/{version.slug}/situation?answers=no:such").status_code == 404


def test_an_old_version_stays_readable_and_says_that_it_is_not_in_force(version, writer, walk, publisher) -> None:
    at, today = clock.now(), clock.today()
    limits = version.content.limits.committed
    assert limits is not None
    draft = operations.start_version(slug=version.slug, changed_because="压缩时限", by=writer, at=at)
    section = draft.content["limits"] | {"committed": {"days": limits.days - 1, "basis": "新的承诺清单"}}
    operations.change_section(version_id=draft.pk, section="limits", value=section, by=writer, at=at)
    walk(draft, from_on=today, at=at)
    anybody = Client()
    now = anybody.get(f"/items/{version.slug}/").content.decode()
    assert f"{limits.days - 1}个工作日" in now
    assert "这一版现在不生效" not in now
    address = f"/items/{version.slug}/editions/{version.number}/"
    assert address in now
    old = anybody.get(address).content.decode()
    assert f"{limits.days}个工作日" in old
    assert "这一版现在不生效" in old
    assert "立即办理" not in old
    assert b"".join(anybody.get(f"{address}booklet.pdf"))[:5] == b"%PDF-"
    assert anybody.get(f"/items/{version.slug}/editions/99/").status_code == 404
    operations.end_item(
        slug=version.slug, ended_on=today, because="并入另一件", go_to="请办另一件", by=publisher, at=at
    )
    ended = anybody.get(f"/items/{version.slug}/").content.decode()
    assert "现在不收新的申请" in ended
    assert "请办另一件" in ended
    assert address in ended
