"""Search finds what is there, for whom it is there, and gives nothing else away."""

import io
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from yingshang.kernel import documents, search
from yingshang.kernel.audience import PUBLIC, Audience, reading_as, set_for_transaction
from yingshang.kernel.parties import ANONYMOUS
from yingshang.kernel.search.asking import all_of, any_of
from yingshang.kernel.search.words import pairs, vector

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


OURS = set()  # the example county has rows of its own


def put(subject, title, audience=PUBLIC, **more):
    OURS.add(subject)
    search.put(subject=subject, kind="事项", title=title, address=f"/{subject}/", audience=audience, at=AT, **more)


def found(actor, question, **more):
    return [row.subject for row in search.find(actor, question, **more).rows if row.subject in OURS]


@pytest.fixture
def guides(example_county):
    put("item:1", "企业设立登记", body="领取营业执照，三个工作日办结。")
    put("item:2", "食品经营许可（新办）", body="先取得营业执照。")
    put("item:3", "木兰县优化营商环境实施方案", names=["木环组发〔2019〕1号"])
    put("item:4", "不动产转移登记", names=["张𠮷丰"])
    put("item:5", "重庆路市场")


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("企业设立", ["item:1"]),
        ("营业执照", ["item:1", "item:2"]),
        ("请问怎么办营业执照", ["item:1", "item:2"]),  # words of asking are set aside
        ("工商执照", ["item:1", "item:2"]),  # a synonym
        ("木环组发〔2019〕1号", ["item:3"]),
        ("环组发2019", ["item:3"]),  # any part of a number, brackets or not
        ("２０１９", ["item:3"]),  # full-width digits
        ("张𠮷", ["item:4"]),  # a rare character
        ("登记", ["item:1", "item:4"]),
        ("新办 不动产", ["item:2", "item:4"]),  # nothing holds both: what holds one
        ("shipin", ["item:2"]),  # pinyin, from any character on
        ("spjyxk", ["item:2"]),  # initials
        ("jingying xuke", ["item:2"]),
        ("XingBan", []),  # not how 新办 sounds
        ("chongqing", ["item:5"]),
        ("zhongqing", ["item:5"]),  # the first character may be read either way
        ("z", []),  # one letter is no sound
        ("渔业捕捞", []),
        ("", []),
        ("《》——？！", []),
    ],
)
def test_people_find_what_they_mean(guides, question, subjects):
    assert sorted(found(ANONYMOUS, question)) == sorted(subjects)


def test_a_word_in_the_title_comes_before_one_in_the_text(example_county):
    put("item:1", "办事大厅", body="这里说到停车场。")
    put("item:2", "停车场位置", body="这里说到大厅。")
    assert found(ANONYMOUS, "停车场") == ["item:2", "item:1"]


def test_putting_again_replaces_and_dropping_removes(guides):
    put("item:1", "公司设立登记")
    assert found(ANONYMOUS, "公司设立") == ["item:1"]
    assert found(ANONYMOUS, "三个工作日") == []
    search.drop("item:1")
    search.drop("item:1")
    assert found(ANONYMOUS, "公司设立登记") == ["item:4"]  # loosely: 登记


def test_each_reader_finds_their_own(wang_min, li_qiang, zhao, zhou, wu, zheng):
    put("a:1", "秘密花园甲")
    put("a:2", "秘密花园乙", Audience(unit="scjgj"))
    put("a:3", "秘密花园丙", Audience(unit="sfj-fzg"))  # an office under 李强's bureau
    put("a:4", "秘密花园丁", Audience(party=zhao.party))
    put("a:5", "秘密花园戊", Audience(handlers=frozenset({zhou.person})))
    put("a:6", "秘密花园己", Audience())
    seen = {
        ANONYMOUS: ["a:1"],
        wang_min: ["a:1", "a:2"],
        li_qiang: ["a:1", "a:3"],
        zhao: ["a:1", "a:4"],
        zhou: ["a:1", "a:5"],
        wu: ["a:1"],
        zheng: ["a:1"],
    }
    for actor, subjects in seen.items():
        assert found(actor, "秘密花园") == subjects, actor.name


def test_hidden_rows_change_neither_rank_nor_pages(wang_min, wu):
    for number in range(30):
        put(f"open:{number:02}", f"公告{number}", body="花园 " * (number % 5))
    before = search.find(wu, "花园 公告", limit=10)
    scores = [(row.subject, row.score) for row in before.rows]
    for number in range(200):
        put(f"hidden:{number:03}", "公告花园花园花园", Audience(unit="scjgj"))
    after = search.find(wu, "花园 公告", limit=10)
    assert [(row.subject, row.score) for row in after.rows] == scores
    assert after.next == before.next


def test_pages_hold_every_row_once(example_county):
    for number in range(45):
        put(f"p:{number:02}", "同名公告", body="附注 " * (number % 3))
    seen, mark = [], ""
    while True:
        page = search.find(ANONYMOUS, "公告", after=mark, limit=10)
        seen += [row.subject for row in page.rows]
        mark = page.next
        if not mark:
            break
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("mark", ["x", "0~", "0~abc~d", "2~1~a", "0~99999999999999999999~a", "0~1~a\x00"])
def test_a_mark_that_is_not_ours_is_page_one(guides, mark):
    assert found(ANONYMOUS, "企业设立", after=mark) == ["item:1"]


def test_the_table_cannot_be_listed(guides, zhou):
    assert search.SearchRow.objects.count() == 0
    with reading_as(zhou):
        assert search.SearchRow.objects.count() == 0  # a reader, but nothing asked
    with transaction.atomic():
        set_for_transaction({"ys.search_words": "'企业'"})
        assert search.SearchRow.objects.filter(subject__in=OURS).count() == 1  # asked, by nobody: what is public


def test_nobody_writes_a_row_they_did_not_name(guides):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        search.SearchRow.objects.create(
            subject="x:1", title="x", address="/", tokens="x", changed_at=AT, is_public=True
        )


def test_a_sealed_document_is_not_found(example_county, settings, tmp_path, zhou, zheng):
    settings.YS_DATA_DIR = tmp_path
    documents.keep_sealed(
        io.BytesIO("金丝雀的正文".encode()),
        name="金丝雀.txt",
        media_type="text/plain",
        subject="report:1",
        handlers=[zhou.person],
        at=AT,
    )
    for actor in (zhou, zheng, ANONYMOUS):
        assert found(actor, "金丝雀") == []


def test_the_index_is_used_under_row_level_security(example_county):
    """@@ is not leakproof; as a condition beside the policy it would scan the table."""
    for number in range(300):
        put(f"bulk:{number}", f"公告第{number}号", Audience(unit="scjgj"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        set_for_transaction({"ys.search_words": "'公告'"})
        cursor.execute("EXPLAIN SELECT subject FROM search_searchrow")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "search_by_token" in plan, plan


def test_finding_takes_the_same_number_of_queries_for_any_size(wang_min, django_assert_max_num_queries):
    for number in range(60):
        put(f"q:{number}", "公告")
    with django_assert_max_num_queries(6):  # unit, savepoint, open, rows, close, release
        search.find(wang_min, "公告")


@given(text=st.text(max_size=60))
def test_any_question_is_a_query_that_postgresql_can_read(text):
    for asked in (all_of(text), any_of(text)):
        assert "\x00" not in asked
        assert asked.count("(") == asked.count(")") or "'" in asked


@pytest.mark.parametrize(
    "text",
    ["'", "''", "\\", "a'b\\c", "& | ! <->", "'; DROP TABLE x; --", "a:*", "\u202e\ufeff", "🏛️营商", "\x00a", "İ"],
)
def test_hostile_text_is_only_text(example_county, text):
    kept = text.replace("\x00", "")
    put("h:1", kept, names=[kept], body=kept)
    search.find(ANONYMOUS, text)


def test_pairs_ignore_what_stands_between():
    assert pairs("木环〔2019〕") == ["木环", "环2", "20", "01", "19"]
    assert vector(title="", names=[], body="") == ""


def test_a_miss_is_told_from_the_fifth_time_and_a_number_never(db):
    for time in range(5):
        assert not search.frequent_misses().exists(), time
        search.note_miss("渔业捕捞许可", on=AT.date())
        search.note_miss("13800001234 张三", on=AT.date())
    told = search.frequent_misses().get()
    assert told.times == 5
    assert told.words
    assert search.SearchMiss.objects.count() == 1


def test_the_page_and_the_api_find_the_same(guides, client):
    assert "企业设立登记" in client.get("/search/?q=企业设立").content.decode()
    assert "没有找到" in client.get("/search/?q=渔业捕捞").content.decode()
    assert search.SearchMiss.objects.count() == 1
    answer = client.get("/api/v1/search/?q=企业设立").json()
    assert [row["subject"] for row in answer["rows"]] == ["item:1"]


def test_the_list_of_misses_is_for_those_who_keep_the_words(guides, client):
    assert client.get("/search/misses/").status_code in {403, 409}
