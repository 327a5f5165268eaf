"""Forms of the pages."""

from yingshang.oversight.plan_tasks.forms.deliverables import (
    AssignForm,
    ConfirmForm,
    IssueForm,
    ReasonForm,
    RegisterForm,
    StopForm,
)
from yingshang.oversight.plan_tasks.forms.delivering import DeliverForm, ShownForm
from yingshang.oversight.plan_tasks.forms.leading_groups import DescribeForm, HandOverForm, SeatForm, UnseatForm
from yingshang.oversight.plan_tasks.forms.review import (
    AnswerForm,
    HandInForm,
    NamingForm,
    PublishForm,
    UploadForm,
)
from yingshang.oversight.plan_tasks.forms.timed import TimedForm
from yingshang.oversight.plan_tasks.forms.work_plans import (
    AimForm,
    FollowsForm,
    ProgressForm,
    ReasonsForm,
    ReviseForm,
    StageGoalForm,
    StageWhatForm,
    StageWhenForm,
    goal_from,
    stage_from,
)

__all__ = [
    "AimForm",
    "AnswerForm",
    "AssignForm",
    "ConfirmForm",
    "DeliverForm",
    "DescribeForm",
    "FollowsForm",
    "HandInForm",
    "HandOverForm",
    "IssueForm",
    "NamingForm",
    "ProgressForm",
    "PublishForm",
    "ReasonForm",
    "ReasonsForm",
    "RegisterForm",
    "ReviseForm",
    "SeatForm",
    "ShownForm",
    "StageGoalForm",
    "StageWhatForm",
    "StageWhenForm",
    "StopForm",
    "TimedForm",
    "UnseatForm",
    "UploadForm",
    "goal_from",
    "stage_from",
]
