"""Tables of units, groups, posts and people."""

from yingshang.kernel.org.models.administrators import Administrator
from yingshang.kernel.org.models.groups import Group, GroupAlias, GroupMember
from yingshang.kernel.org.models.people import Person
from yingshang.kernel.org.models.posts import Appointment, Delegation, Post
from yingshang.kernel.org.models.units import Unit, UnitAlias, UnitName

__all__ = [
    "Administrator",
    "Appointment",
    "Delegation",
    "Group",
    "GroupAlias",
    "GroupMember",
    "Person",
    "Post",
    "Unit",
    "UnitAlias",
    "UnitName",
]
