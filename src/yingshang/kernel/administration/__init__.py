"""The deeds by which units, posts, people and the three administrators are kept, each recorded.

Facts about them stand in ``kernel.org``; here they change. Owns the words:
set-up link, administrator.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.administration.models import SetupLink
    from yingshang.kernel.administration.operations import (
        abolish_unit,
        accept_invitation,
        appoint,
        appoint_administrator,
        close_post,
        delegate,
        end_administrator,
        end_appointment,
        found_unit,
        invite_again,
        join_group,
        leave_group,
        make_setup_link,
        merge_units,
        open_post,
        register_person,
        rename_unit,
        reveal,
        revoke_delegation,
        set_up_administrator,
    )

__all__ = [
    "SetupLink",
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

__getattr__ = door(
    __name__,
    {
        "models": "SetupLink",
        "operations": (
            "abolish_unit accept_invitation appoint appoint_administrator close_post delegate end_administrator "
            "end_appointment found_unit invite_again join_group leave_group make_setup_link merge_units open_post "
            "register_person rename_unit reveal revoke_delegation set_up_administrator"
        ),
    },
)
