"""A schema that contradicts itself, or that no page can draw, is told where and what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.kernel import forms


def form(properties, **more):
    titled = {name: {"title": name, **shape} for name, shape in properties.items()}
    return {"type": "object", "properties": titled, **more}


KIND = {"type": "string", "enum": ["个体", "公司"]}
TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "path", "words"),
    [
        # nobody can fill it in
        (
            form({"area": {"type": "integer", "minimum": 9, "maximum": 3}}),
            "properties.area",
            "minimum、maximum互相矛盾",
        ),
        (form({"a": {"type": "string", "enum": ["甲"], "minLength": 4}}), "properties.a", "互相矛盾"),
        (form({"a": {"type": "string", "enum": ["甲"], "const": "乙"}}), "properties.a", "互相矛盾"),
        (form({"a": {"type": "string", "minLength": 5, "maxLength": 3}}), "properties.a", "互相矛盾"),
        (
            form(
                {
                    "rows": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["n"],
                            "properties": {"n": {"title": "数", "type": "integer", "minimum": 2, "maximum": 1}},
                        },
                    }
                }
            ),
            "properties.rows.items.properties.n",
            "互相矛盾",
        ),
        (form({"a": TEXT}, required=["b"]), "required", "没有地方可填"),
        # a choice or a condition that leads nowhere
        (
            form(
                {"kind": KIND, "name": TEXT},
                required=["kind"],
                **{
                    "if": {"properties": {"kind": {"const": "公司"}}, "required": ["kind"]},
                    "then": {"properties": {"name": {"const": 1}}, "required": ["name"]},
                },
            ),
            "properties.kind",
            "选了“公司”以后",
        ),
        (
            form(
                {"kind": KIND, "n": {"type": "integer"}},
                **{
                    "if": {"properties": {"n": {"minimum": 5}}, "required": ["n"]},
                    "then": {"properties": {"n": {"maximum": 4}}},
                    "required": ["kind"],
                },
            ),
            "then",
            "条件成立以后",
        ),
        (
            form(
                {"kind": KIND, "name": TEXT},
                **{"if": {"properties": {"kind": {"const": "国企"}}, "required": ["kind"]}, "then": {}},
            ),
            "if",
            "永远不会成立",
        ),
        (
            form(
                {"kind": KIND, "name": TEXT},
                **{"if": {"properties": {"kind": {"const": "公司"}}}, "then": {"required": ["name"]}},
            ),
            "if",
            "还没有填写",
        ),
        (
            form({"kind": KIND, "name": {**TEXT, "x-when": {"kind": ["国企"]}}}),
            "properties.name.x-when",
            "永远不会问到",
        ),
        (form({"n": {"type": "integer", "maximum": 3, "default": 4}}), "properties.n.default", "填得不对"),
        # malformed, or not to be drawn
        (form({"a": {"type": "string", "minLength": -1}}), "properties.a.minLength", "JSON Schema"),
        (form({"a": {"type": "text"}}), "properties.a.type", "JSON Schema"),
        (form({"a": {"type": "string", "format": "id-numbr"}}), "properties.a.format", "没有“id-numbr”"),
        (form({"a": {"type": "string", "title": " "}}), "properties.a.title", "没有title"),
        (form({"a": {"type": "string", "pattern": "^[0-9]+$"}}), "properties.a.pattern", "不知道该怎么写"),
        (form({"a": {"type": "string", "pattern": "^(a|b", "x-fault": "x"}}), "properties.a.pattern", "pattern写错了"),
        (form({"a": TEXT, "b": TEXT}, order=["a"]), "order", "看不到它"),
        (form({"a": TEXT}, order=["a", "c"]), "order", "不在properties里"),
        (form({"a": {"$ref": "https://example.com/schema"}}), "properties.a.$ref", "不用“$ref”"),
        (form({"A": TEXT}), "properties.A", "不能用"),
        ([], "", "type: object"),
        ({"type": "object", "properties": {}}, "", "properties"),
    ],
)
def test_a_schema_that_is_no_form_is_told_where_and_why(schema, path, words):
    faults = forms.check(schema)
    assert [fault for fault in faults if fault.path == path and words in fault.what], faults
    assert all(fault.remedy for fault in faults)


def test_a_sound_schema_has_no_faults(food):
    assert forms.check(food) == []


def test_a_wrong_name_gets_the_nearest_right_one():
    (fault,) = forms.check(form({"address": TEXT}, required=["adress"]))
    assert fault.remedy == "是不是“address”？"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["string", "object", "a", "甲", "date", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "title",
                    "enum",
                    "properties",
                    "required",
                    "items",
                    "if",
                    "then",
                    "x-when",
                    "a",
                    "format",
                    "order",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=30, deadline=None)
@given(JSON, JSON)
def test_whatever_comes_in_is_answered_and_never_breaks(field, extra):
    schema = {"type": "object", "properties": {"a": field, "b": {"type": "string", "title": "乙"}}, "order": extra}
    if forms.check(schema) == []:
        forms.fields(schema, {"b": "x"})
        forms.rows(schema, {"b": "x"})
