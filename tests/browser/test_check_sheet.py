"""A check sheet filled in a cellar without network is not lost, photo included, and is stored once."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from playwright.sync_api import expect


def a_photo() -> bytes:
    """Return a white picture of one point (PNG, ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def started(committed_db):
    """A visit of 王敏 that has begun today."""
    from yingshang.conduct.inspections import operations
    from yingshang.conduct.inspections.models import Crew, Inspector, Permission, Target, Visit
    from yingshang.kernel import clock, org
    from yingshang.kernel.testing import actor_of

    today, now = clock.today(), clock.now()
    inspector, target = actor_of("wang_min", unit="scjgj", on=today), Target.objects.order_by("code")[0]
    unit = org.unit("scjgj")
    permission = Permission.objects.create(
        unit=unit,
        target=target,
        kind=Permission.Kind.CASE,
        items=["X01"],
        cause=Permission.Cause.COMPLAINT,
        reason="接到投诉。",
        state=Permission.State.GRANTED,
        asked_by="officer",
        asked_at=now,
        decided_by="head",
        decided_at=now,
    )
    crew = [
        (Inspector.objects.get(certificate_no=number), role)
        for number, role in (("黑演000001", Crew.Role.LEAD), ("黑演000002", Crew.Role.COMPANION))
    ]
    visit = operations.plan_visit(
        kind=Visit.Kind.CASE,
        target=target,
        items=["X01"],
        lead_unit=unit,
        crew=crew,
        planned_on=today,
        permission=permission,
        by=inspector,
        at=now,
    )
    return operations.start_visit(public_id=visit.public_id, code=target.code, by=inspector, at=now)


PHOTOS = """
(wanted) => new Promise((resolve) => {
  const asked = indexedDB.open("inspections", 1);
  asked.onsuccess = () => {
    const drafts = asked.result.transaction("drafts").objectStore("drafts").getAll();
    drafts.onsuccess = () => {
      asked.result.close();
      resolve(JSON.stringify(drafts.result.map((one) => one.photos.length)) === wanted);
    };
  };
})
"""
"""Whether the phone's store holds these numbers of photos, one for each sheet that was not sent."""


def test_a_sheet_filled_without_network_is_sent_once_when_there_is_one(open_page, started):
    page = open_page(width=390, face="王敏")
    address = f"/inspections/visits/{started.public_id}/sheet/"
    page.goto(address)
    for point in ("X01-1", "X01-2"):
        page.locator(f"input[name='{point}'][value='yes']").check(force=True)
    page.set_input_files("input[name=photos]", {"name": "门口.png", "mimeType": "image/png", "buffer": a_photo()})
    state = page.locator("[data-draft-state]")
    page.wait_for_function(PHOTOS, arg="[1]")  # writing a photo takes longer than writing the words
    state.get_by_text("已存在这部手机里").wait_for()
    page.reload()
    state.get_by_text("已恢复上次没有发出的内容").wait_for()
    expect(page.locator("input[name='X01-2'][value='yes']")).to_be_checked()
    page.locator("input[name=results][value='1']").check(force=True)
    page.context.set_offline(True)
    page.get_by_role("button", name="录入结果").click()
    state.get_by_text("没有网络").wait_for()
    page.context.set_offline(False)
    page.wait_for_url(re.compile(f"{started.public_id}/$"))
    started.refresh_from_db()
    assert (started.state, started.photos.count(), started.outcomes.count()) == ("recorded", 1, 1)
    page.goto(address)
    page.wait_for_function(PHOTOS, arg="[]")
    expect(state).not_to_contain_text("已恢复")
