"""The same form on a page, on the page of answers and on paper."""

from django.template import Context, Template

from yingshang.kernel import forms, typesetting

PAGE = Template("{% load schema_forms %}{% schema_errors drawn %}<form>{% schema_form drawn %}</form>")
VALUES = {
    "kind": "self",
    "address": {"town": "木兰镇", "street": "建国街1号"},
    "area": 86.5,
    "uses": ["热食", "冷食"],
    "opens_on": "2026-03-01",
    "staff": [{"name": "赵𠮷", "id_number": "230127199001010016"}],
    "declared": True,
    "signed_by": "赵𠮷",
}


def drawn(*args, **named):
    return PAGE.render(Context({"drawn": forms.fields(*args, **named)}))


def test_each_fault_leads_to_its_field_with_the_same_words(food):
    answers = forms.read(food, {"f.staff.0.id_number": "1", "f.opens_on": "哪天"})
    page = drawn(food, answers.values, answers.faults)
    for fault in answers.faults:
        assert page.count(str(fault)) == 2, fault
    for place in ("f-staff-0-id-number", "f-address-town", "f-kind", "f-declared"):
        assert f'href="#{place}"' in page
        assert f'id="{place}"' in page
    assert 'value="哪天"' in page, "what was typed is not lost"


def test_controls_bring_keyboard_unit_and_help_for_rare_characters(food):
    page = drawn(food, VALUES)
    assert 'inputmode="decimal"' in page
    assert "平方米" in page
    assert 'type="date" value="2026-03-01"' in page
    assert "生僻字" in page
    assert 'name="add" value="staff"' in page
    assert 'name="drop" value="staff.0"' in page
    assert page.index("govuk-visually-hidden") < page.index('name="drop"'), "Enter must not delete a row"


def test_what_is_held_is_shown_with_its_source_and_cannot_be_typed_over(food):
    held = {"name": forms.Prefilled("老赵<饭店>", "营业执照（2026年1月5日）", "/account/data/")}
    page = drawn(food, {}, prefilled=held)
    assert "老赵&lt;饭店&gt;" in page
    assert "来源：营业执照（2026年1月5日）" in page
    assert 'href="/account/data/"' in page
    assert 'name="f.name"' not in page
    assert forms.held_names(food) == {
        "name": "enterprise.name",
        "credit_code": "enterprise.credit_code",
        "head": "person.name",
    }


def test_rows_say_every_answer_in_words(food):
    shown = dict(forms.rows(food, VALUES))
    assert shown["申请人类型"] == "个体工商户"
    assert shown["地址：街道门牌"] == "建国街1号"
    assert shown["经营面积"] == "86.5平方米"
    assert shown["经营项目"] == "热食、冷食"
    assert shown["开业日期"] == "2026年3月1日"
    assert shown["从业人员"] == "姓名：赵𠮷，身份证号码：230127199001010016"
    assert shown["经营者名称"] == ""


def test_the_same_form_is_printed_filled_in_or_empty(food):
    filled = forms.paper(food, VALUES, number="演示", note="演示")
    assert filled.title == "食品经营许可申请书"
    assert filled.signatures == ["申请人签名（赵𠮷）"]
    assert typesetting.pdf(filled).startswith(b"%PDF")
    empty = forms.paper(food, {})
    assert "☐ 个体工商户" in str(empty)
    assert typesetting.pdf(empty).startswith(b"%PDF")
