"""One form of every kind of field; made up, after the shape of an application for a food license."""

import pytest


@pytest.fixture(scope="module")
def food():
    person = {
        "type": "object",
        "required": ["name", "id_number"],
        "properties": {
            "name": {"type": "string", "title": "姓名", "format": "person-name"},
            "id_number": {"type": "string", "title": "身份证号码", "format": "id-number"},
            "mobile": {"type": "string", "title": "手机号码", "format": "mobile"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "食品经营许可申请书",
        "type": "object",
        "order": [
            {"title": "经营者", "fields": ["kind", "name", "credit_code", "head"]},
            {"title": "经营场所", "fields": ["address", "area", "uses", "opens_on"]},
            {"title": "从业人员", "fields": ["staff", "note", "declared", "signed_by"]},
        ],
        "required": ["kind", "name", "head", "address", "area", "uses", "opens_on", "staff", "declared", "signed_by"],
        "properties": {
            "kind": {
                "title": "申请人类型",
                "type": "string",
                "oneOf": [{"const": "self", "title": "个体工商户"}, {"const": "company", "title": "公司"}],
            },
            "name": {"title": "经营者名称", "type": "string", "maxLength": 60, "x-held": "enterprise.name"},
            "credit_code": {
                "title": "统一社会信用代码",
                "type": "string",
                "format": "credit-code",
                "x-held": "enterprise.credit_code",
            },
            "head": {"title": "负责人姓名", "type": "string", "format": "person-name", "x-held": "person.name"},
            "address": {
                "title": "地址",
                "type": "object",
                "required": ["town", "street"],
                "properties": {
                    "town": {"title": "乡镇", "type": "string", "enum": ["木兰镇", "东兴镇"]},
                    "street": {"title": "街道门牌", "type": "string"},
                },
            },
            "area": {
                "title": "经营面积",
                "type": "number",
                "exclusiveMinimum": 0,
                "maximum": 99999,
                "x-unit": "平方米",
            },
            "uses": {
                "title": "经营项目",
                "type": "array",
                "uniqueItems": True,
                "minItems": 1,
                "items": {"type": "string", "enum": ["热食", "冷食", "糕点"]},
            },
            "opens_on": {"title": "开业日期", "type": "string", "format": "date"},
            "staff": {"title": "从业人员", "type": "array", "minItems": 1, "maxItems": 3, "items": person},
            "note": {"title": "说明", "type": "string", "maxLength": 400},
            "declared": {"title": "以上内容真实", "type": "boolean", "const": True},
            "signed_by": {"title": "申请人签名", "type": "string", "format": "signature"},
        },
        "if": {"properties": {"kind": {"const": "company"}}, "required": ["kind"]},
        "then": {"required": ["credit_code"]},
    }
