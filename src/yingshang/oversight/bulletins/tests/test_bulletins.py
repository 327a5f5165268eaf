"""A bulletin's life: drafted from the records, worded, reviewed by a second person, issued, corrected."""

import io
import re
from datetime import date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from python_calamine import CalamineWorkbook

from yingshang.kernel import clock, disclosure, documents, ledger, org, work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import ANONYMOUS, SYSTEM
from yingshang.kernel.testing.fixtures import actor_of
from yingshang.oversight.bulletins import operations, queries
from yingshang.oversight.bulletins.models import Bulletin, Figure


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.BEIJING)


APRIL = at(date(2026, 4, 1))  # a Wednesday, the first working day
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def spring(example_county):
    """Two duties of March: one long red, one done late; the example county's plan adds its own."""
    parts = {"kind": "work.duty", "by": SYSTEM, "at": at(date(2026, 1, 5))}
    work.owe(title="公示抽查结果", unit="scjgj", due_date=date(2026, 3, 10), origin="plan:example-2026-1:3", **parts)
    late = work.owe(title="报送名单", unit="fgj", due_date=date(2026, 3, 10), **parts)
    work.owe(title="报送案件数量", unit="fy", due_date=date(2026, 2, 10), **parts)
    work.sweep_overdue(at(date(2026, 3, 11)))
    work.fulfill(obligation_id=late.pk, by=SYSTEM, at=at(date(2026, 3, 12)))
    with clock.shifted(APRIL - clock.now()):
        yield


@pytest.fixture
def chu(example_county):
    """褚, head of the bureau that supervises: reviews."""
    return actor_of("chu", unit="ysj")


@pytest.fixture
def drafted():
    return operations.draft_if_due(by=SYSTEM, at=APRIL)


@pytest.fixture
def issued(drafted, zhou, chu):
    operations.submit(bulletin_id=drafted.pk, by=zhou, at=APRIL)
    operations.approve(bulletin_id=drafted.pk, by=chu, at=APRIL)
    return operations.issue(bulletin_id=drafted.pk, by=zhou, at=APRIL)


def refused(code, deed):
    before = (ledger.Entry.objects.count(), list(Bulletin.objects.values_list("pk", "state", "version")))
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        deed()
    assert refusal.value.code == code
    assert (ledger.Entry.objects.count(), list(Bulletin.objects.values_list("pk", "state", "version"))) == before


def test_it_is_drafted_once_on_the_first_working_day(drafted):
    assert (drafted.month, drafted.title) == (MARCH, "关于2026年3月重点任务办理情况的通报")
    figures = {figure.title: figure for figure in queries.figures_shown(drafted) if not figure.about}
    assert (figures["红灯"].shown, figures["新增红灯"].shown, figures["补办"].shown) == ("1", "1", "1")
    assert [row["unit"] for row in figures["红灯"].rows] == ["县市场监管局"]
    assert "红灯最多的单位：{红灯最多的单位}。" in drafted.text
    assert operations.draft_if_due(by=SYSTEM, at=APRIL) is None
    assert operations.draft_if_due(by=SYSTEM, at=at(date(2026, 3, 1))) is None  # a Sunday


def test_what_is_issued_has_a_number_papers_and_stands_in_public(issued, client):
    assert issued.number == "示营报〔2026〕1号"
    assert {issued.pdf.media_type.split("/")[1], issued.docx.media_type[-8:]} == {"pdf", "document"}
    assert disclosure.Disclosure.objects.get(subject=f"bulletin:{issued.pk}").kind == "bulletin"
    assert ledger.Entry.objects.filter(kind="bulletins.issued").count() == 1
    assert len(documents.documents_of(f"bulletin:{issued.pk}", SYSTEM)) == 2
    page = client.get(f"/bulletins/{issued.pk}/").content.decode()
    assert "红灯最多的单位：县市场监管局（1件）。" in page
    assert "figures/" not in page  # the rows are for officials
    with documents.open_document(issued.pdf, ANONYMOUS) as paper:
        assert paper.read(4) == b"%PDF"
    assert "示营报〔2026〕1号" in client.get("/bulletins/").content.decode()
    assert client.get(f"/bulletins/{issued.pk}/figures/1/").status_code == 409


def test_every_number_is_as_long_as_its_rows_and_they_stay_as_they_were(issued, client, zhou):
    client.post(f"/demo/{org.demo_pseudonym('wang_min')}/")
    page = client.get(f"/bulletins/{issued.pk}/").content.decode()
    numbers = re.findall(r'href="(/bulletins/\d+/figures/\d+/)">(\d+)', page)
    assert len(numbers) > 10
    red = work.Obligation.objects.get(title="公示抽查结果")
    work.fulfill(obligation_id=red.pk, by=SYSTEM, at=at(date(2026, 4, 2)))
    for address, shown in dict(numbers).items():
        book = client.get(f"{address}?format=xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert len(rows) == int(shown) + 1, address
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Figure.objects.update(shown="0")


def test_nobody_reviews_what_they_worded(drafted, zhou, chu):
    operations.submit(bulletin_id=drafted.pk, by=zhou, at=APRIL)
    both = actor_of("chu", unit="ysj")
    refused("bulletins.not_your_post", lambda: operations.approve(bulletin_id=drafted.pk, by=zhou, at=APRIL))
    Bulletin.objects.filter(pk=drafted.pk).update(submitted_by=both.person)
    refused("bulletins.own_work", lambda: operations.approve(bulletin_id=drafted.pk, by=both, at=APRIL))
    with pytest.raises(IntegrityError, match="bulletins_reviewed_by_a_second_person"), transaction.atomic():
        Bulletin.objects.filter(pk=drafted.pk).update(reviewed_by=both.person, state="approved")


def test_it_goes_back_with_a_reason_and_is_worded_with_places_for_numbers(drafted, zhou, chu):
    operations.submit(bulletin_id=drafted.pk, by=zhou, at=APRIL)
    refused(
        "bulletins.reason_missing", lambda: operations.send_back(bulletin_id=drafted.pk, reason=" ", by=chu, at=APRIL)
    )
    back = operations.send_back(bulletin_id=drafted.pk, reason="第二段太长。", by=chu, at=APRIL)
    parts = {"bulletin_id": drafted.pk, "title": back.title, "by": zhou, "at": APRIL}
    refused("bulletins.unknown_place", lambda: operations.edit(text="红灯{红等}件。", version=back.version, **parts))
    refused("bulletins.text_missing", lambda: operations.edit(text=" ", version=back.version, **parts))
    with pytest.raises(Stale):
        operations.edit(text="红灯{红灯}件。", version=back.version - 1, **parts)
    assert operations.edit(text="红灯{红灯}件。", version=back.version, **parts).edited_by == zhou.person


def test_numbers_that_moved_after_the_review_are_not_issued(drafted, zhou, chu):
    operations.submit(bulletin_id=drafted.pk, by=zhou, at=APRIL)
    operations.approve(bulletin_id=drafted.pk, by=chu, at=APRIL)
    work.owe(kind="work.duty", title="补录", unit="fgj", by=SYSTEM, at=at(date(2026, 3, 20)))
    refused("bulletins.numbers_moved", lambda: operations.issue(bulletin_id=drafted.pk, by=zhou, at=APRIL))
    operations.send_back(bulletin_id=drafted.pk, reason="数字变了。", by=chu, at=APRIL)
    again = operations.take_again(bulletin_id=drafted.pk, by=zhou, at=APRIL)
    assert again.takings.count() == 2


def test_a_correction_is_a_new_bulletin_that_names_the_old_one(issued, zhou, chu, client):
    refused("bulletins.reason_missing", lambda: operations.correct(bulletin_id=issued.pk, reason="", by=zhou, at=APRIL))
    new = operations.correct(bulletin_id=issued.pk, reason="漏计一件。", by=zhou, at=APRIL)
    assert new.text.startswith("示营报〔2026〕1号有误，现予更正。原因：漏计一件。")
    refused(
        "bulletins.corrected_already",
        lambda: operations.correct(bulletin_id=issued.pk, reason="再改", by=zhou, at=APRIL),
    )
    refused(
        "bulletins.not_now",
        lambda: operations.edit(bulletin_id=issued.pk, title="x", text="y", version=9, by=zhou, at=APRIL),
    )
    operations.submit(bulletin_id=new.pk, by=zhou, at=APRIL)
    operations.approve(bulletin_id=new.pk, by=chu, at=APRIL)
    assert operations.issue(bulletin_id=new.pk, by=zhou, at=APRIL).number == "示营报〔2026〕2号"
    assert "已由示营报〔2026〕2号更正" in client.get(f"/bulletins/{issued.pk}/").content.decode()


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda by: operations.draft(month=MARCH, by=by, at=APRIL), "bulletins.not_your_post"),
        (lambda _: operations.draft(month=date(2026, 4, 1), by=SYSTEM, at=APRIL), "bulletins.month_not_over"),
        (lambda _: operations.draft(month=MARCH, by=SYSTEM, at=APRIL), "bulletins.drafted_already"),
        (lambda _: operations.draft(month=date(2018, 3, 1), by=SYSTEM, at=APRIL), "bulletins.no_outline"),
    ],
)
def test_what_cannot_be_drafted_is_not(drafted, wang_min, deed, code):
    refused(code, lambda: deed(wang_min))


def test_the_desk_does_every_deed_by_its_buttons(client):
    client.post(f"/demo/{org.demo_pseudonym('zhou')}/")
    client.post("/workbench/bulletins/", {"month": "2026-03-01"})
    bulletin = Bulletin.objects.get()
    desk = f"/workbench/bulletins/{bulletin.pk}/"
    form = {"title": bulletin.title, "text": "红灯{红灯}件。", "version": bulletin.version}
    assert "红灯<a" in client.post(f"{desk}edit/", form, follow=True).content.decode()
    client.post(f"{desk}do/submit/")
    assert "您的岗位不能审核通报" in client.get(desk).content.decode()
    client.post(f"/demo/{org.demo_pseudonym('chu')}/")
    client.post(f"{desk}do/approve/")
    client.post(f"/demo/{org.demo_pseudonym('zhou')}/")
    client.post(f"{desk}do/issue/")
    bulletin.refresh_from_db()
    assert bulletin.state == "issued"
    for address in (desk, "/workbench/bulletins/", f"/bulletins/{bulletin.pk}/?format=xlsx", "/bulletins/?format=xlsx"):
        assert client.get(address).status_code == 200, address
    assert client.post(f"{desk}do/nonsense/").status_code == 404
