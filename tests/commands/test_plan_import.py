"""./ys plan import: a notice into the review queue, or one sentence and nothing stored."""

from contextlib import contextmanager

import pytest

from yingshang.kernel import ledger
from yingshang.oversight.plan_tasks.models import Reading
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.commands import plan_import as command

NOTICE = "示例县营商环境工作方案\n\n一、办事\n1.公布办事指南。（牵头单位：县司法局；责任单位：县林业总站）\n"


@pytest.fixture
def notice(db, example_county, settings, tmp_path, monkeypatch):
    """Return a function that imports a text into the database of the test."""

    @contextmanager
    def same_database(arguments):
        yield arguments

    monkeypatch.setattr(command, "database_for", same_database)
    settings.YS_DATA_DIR = tmp_path
    path = tmp_path / "notice.txt"

    def imported(text: str) -> int:
        path.write_text(text, encoding="utf-8")
        return command.main([str(path)])

    return imported


def test_a_notice_waits_for_a_person(notice, capsys):
    before = Reading.objects.count()
    assert notice(NOTICE) == 0
    out = capsys.readouterr().out
    assert "1项任务" in out
    reading = Reading.objects.latest("pk")
    assert Reading.objects.count() == before + 1
    assert reading.state == Reading.State.WAITING
    assert f"/workbench/plan-readings/{reading.pk}/" in out


def test_the_same_text_is_imported_once(notice):
    notice(NOTICE)
    before = Reading.objects.count(), ledger.Entry.objects.count()
    assert notice(NOTICE) == 0
    assert (Reading.objects.count(), ledger.Entry.objects.count()) == before


@pytest.mark.parametrize("text", ["", "今天天气很好。\n"])
def test_a_text_without_tasks_is_one_sentence_and_nothing_stored(notice, text):
    before = Reading.objects.count(), ledger.Entry.objects.count()
    with pytest.raises(Trouble):
        notice(text)
    assert (Reading.objects.count(), ledger.Entry.objects.count()) == before


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Trouble, match="没有找到文件"):
        command.main([str(tmp_path / "nothing.docx")])
