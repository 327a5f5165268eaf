"""County files come in whole, again and again, or not at all and with the line at fault."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.forms.models import model_to_dict

from yingshang.kernel import org, parties
from yingshang.methods.county_files import DataProblem

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[5] / "counties" / "example"
TABLES = (org.Unit, org.UnitAlias, org.UnitName, org.Group, org.GroupAlias, org.GroupMember, org.Post, org.Person)


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(EXAMPLE, tmp_path / "counties" / "example"))


def everything():
    tables = (*TABLES, org.Appointment, org.Administrator, parties.Party, parties.Mandate)
    return [model_to_dict(row) for table in tables for row in table.objects.order_by("pk")]


def test_loading_twice_changes_nothing(example_county):
    before = everything()
    org.load(EXAMPLE)
    parties.load(EXAMPLE)
    assert everything() == before


def test_the_path_is_the_way_from_the_county(example_county):
    assert org.unit("sfj-fzg").path == "shili/sfj/sfj-fzg/"
    assert org.unit("sfj-fzg").depth == 2


def test_a_unit_may_stand_before_its_parent_in_the_file(folder):
    rewrite(folder / "units.yaml", "    parent: sfj\n", "    parent: zjj\n")
    org.load(folder)
    assert org.unit("sfj-fzg").path == "shili/zjj/sfj-fzg/"


def test_a_merger_done_through_the_pages_survives_the_next_load(example_county):
    org.Unit.objects.filter(code="zjj").update(valid_to=date(2026, 1, 1), successor=org.unit("fgj"))
    org.load(EXAMPLE)
    assert org.unit("zjj").valid_to == date(2026, 1, 1)


def test_a_renaming_done_through_the_pages_survives_the_next_load(example_county):
    for code in ("zjj", "gxj"):
        unit = org.unit(code)
        org.UnitName.objects.create(
            unit=unit,
            name=unit.name,
            short_name=unit.short_name,
            valid_from=date(2021, 6, 1) if code == "gxj" else None,
            valid_to=date(2026, 1, 1),
        )
        org.Unit.objects.filter(code=code).update(name=f"新名{code}", short_name=f"新{code}")
    org.load(EXAMPLE)
    assert [org.unit(code).short_name for code in ("zjj", "gxj")] == ["新zjj", "新gxj"]


def test_a_renaming_written_into_the_file_comes_in(folder):
    rewrite(
        folder / "units.yaml",
        "    short_name: 县住建局\n    kind: gov\n",
        "    short_name: 县建设局\n    kind: gov\n    former_names:\n"
        "      - {name: 示例县住房和城乡建设局, short_name: 县住建局, to: 2026-01-01}\n",
    )
    org.load(folder)
    assert org.unit("zjj").short_name == "县建设局"
    assert org.name_on(org.unit("zjj"), date(2025, 12, 31)) == "县住建局"


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "units.yaml",
            "parent: sfj",
            "parent: sfjj",
            r"units\.yaml:\d+.*“sfjj” is not a known unit.*Did you mean sfj\?",
        ),
        ("units.yaml", "successor: scjgj", "successor: scjg", r"“scjg” is not a known unit.*Did you mean scjgj\?"),
        ("units.yaml", "kind: mass", "kind: massive", r"“massive” is not allowed here.*Did you mean mass\?"),
        ("units.yaml", "code: fgj", "code: sfj", r"the code “sfj” stands already in line \d+"),
        ("units.yaml", "parent: sfj", "parent: sfj-fzg", "“sfj-fzg” stands under itself"),
        ("units.yaml", "    to: 2020-01-01", "    from: 2021-01-01\n    to: 2020-01-01", "not after “2021-01-01”"),
        ("units.yaml", ", note: 应是县委政法委员会，请确认。", "", "needs_person without a note"),
        ("units.yaml", "unit: gyyq", "unit: gyy", r"“gyy” is not a known unit.*Did you mean gyyq\?"),
        ("units.yaml", "kinds: [township]", "kin: [township]", r"“kin” is not a known key here.*Did you mean kinds\?"),
        ("posts.yaml", "units: [ysj]", "units: [ysjj]", r"“ysjj” is not a known unit.*Did you mean ysj\?"),
        ("people.yaml", "post: supervisor", "post: superviser", r"“superviser” is not a known post.*supervisor"),
        ("county.yaml", "code: shili", "code: shill", "no unit has the code “shill”"),
        ("county.yaml", 'division_code: "239901"', "division_code: 2399", r"division_code"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_stored(folder, file, old, new, complaint):
    before = everything()
    rewrite(folder / file, old, new)
    with pytest.raises(DataProblem, match=f"(?s){complaint}"):
        org.load(folder)
    assert everything() == before


def test_a_real_installation_has_no_demo_people(db, settings):
    org.Administrator.objects.all().delete()
    org.Appointment.objects.all().delete()
    settings.YS_DEMO = False
    org.load(EXAMPLE)
    assert not org.Appointment.objects.exists()
    assert not org.Administrator.objects.exists()


def test_the_faces_of_the_demo_say_who_where_and_what(example_county):
    faces = {face.name: face for face in org.demo_people(date(2026, 3, 2))}
    assert faces["周正（演示）"].unit == "县营商环境建设监督局"
    assert faces["吴桐（演示）"].unit == ""
    assert all(face.can and face.person.user_id for face in faces.values())


def test_no_demo_account_has_a_password(example_county):
    assert not any(face.person.user.has_usable_password() for face in org.demo_people(date(2026, 3, 2)))


def test_the_county_says_its_names_and_marks_what_is_made_up(example_county):
    county = org.county()
    assert (county.code, county.name, county.is_made_up) == ("shili", "示例县", True)
    assert county.hotline_is_demo
