"""A third party evaluates the county by all five methods, hears an objection, publishes; a stranger scores it again."""

import hashlib
import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yingshang.conduct.surveys import operations as surveys
from yingshang.conduct.surveys.tests import factories as asking
from yingshang.kernel import org
from yingshang.oversight.evaluation.models import Evaluation, Owner, Scoring
from yingshang.site.commands import evaluate_score

pytestmark = [pytest.mark.django_db, pytest.mark.mission("35", "35b", "10b")]

EDITION = """schema: edition/1
key: journey-2026
title: 示例县营商环境评价
method: 示例2026
source: 方案第35项
effective: {from: 2026-01-01, to: null}
missing: average
words: {未知: missing}
indicators:
  - {key: total, title: 总分}
  - {key: starting, under: total, title: 开办企业}
  - {key: services, under: total, title: 政务服务}
  - {key: trade, under: total, title: 跨境贸易, off: true, why_off: 方案只列了17项。, score: {rank: {better: lower}}}
  - {key: days, under: starting, title: 时间, unit: 天, least: 0, score: {frontier: {best: 0.5, worst: 100}}}
  - {key: steps, under: starting, title: 环节, unit: 个, least: 0, score: {frontier: {best: 1, worst: 18}}}
  - {key: known, under: services, title: 政策知晓率, unit: "%", most: 100, score: {frontier: {best: 100, worst: 0}}}
  - {key: pleased, under: services, title: 办事满意, unit: 分, most: 5, score: {frontier: {best: 5, worst: 1}}}
"""
CODE = "journey-2026"
ROOM, PUBLIC = f"/workbench/evaluations/of/{CODE}/", f"/evaluations/{CODE}/"
OF_VALUE = {"place": "示例县", "collector": "顾平", "collected_on": "2026-03-02"}


@pytest.fixture
def faces(example_county, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path

    def choose(key):
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return {key: choose(key) for key in ("zhou", "gu", "wang_min")}


def page(client, address, **typed):
    answer = client.post(address, typed, follow=True) if typed else client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return answer.content.decode()


def file(name, words):
    return SimpleUploadedFile(name, words.encode(), "text/plain")


def a_published_survey():
    asking.market(enterprise=16)
    asking.questionnaire()
    survey, cards = asking.opened(kinds=["enterprise"])
    for number, card in enumerate(cards[:12]):
        surveys.answer(code=card.code, values=asking.sheet(number), on=asking.LAST)
    surveys.close(survey=survey.code, by=asking.officer(), at=asking.at(asking.LAST))
    surveys.publish_results(survey=survey.code, by=asking.officer("chu"), at=asking.at(date(2026, 5, 6)))
    return survey.code


def test_a_third_party_evaluates_by_five_methods_and_a_stranger_gets_the_same_digits(faces, tmp_path):
    bureau, gu, unit, stranger = faces["zhou"], faces["gu"], faces["wang_min"], Client()
    survey = a_published_survey()

    # commissioned; conflict stated; edition taken
    contract = {"contract_no": "合同1号", "contract_from": "2026-01-01", "contract_to": "2099-12-31"}
    page(
        bureau,
        "/workbench/evaluations/commission/",
        title="示例县营商环境评价",
        code=CODE,
        year="2026",
        place="示例县",
        evaluator="pgjg",
        **contract,
    )
    page(gu, f"{ROOM}interest/", has_conflict="no")
    page(gu, f"{ROOM}edition/", file=SimpleUploadedFile("edition.yaml", EDITION.encode()))
    page(gu, f"{ROOM}do/begin-collecting/", go="1")
    Owner.objects.create(
        edition_key="journey-2026", series="days", unit=org.unit("scjgj"), post="contact", origin="outside"
    )

    # 1 the department, asked in writing, states with evidence
    page(gu, f"{ROOM}inquiries/to/scjgj/", series="days", words="请按2025年数据填写。")
    assert "示例县营商环境评价" in page(unit, "/workbench/evaluations/")
    assert gu.get(f"{ROOM}inquiries/1.pdf").content.startswith(b"%PDF")
    stated = page(
        unit, f"{ROOM}statements/1/days/", written="2", evidence=file("台账.txt", "平均2天"), evidence_is_open="on"
    )
    assert "全部填完了" in stated
    # 2 an enterprise, interviewed with its consent
    said = {"described": "一家餐饮业个体户", "interviewer": "顾平", "interviewed_on": "2026-03-01"}
    page(
        gu,
        f"{ROOM}interviews/",
        enterprise="金穗餐饮店",
        has_consented="on",
        minutes=file("访谈.txt", "前后6天"),
        **said,
    )
    with_it = re.search(r"values/new/\?interview=(\d+)", page(gu, f"{ROOM}interviews/")).group(1)
    page(gu, f"{ROOM}values/new/", series="days", written="6", method="interview", interview=with_it, **OF_VALUE)
    # 3 the system: a figure from an event log
    log = "case,activity,at\n" + "".join(
        f"{n},受理,2026-03-02T09:00:00+08:00\n{n},发照,2026-03-0{4 + n % 3}T16:00:00+08:00\n" for n in range(12)
    )
    page(gu, f"{ROOM}extracts/import/", file=SimpleUploadedFile("log.csv", log.encode(), "text/csv"))
    page(gu, f"{ROOM}extracts/1/lines/1/", figure="worked.p50", series="days", place="示例县")
    # 4 the questionnaire and 5 the public appraisal, with intervals
    figures = page(gu, f"{ROOM}surveys/{survey}/")
    share = re.search(r'value="(q2/开办/)"', figures).group(1)
    mean = re.search(r'value="(q1//)"', figures).group(1)
    page(gu, f"{ROOM}surveys/{survey}/", figure=share, series="known", method="questionnaire")
    page(gu, f"{ROOM}surveys/{survey}/", figure=mean, series="pleased", method="appraisal")
    asked = {"who": "某局", "how": "电话", "asked_on": "2026-03-01", "series": "days", "place": "示例县"}
    page(gu, f"{ROOM}asked/", **asked, wanted="1天", answer="不改。")

    # sealed: nobody else sees a thing
    for reader in (bureau, unit, stranger):
        assert reader.get(PUBLIC).status_code == 404
        assert reader.get(f"{ROOM}values/").status_code in (302, 404)

    # differing values side by side; the verified one counts until a person decides
    page(gu, f"{ROOM}do/begin-checking/", go="1")
    differing = page(gu, f"{ROOM}values/?differs=1")
    assert all(method in differing for method in ("部门座谈", "企业访谈", "系统抓取"))
    page(gu, f"{ROOM}do/score/", go="1")

    # the unit objects with evidence; accepted, settled, scored again
    page(unit, f"{ROOM}hearing/days/", text="应为2天，附台账。", evidence=file("证据.txt", "2天"))
    objection = Evaluation.objects.get().objections.get()
    assert objection.evidence is not None and "证据.txt" in page(gu, ROOM)
    page(gu, f"{ROOM}objections/{objection.pk}/", is_accepted="yes", answer="抽查属实。")
    row = re.search(r"values/(\d+)/", page(gu, f"{ROOM}values/?differs=1")).group(1)
    choice = re.search(r'value="(\d+)"[^>]*>\s*<label[^>]*>\s*2（', page(gu, f"{ROOM}values/{row}/")).group(1)
    page(gu, f"{ROOM}values/{row}/", value=choice, reason="抽查属实")
    page(gu, f"{ROOM}score-again/", why="采纳异议")
    page(gu, f"{ROOM}publish/", shows_ranking="")

    # every number leads down to its value
    one = page(stranger, PUBLIC)
    assert "跨境贸易" in one and "本版不评" in one and "全部取区间里不利的一端" in one
    assert "100 × (100 − 2) ÷ (100 − 0.5) = 98.49" in page(stranger, f"{PUBLIC}series/days/")
    codebook = page(stranger, f"{PUBLIC}codebook/")
    assert "金穗" not in codebook and "一家餐饮业个体户" in codebook
    down = [page(stranger, f"{PUBLIC}values/{number}/") for number in re.findall(r"/values/(\d+)/", codebook)]
    assert len(down) == 5 and all("SHA-256" in one or "没有证据文件" in one for one in down)
    assert any(f"/surveys/results/{survey}/" in one for one in down)
    evidence = re.search(r"/documents/[0-9a-f-]+/file", "".join(down))
    assert stranger.get(evidence.group()).getvalue() == "平均2天".encode()
    assert "某局" in page(stranger, f"{PUBLIC}record/")

    # the stranger scores it again from the published files
    room = stranger.get(f"{PUBLIC}data-room.zip").content
    digest = Scoring.objects.latest("no").digest
    assert hashlib.sha256(room).hexdigest() == digest and digest in page(stranger, f"{PUBLIC}check/")
    zipfile.ZipFile(io.BytesIO(room)).extractall(tmp_path / "room")
    at = tmp_path / "room"
    arguments = ["--edition", f"{at}/edition.yaml", "--values", f"{at}/values.csv", "--out", f"{at}/again.json"]
    assert evaluate_score.main([*arguments, "--against", f"{at}/scores.json"]) == 0
    assert (at / "again.json").read_bytes() == (at / "scores.json").read_bytes()
    assert json.loads((at / "again.json").read_bytes())["places"][0]["place"] == "示例县"
    assert evaluate_score.main([*arguments[:3], f"{at}/values-low.csv", "--out", f"{at}/low.json"]) == 0

    # and nothing changes any more
    late = gu.post(f"{ROOM}edition/", {"file": SimpleUploadedFile("edition.yaml", EDITION.encode())})
    assert late.status_code == 409 and "公布以后的评价不能再改" in late.content.decode()
