"""Who may do what to a case."""

from yingshang.casework.cases.policies import desk, officers
from yingshang.casework.cases.policies.applicants import Application, may_submit
from yingshang.casework.cases.policies.drafts import may_apply, may_upload
from yingshang.casework.cases.policies.seeing import may_see, seen_cases

__all__ = [
    "Application",
    "desk",
    "may_apply",
    "may_see",
    "may_submit",
    "may_upload",
    "officers",
    "seen_cases",
]
