"""What may be asked of people: named papers, each once, certificates only from the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yingshang.registers.catalogue.rules.checks.known import Known
from yingshang.registers.catalogue.rules.content import Content, Fault

REGULATION_35 = "《优化营商环境条例》第三十五条"
REGULATION_44 = "《优化营商环境条例》第四十四条"
MARKS = re.compile(r"[\s《》〈〉“”「」（）()、，。·]+")


def material_faults(content: Content, known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the list of materials."""
    keys = {basis.key for basis in content.basics.bases}
    seen: dict[str, int] = {}
    used: dict[str, int] = {}
    for place, material in enumerate(content.materials):
        path = f"materials[{place}]"
        for word in known.words.get("catch_all", ()):
            if word.stands_in(material.title):
                yield Fault(
                    f"{path}.title",
                    f"材料“{material.title}”是兜底的说法，申请人不知道要交什么。",
                    "请逐项写明材料名称，或者删除。",
                    word.source,
                    "catch_all_material",
                )
                break
        plain = MARKS.sub("", material.title)
        if plain in seen or material.key in used:
            first = seen.get(plain, used.get(material.key, 0))
            yield Fault(
                f"{path}.title",
                f"材料“{material.title}”与第{first + 1}件重复。",
                "同一份材料只收一次；不同情形请用“适用情形”区分后合并。",
                REGULATION_35,
                "material_twice",
            )
        seen.setdefault(plain, place)
        used.setdefault(material.key, place)
        if material.source_kind == "issued" and not material.issuer:
            yield Fault(f"{path}.issuer", f"“{material.title}”由别的单位出具，却没有写出具单位。", "请写明到哪里开。")
        if material.required and material.basis not in keys:
            yield Fault(
                f"{path}.basis",
                f"必交材料“{material.title}”没有依据。",
                "请写明要求提供这份材料的依据，或者删除。",
                REGULATION_35,
                "without_basis",
            )
        if material.commit_allowed and not material.commit_text:
            yield Fault(
                f"{path}.commit_text", f"“{material.title}”可以承诺代替，却没有写承诺内容。", "请写明承诺内容。"
            )
        yield from _certificate(path, content, place, known)


def _certificate(path: str, content: Content, place: int, known: Known) -> Iterator[Fault]:
    material = content.materials[place]
    is_certificate = any(word.stands_in(material.title) for word in known.words.get("certificate", ()))
    if not material.required or not (material.certificate or is_certificate):
        return
    if material.certificate and known.certificates and material.certificate in known.certificates:
        return
    named = f"（编号“{material.certificate}”）" if material.certificate else ""
    yield Fault(
        f"{path}.certificate",
        f"证明“{material.title}”{named}不在本县公布的证明事项清单上。",
        "清单之外不得索要证明；请填写清单上的编号，改为告知承诺或者部门核验，或者删除。",
        REGULATION_44,
        "certificate_not_on_the_list",
    )
