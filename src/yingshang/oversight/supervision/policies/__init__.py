"""Who may supervise, answer, review and publish. One module per part; importing them here registers the policies."""

from yingshang.oversight.supervision.policies.authority import may_end_authority, may_enter_authority, may_see_work

__all__ = ["may_end_authority", "may_enter_authority", "may_see_work"]
