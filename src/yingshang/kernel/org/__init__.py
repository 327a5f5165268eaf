"""Who can owe and who can act: units, groups, posts, people, each with dates of validity.

Facts and questions about them, nothing else. The deeds that change them
(appoint, delegate, merge) stand in ``kernel.administration``, because they
are recorded in the ledger.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.org.county_file import County, county
    from yingshang.kernel.org.dated import Dated, DatedQuerySet
    from yingshang.kernel.org.demo import DemoPerson, demo_people
    from yingshang.kernel.org.holders import duty_of, holders_on, person_of, posts_held, units_of
    from yingshang.kernel.org.loading import load
    from yingshang.kernel.org.loading.people import demo_pseudonym
    from yingshang.kernel.org.models import (
        Administrator,
        Appointment,
        Delegation,
        Group,
        GroupAlias,
        GroupMember,
        Person,
        Post,
        Unit,
        UnitAlias,
        UnitName,
    )
    from yingshang.kernel.org.names import NameBook, Resolution, resolve
    from yingshang.kernel.org.queries import (
        candidates_on,
        group,
        heir_on,
        members_on,
        name_on,
        subtree_of,
        unit,
    )
    from yingshang.kernel.org.schemas import PEOPLE

__all__ = [
    "PEOPLE",
    "Administrator",
    "Appointment",
    "County",
    "Dated",
    "DatedQuerySet",
    "Delegation",
    "DemoPerson",
    "Group",
    "GroupAlias",
    "GroupMember",
    "NameBook",
    "Person",
    "Post",
    "Resolution",
    "Unit",
    "UnitAlias",
    "UnitName",
    "candidates_on",
    "county",
    "demo_people",
    "demo_pseudonym",
    "duty_of",
    "group",
    "heir_on",
    "holders_on",
    "load",
    "members_on",
    "name_on",
    "person_of",
    "posts_held",
    "resolve",
    "subtree_of",
    "unit",
    "units_of",
]

__getattr__ = door(
    __name__,
    {
        "models": (
            "Administrator Appointment Delegation Group GroupAlias GroupMember Person Post Unit UnitAlias UnitName"
        ),
        "queries": "candidates_on group heir_on members_on name_on subtree_of unit",
        "holders": "duty_of holders_on person_of posts_held units_of",
        "names": "NameBook Resolution resolve",
        "loading": "load",
        "loading.people": "demo_pseudonym",
        "schemas": "PEOPLE",
        "county_file": "County county",
        "dated": "Dated DatedQuerySet",
        "demo": "DemoPerson demo_people",
    },
)
