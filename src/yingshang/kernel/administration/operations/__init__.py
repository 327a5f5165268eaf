"""The deeds, one function each."""

from yingshang.kernel.administration.operations.administrators import appoint_administrator, end_administrator
from yingshang.kernel.administration.operations.appointments import appoint, end_appointment
from yingshang.kernel.administration.operations.delegations import delegate, revoke_delegation
from yingshang.kernel.administration.operations.groups import join_group, leave_group
from yingshang.kernel.administration.operations.posts import close_post, open_post
from yingshang.kernel.administration.operations.registering import (
    accept_invitation,
    invite_again,
    register_person,
)
from yingshang.kernel.administration.operations.revealing import reveal
from yingshang.kernel.administration.operations.setting_up import make_setup_link, set_up_administrator
from yingshang.kernel.administration.operations.units import abolish_unit, found_unit, merge_units, rename_unit

__all__ = [
    "abolish_unit",
    "accept_invitation",
    "appoint",
    "appoint_administrator",
    "close_post",
    "delegate",
    "end_administrator",
    "end_appointment",
    "found_unit",
    "invite_again",
    "join_group",
    "leave_group",
    "make_setup_link",
    "merge_units",
    "open_post",
    "register_person",
    "rename_unit",
    "reveal",
    "revoke_delegation",
    "set_up_administrator",
]
